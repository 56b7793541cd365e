"""Traits: what is seen of a message without reading it."""

import pytest

from auramail.core.messages import Address, Attachment, Invitation, Markup
from auramail.judging.shape import host_of, registrable, traits
from tests.builders import a_message

INVITATION = Invitation("REQUEST", "u1", 0, "Talk", None, None, all_day=False, location="", organizer="")


@pytest.mark.parametrize(
    ("host", "bought"),
    [
        ("mail.example.com", "example.com"),
        ("news.shop.com.ua", "shop.com.ua"),
        ("a.b.c.co.uk", "c.co.uk"),
        ("example.org.", "example.org"),
        ("localhost", "localhost"),
    ],
)
def test_the_bought_part_of_a_host_is_found(host: str, bought: str) -> None:
    assert registrable(host) == bought


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("https://user:pw@Example.com:8443/path?q", "example.com"),
        ("http://example.com", "example.com"),
        ("mailto:a@example.com", ""),
        ("/relative", ""),
    ],
)
def test_the_host_of_a_link_is_read(target: str, host: str) -> None:
    assert host_of(target) == host


@pytest.mark.parametrize(
    ("sender", "trait"),
    [
        ("ПриватБанк <no-reply@privatbank.ua>", "from:named_by_domain"),
        ("PayPal <service@paypal.com>", "from:named_by_domain"),
        ("Київстар <info@kyivstar.ua>", "from:named_by_domain"),
        ("PayPal <service@login-check.example>", "from:named_otherwise"),
        ("Ann <ann@gmail.com>", "from:free_mail"),
        ("Win <a@prize.top>", "from:cheap_ending"),
        ("X <a@xn--80ak6aa92e.com>", "from:punycode"),
        ("Shop <a@best-shop24.com>", "from:hyphen"),
        ("Shop <a@best-shop24.com>", "from:domain_digits"),
        ("Long <a@averylongboughtname.com>", "from:long_domain"),
        ("a@b.example <x@y.example>", "from:name_with_address"),
        ("x12345@example.org", "from:digits"),
        ("", "from:nowhere"),
    ],
)
def test_a_sender_shows_traits(sender: str, trait: str) -> None:
    assert trait in traits(a_message(sender=sender))


def test_answers_that_go_elsewhere_are_a_trait() -> None:
    assert "reply_to:elsewhere" in traits(a_message(sender="a@one.example", reply_to="b@two.example"))
    assert "reply_to:elsewhere" not in traits(a_message(sender="a@mail.one.example", reply_to="b@one.example"))


@pytest.mark.parametrize(
    ("links", "trait"),
    [
        ({"https://www.example.org/a": "a"}, "links:own"),
        ({"https://example.org/a": "a", "https://other.example/b": "b"}, "links:some_own"),
        ({"https://other.example/b": "b"}, "links:foreign"),
        ({"http://192.0.2.7/x": "x"}, "links:number_host"),
        ({"https://bit.ly/x": "x"}, "links:shortened"),
        ({"https://win.top/x": "x"}, "links:cheap_ending"),
        ({"https://evil.example/x": "https://bank.com/login"}, "links:shows_another"),
        ({"mailto:a@example.org": "write"}, "links:mailto"),
    ],
)
def test_links_show_traits(links: dict[str, str], trait: str) -> None:
    assert trait in traits(a_message(sender="Ann <ann@example.org>", links=links))


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("Total $45.00 today", "has:money"),
        ("Разом 1500 грн", "has:money"),
        ("now 50% off", "has:percent"),
        ("starts at 14:30 sharp", "has:clock"),
        ("due 20.03.2026 latest", "has:day"),
        ("your code is 482913 ok", "has:code"),
        ("card **** 1234 used", "has:card"),
        ("call +380 44 123 45 67", "has:phone"),
        ("parcel 20450123456789", "has:long_number"),
    ],
)
def test_numbers_in_the_text_show_what_they_are(text: str, trait: str) -> None:
    assert trait in traits(a_message(text=text))
    assert trait not in traits(a_message(text="no number here"))


@pytest.mark.parametrize(
    ("subject", "trait"),
    [
        ("", "subject:none"),
        ("URGENT NOTICE", "subject:shouted"),
        ("🎉 news", "subject:face"),
        ("Re: news", "subject:answer"),
        ("Fwd: news", "subject:forward"),
        ("[dev] news", "subject:bracket"),
    ],
)
def test_subjects_show_traits(subject: str, trait: str) -> None:
    assert trait in traits(a_message(subject=subject))


def test_headers_attachments_invitations_and_markup_show() -> None:
    message = a_message(
        headers={"list-id": "<a.example>", "precedence": "bulk", "auto-submitted": "no"},
        attachments=(Attachment("bill.PDF", "application/pdf", 9), Attachment("x.unknown", "a/b", 1)),
        invitations=(INVITATION,),
        markup=(Markup("FlightReservation", {}),),
        in_reply_to="<a@b>",
        quoted="> hi",
        hidden="x",
        has_html=True,
        images=3,
    )

    found = set(traits(message))

    assert {"header:list-id", "header:bulk", "header:in-reply-to", "quoted", "hidden", "html", "images:5"} <= found
    assert {"file:pdf", "file:other", "invitation", "invitation:request", "markup:flightreservation"} <= found
    assert "header:auto-submitted" not in found
    assert "file:none" not in found


def test_mail_to_oneself_shows() -> None:
    message = a_message(sender="ana@example.com", to="ana@example.com")

    assert "to:themselves" in traits(message)
    assert "to:themselves" not in traits(a_message(sender="ben@example.com", cc=(Address("b@example.com"),)))


def test_many_of_a_thing_are_many() -> None:
    links = {f"https://h{number}.example/x": "x" for number in range(40)}

    assert {"links:many", "link_hosts:many"} <= set(traits(a_message(links=links)))

"""Look-alikes: domains that imitate brands or correspondents."""

import pytest

from auramail.core.accounts import Person
from auramail.guards.lookalikes import inspect
from tests.builders import a_message

ANA = Person(
    addresses=frozenset({"ana@example.com"}),
    correspondents={"petro@northwind.example": 4, "ol@abc.example": 1, "friend@gmail.com": 9},
)


@pytest.mark.parametrize(
    "domain",
    [
        "privatbаnk.ua",  # a Cyrillic а
        "xn--privatbnk-66g.ua",  # the same in punycode
        "paypa1.com",
        "rnonobank.ua",
        "paypall.com",
        "monobnak.ua",
        "privatbank-login.com",
        "secure-paypal.net",
        "monobankua.com",
        "loginpaypal.com",
        "paypal2.com",
        "monobank.top",
        "privatbank.ua.check-login.com",
        "paypal.check-login.com",
        "northwlnd.example",
        "northwimd.example",
        "nova-poshta-delivery.com",
        "amazn-orders.net",
        "fіrma.com",  # a Cyrillic і in a word that is no brand
    ],
)
def test_an_imitation_is_seen_and_named(domain: str) -> None:
    finding = inspect(a_message(sender=f"Somebody <info@{domain}>"), ANA)

    assert finding is not None
    assert finding.weight >= 2


@pytest.mark.parametrize(
    "domain",
    [
        "privatbank.ua",
        "mail.privatbank.ua",
        "google.de",
        "northwind.example",
        "northwind.test",  # the same name under another ending
        "example.com",
        "abd.example",  # short names are a letter apart by chance
        "apple-pie.example",
        "office-supplies.example",
        "finance.ua",  # not binance
        "paypal.zendesk.com",
        "поштамт.укр",
        "192.0.2.7",
        "gmail.com",
    ],
)
def test_an_honest_domain_is_left_alone(domain: str) -> None:
    assert inspect(a_message(sender=f"Somebody <info@{domain}>"), ANA) is None


def test_a_brands_name_under_an_unknown_ending_is_a_small_sign() -> None:
    finding = inspect(a_message(sender="Somebody <info@monobank.com>"), ANA)

    assert finding is not None
    assert finding.weight == 1.0


def test_links_and_reply_addresses_are_looked_at_too() -> None:
    by_link = inspect(a_message(links={"https://paypa1.com/login": "here", "mailto:x@y.example": "write"}), ANA)
    by_reply = inspect(a_message(reply_to="info@paypa1.com"), ANA)

    assert by_link is not None
    assert by_reply is not None
    assert 0 < by_link.weight < by_reply.weight


def test_ten_links_to_one_imitation_count_once() -> None:
    once = inspect(a_message(links={"https://paypa1.com/1": "a"}), ANA)
    often = inspect(a_message(links={f"https://paypa1.com/{n}": "a" for n in range(10)}), ANA)

    assert once == often


def test_a_text_full_of_disguised_words_is_seen() -> None:
    finding = inspect(a_message(text="Дoбрoгo рaнку! Я зaписaв вaс чeрeз вaшу кaмeру."), ANA)

    assert finding is not None
    assert "Дoбрoгo" in finding.evidence.say()


def test_sisters_that_differ_in_a_number_are_no_imitations_of_each_other() -> None:
    person = Person(correspondents={"kim@branch2.example": 3})

    assert inspect(a_message(sender="Kim <kim@branch7.example>"), person) is None
    assert inspect(a_message(sender="Kim <kim@brunch2.example>"), person) is not None


def test_a_digit_where_a_letter_would_be_is_seen_in_any_name() -> None:
    finding = inspect(a_message(sender="Larkfield <info@stone0aks.example>"), ANA)

    assert finding is not None
    assert "digit" in finding.evidence.say()


def test_an_imitation_behind_an_open_redirect_is_seen() -> None:
    through = "https://www.google.com/url?q=https%3A%2F%2Fpaypa1.com%2F"

    assert inspect(a_message(links={through: "here"}), ANA) is not None

"""Signals: what headers, Gmail and the person's correspondence already say."""

from datetime import UTC, datetime

import pytest

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Kind, Opinion
from auramail.core.messages import Invitation, Markup, Message
from auramail.judging.signals import opinion
from tests.builders import a_message

ANA = Person(
    addresses=frozenset({"ana@example.com"}),
    correspondents={"petro@gmail.com": 4, "ben@example.com": 1, "client@firm.example": 12},
)
LISTED = {
    "list-id": "<talk.example.org>",
    "list-post": "<mailto:talk@example.org>",
    "list-archive": "<https://example.org/talk>",
}


def an_invitation(summary: str) -> Invitation:
    start = datetime(2026, 3, 12, 9, tzinfo=UTC)
    return Invitation("REQUEST", "u1", 0, summary, start, None, all_day=False, location="", organizer="")


INVITATION = an_invitation("Weekly sync")


def kind_of(message: Message) -> Kind | None:
    found = opinion(message, ANA)
    return found.kind if found else None


def heard(message: Message) -> Opinion:
    found = opinion(message, ANA)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (a_message(sender="petro@gmail.com"), Kind.PERSONAL),
        (a_message(sender="ben@example.com"), Kind.WORK),
        (a_message(invitations=(INVITATION,)), Kind.MEETING),
        (a_message(sender="ben@example.com", invitations=(INVITATION,)), Kind.MEETING),
        (a_message(markup=(Markup("Thing", {}), Markup("FlightReservation", {}))), Kind.TRAVEL),
        (a_message(markup=(Markup("ParcelDelivery", {}),)), Kind.DELIVERY),
        (a_message(markup=(Markup("Invoice", {}),)), Kind.BILL),
        (a_message(markup=(Markup("Order", {}),)), Kind.RECEIPT),
        (a_message(labels=frozenset({"SPAM"})), Kind.SPAM),
        (a_message(labels=frozenset({"CATEGORY_PROMOTIONS"})), Kind.PROMOTION),
        (a_message(labels=frozenset({"CATEGORY_SOCIAL"})), Kind.SOCIAL),
        (a_message(labels=frozenset({"CATEGORY_FORUMS"})), Kind.NEWSLETTER),
        (a_message(sender="x@facebookmail.com", subject="You have a new friend request"), Kind.SOCIAL),
        (a_message(sender="x@linkedin.com", headers={"x-linkedin-class": "INMAIL"}), Kind.SOCIAL),
        (a_message(headers={"x-github-reason": "subscribed"}), Kind.NOTIFICATION),
        (a_message(headers={"x-github-reason": "review_requested"}), Kind.WORK),
        (a_message(headers={"x-jira-fingerprint": "1"}), Kind.NOTIFICATION),
        (a_message(headers=LISTED, to="talk@example.org"), Kind.NEWSLETTER),
        (a_message(headers={"x-mc-user": "1"}), Kind.PROMOTION),
        (a_message(headers={"list-unsubscribe": "<x>"}), Kind.PROMOTION),
        (a_message(headers={"auto-submitted": "auto-replied"}), Kind.OTHER),
        (a_message(sender="no-reply@shop.example"), Kind.NOTIFICATION),
        (a_message(sender="promo@shop.example"), Kind.PROMOTION),
        (a_message(sender="digest@paper.example"), Kind.NEWSLETTER),
        (a_message(sender="feedback@shop.example"), Kind.SURVEY),
        (a_message(sender="noreply@youtube.com"), Kind.SOCIAL),
        (a_message(sender="olena@example.com", in_reply_to="<1@x>"), Kind.WORK),
    ],
)
def test_a_clear_sign_is_a_kind(message: Message, kind: Kind) -> None:
    assert kind_of(message) is kind


def test_nothing_is_said_of_an_ordinary_letter_of_a_stranger() -> None:
    assert opinion(a_message(), ANA) is None
    assert opinion(a_message(in_reply_to="<1@x>"), ANA) is None
    assert opinion(a_message(sender="editor@gmail.com"), ANA) is None
    assert opinion(a_message(in_reply_to="<1@x>", headers={"return-path": "<>"}), ANA) is None


def test_a_correspondent_elsewhere_is_important_whatever_they_write_about() -> None:
    found = heard(a_message(sender="client@firm.example"))

    assert found.kind is None
    assert found.category is Category.IMPORTANT
    assert found.reason.say() == "You have written to client@firm.example yourself"


def test_the_more_one_writes_to_somebody_the_surer_it_is() -> None:
    often, once = heard(a_message(sender="client@firm.example")), heard(a_message(sender="ben@example.com"))

    assert often.confidence > once.confidence


def test_mass_mail_of_a_correspondent_is_mass_mail() -> None:
    assert kind_of(a_message(sender="client@firm.example", headers={"list-unsubscribe": "<x>"})) is Kind.PROMOTION


@pytest.mark.parametrize("headers", [{"list-unsubscribe": "<x>"}, {"x-mc-user": "1"}])
def test_a_mailing_may_be_anything_that_services_send_but_hardly_a_letter(headers: dict[str, str]) -> None:
    shares = dict(heard(a_message(headers=headers)).shares)

    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    assert set(shares) == set(Kind)
    assert max(shares[Kind.PERSONAL], shares[Kind.WORK]) < 0.01 < shares[Kind.RECEIPT]


def test_a_mailing_says_that_the_reader_never_wrote_to_its_sender_where_that_is_known() -> None:
    mailing = a_message(sender="news@shop.example", headers={"list-unsubscribe": "<x>"})
    stranger, nobody_knows = opinion(mailing, ANA), opinion(mailing, Person())

    assert stranger is not None
    assert nobody_knows is not None
    assert stranger.reason.say() == "A mailing: it says how to unsubscribe, and you never wrote to news@shop.example"
    assert nobody_knows.reason.say() == "A mailing: it says how to unsubscribe"


def test_a_correspondent_in_the_spam_folder_was_put_there_wrongly() -> None:
    assert kind_of(a_message(sender="petro@gmail.com", labels=frozenset({"SPAM"}))) is Kind.PERSONAL


@pytest.mark.parametrize(
    "text",
    [
        "Your verification code is 481920",
        "Your code: 123 456. It is valid for ten minutes.",
        "G-481920 is your Google verification code",
        "Код підтвердження: 4821",
        "Ваш код 55120 для входу",
        "Одноразовий пароль 881200",
        "Код для входа: 9912",
        "Ihr Code lautet 771203",
    ],
)
def test_a_short_mail_with_a_code_is_a_one_time_code(text: str) -> None:
    assert kind_of(a_message(text=text)) is Kind.SECURITY_CODE


@pytest.mark.parametrize(
    "text",
    [
        "Your promo code gives 20% off until 2026",
        "The zip code of the office is on the site",
        "Your verification code is on its way",
        "Замовлення 12345678 прийнято",
        "Your verification code is 481920" + " and much more" * 100,
    ],
)
def test_other_numbers_and_codes_are_not(text: str) -> None:
    assert kind_of(a_message(text=text)) is not Kind.SECURITY_CODE


def test_a_code_makes_every_other_kind_less_likely_than_it_was() -> None:
    shares = dict(heard(a_message(text="Your verification code is 481920")).shares)

    assert set(shares) == set(Kind)
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    assert all(
        share < 1 / len(Kind) for kind, share in shares.items() if kind not in {Kind.SECURITY_CODE, Kind.SECURITY_ALERT}
    )


def test_a_quoted_code_in_a_conversation_is_not_a_one_time_code() -> None:
    assert kind_of(a_message(text="Your code 4821 worked", in_reply_to="<1@x>")) is not Kind.SECURITY_CODE


def test_a_networks_mail_about_the_account_itself_is_no_social_notice() -> None:
    message = a_message(sender="security@facebookmail.com", subject="Somebody logged in: was it you? Change password")

    assert kind_of(message) is not Kind.SOCIAL


def test_headers_of_a_network_prove_nothing_under_another_domain() -> None:
    assert opinion(a_message(headers={"x-linkedin-class": "INMAIL"}), ANA) is None


def test_an_answer_to_the_person_on_a_list_is_more_than_talk() -> None:
    assert heard(a_message(headers=LISTED, to="ana@example.com")).kind is Kind.WORK
    assert heard(a_message(headers=LISTED, to="talk@example.org")).kind is Kind.NEWSLETTER


def test_the_invitations_own_title_is_the_reason() -> None:
    untitled = a_message(invitations=(an_invitation(""),), subject="Lunch")

    assert "Weekly sync" in heard(a_message(invitations=(INVITATION,))).reason.say()
    assert "Lunch" in heard(untitled).reason.say()

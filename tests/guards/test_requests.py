"""Requests: what nobody honest asks for by mail, and what they do."""

from collections.abc import Mapping

import pytest

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.guards.requests import inspect
from tests.builders import a_message

ANA = Person(addresses=frozenset({"ana@example.com"}), correspondents={"ben@partner.example": 3})
ELSEWHERE = {"https://elsewhere.example/x": "here"}


def look(
    text: str, sender: str = "Somebody <a@firm.example>", *, links: Mapping[str, str] | None = None, reply_to: str = ""
) -> Finding | None:
    return inspect(a_message(sender=sender, text=text, links=links, reply_to=reply_to), ANA)


@pytest.mark.parametrize(
    "text",
    [
        "Please confirm your password.",
        "Введіть свій пароль та логін.",
        "Подтвердите пароль от почты.",
        "Bitte bestätigen Sie Ihr Passwort.",
        "Send me the code you have just received.",
        "Повідомте код із смс.",
        "Сообщите код из смс.",
        "Enter your card number and CVV.",
        "Вкажіть номер картки.",
        "Укажите номер карты.",
        "Enter your secret recovery phrase.",
        "Введіть seed фразу вашого гаманця.",
        "Send the payment in bitcoin to the wallet below.",
        "Перекажіть кошти у bitcoin.",
        "Please buy some Apple gift cards for our clients.",
        "Треба купити подарункові картки.",
        "Our bank account details have changed.",
        "У нас змінилися банківські реквізити.",
        "Изменились реквизиты, новые во вложении.",
        "I recorded you with your own webcam.",
        "Я зламав ваш комп'ютер.",
        "Install AnyDesk now.",
        "Увімкніть макроси, щоб побачити документ.",
        "Our late client died without next of kin.",
        "If you do not send the password, you lose everything.",
    ],
)
def test_what_nobody_honest_asks_is_seen_in_any_language(text: str) -> None:
    finding = look(text)

    assert finding is not None
    assert finding.weight >= 1.5
    assert "“" in finding.evidence.say()


@pytest.mark.parametrize(
    "text",
    [
        "See you tomorrow at the office.",
        "Your verification code is 481920. Never share this code with anyone.",
        "Ваш код: 4821. Нікому не повідомляйте цей код.",
        "We will never ask you to send your password.",
        "Ми ніколи не просимо повідомити пароль.",
        "Надсилаємо рахунок на оплату, термін до 15.03.",
        "Bitcoin lost four percent today.",
        "The code review is done, the card game starts at eight.",
        "Act immediately!",
        "",
    ],
)
def test_usual_mail_is_left_alone(text: str) -> None:
    assert look(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Your account will be suspended. Verify your account.",
        "Ваш рахунок буде заблоковано. Підтвердіть дані.",
        "Your mailbox is almost full.",
        "Вам нараховано виплату 5000 грн від держави, оформіть заявку за посиланням.",
        "Your parcel is held, pay the customs fee.",
        "Your tax refund is pending.",
        "Сплатіть штраф за посиланням негайно.",
        "You have won a prize, claim your reward.",
    ],
)
def test_a_story_weighs_by_the_way_to_follow_it(text: str) -> None:
    words, elsewhere = look(text), look(text, links=ELSEWHERE)

    assert elsewhere is not None
    assert elsewhere.weight >= 1.5
    assert words is None or words.weight < elsewhere.weight / 2


def test_a_way_may_be_a_file_or_an_answer_to_somebody_else() -> None:
    text = "Your account will be suspended."

    assert look(text, reply_to="x@elsewhere.example") is not None
    assert look(text, links={"https://firm.example/login": "Sign in"}) is not None


def test_the_senders_own_site_weighs_less_than_a_strangers() -> None:
    text = "Your account will be suspended. Verify your account."
    own, elsewhere = look(text, links={"https://my.firm.example": "x"}), look(text, links=ELSEWHERE)

    assert own is not None
    assert elsewhere is not None
    assert own.weight < elsewhere.weight


def test_a_brand_that_links_to_itself_may_threaten() -> None:
    text = "Your account will be suspended. Update your payment details."
    links = {"https://www.netflix.com/pay": "Update"}

    assert look(text, "Netflix <info@netflix.com>", links=links) is None
    assert look(text, "Netflix <info@netflix.com>", links=ELSEWHERE) is not None


def test_a_correspondents_links_weigh_little() -> None:
    text = "Your mailbox is almost full."

    known = look(text, "Ben <ben@partner.example>", links=ELSEWHERE)
    stranger = look(text, links=ELSEWHERE)

    assert stranger is not None
    assert known is None or known.weight < stranger.weight


def test_firms_do_not_write_from_public_mailboxes() -> None:
    text = "Your subscription renewed and was charged, call our support number to cancel."

    firm, anybody = look(text), look(text, "Billing <b8812@gmail.com>")

    assert firm is not None
    assert anybody is not None
    assert anybody.weight > firm.weight


def test_haste_and_secrecy_make_money_worse() -> None:
    money = look("Please use the new bank details.")
    secret = look("I am in a meeting and can't talk now. Keep this confidential. Please use the new bank details.")

    assert money is not None
    assert secret is not None
    assert secret.weight > money.weight + 1


def test_a_wallet_in_the_text_makes_extortion_worse() -> None:
    threat = "I recorded you with your webcam."
    bare, priced = look(threat), look(f"{threat} Pay here: bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh")

    assert bare is not None
    assert priced is not None
    assert priced.weight > bare.weight + 1


def test_the_same_words_in_a_warning_count_little() -> None:
    story = "Confirm your password and enter your card number."
    told = look(story)
    warned = look(f"Beware of phishing emails. They say: {story}")

    assert told is not None
    assert warned is None or warned.weight < told.weight / 2


def test_words_that_meet_in_a_very_long_text_count_little() -> None:
    story = "Confirm your password. "
    short, long = look(story), look(story + "Some other words follow here. " * 600)

    assert short is not None
    assert long is None or long.weight < short.weight / 2


def test_many_words_of_a_fortune_tell_its_story() -> None:
    finding = look(
        "I am a widow with cancer. My late husband, a minister, deposited 12 million dollars in a foreign bank. I need "
        "an honest partner for the transfer; your share is 30 percent. Keep it confidential."
    )

    assert finding is not None
    assert finding.weight >= 4
    assert "fortune" in finding.evidence.say()

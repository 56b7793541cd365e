"""The local classifier that ships: what it calls clear examples, how it explains them, how sure it is."""

from importlib.resources import files

import numpy as np
import pytest

from auramail.core.decisions import Judge, Kind
from auramail.judging.local import FIRST_SENDER, KINDS, SENDER_ROWS, LocalClassifier, features
from tests.builders import a_message

CLEAR = {
    Kind.PERSONAL: (
        (
            "Оля <olia@ukr.net>",
            "Привіт!",
            "Привіт! Як ви там? Мама передає вітання, чекаємо вас на вихідні на дачі. Цілую",
        ),
        (
            "Beth <beth@yahoo.com>",
            "miss you",
            "How are you all? The kids send their love, come and stay for the weekend!",
        ),
    ),
    Kind.WORK: (
        (
            "Ігор Мельник <i.melnyk@altair.com.ua>",
            "Правки до договору",
            "Колеги, надсилаю оновлену версію договору. Прошу погодити до п'ятниці, клієнт чекає.",
        ),
        (
            "Sarah Miller <sarah.miller@acme-corp.com>",
            "Draft contract for review",
            "Please review the attached draft and let me have your comments by Friday. The client is waiting.",
        ),
    ),
    Kind.BILL: (
        (
            "Нафтогаз <noreply@naftogaz.com>",
            "Рахунок за лютий",
            "Ваш рахунок за газ за лютий сформовано. До сплати 1500,00 грн, сплатіть до 20.03.",
        ),
        (
            "City Water <billing@citywater.org>",
            "Your water bill is ready",
            "Your bill is ready. Amount due: $58.20. Payment is due by March 20.",
        ),
    ),
    Kind.RECEIPT: (
        (
            "Comfy <info@comfy.ua>",
            "Дякуємо за замовлення",
            "Дякуємо за покупку! Замовлення № 123456 оплачено. Разом: 2300 грн. Чек додано до листа.",
        ),
        (
            "Etsy <transaction@etsy.com>",
            "Order confirmation #123456",
            "Thank you for your order! Order total $45.00, paid with Visa ending in 1234.",
        ),
    ),
    Kind.MEETING: (
        (
            "Андрій <andriy@vector-bureau.ua>",
            "Нарада у вівторок",
            "Запрошую на нараду у вівторок о 14:00 в переговорній. Підтвердіть, будь ласка, участь.",
        ),
        (
            "Dan <dan@acme-corp.com>",
            "Meeting on Tuesday",
            "Can we meet on Tuesday at 2pm in the conference room? Please confirm if that time works for you.",
        ),
    ),
    Kind.TRAVEL: (
        (
            "Укрзалізниця <e-ticket@uz.gov.ua>",
            "Ваш квиток Київ – Львів",
            "Посадочний документ: поїзд Київ – Львів, вагон 5, місце 12. Пасажир Петренко.",
        ),
        (
            "KLM <noreply@klm.com>",
            "Booking confirmation: Amsterdam",
            "Your flight to Amsterdam is confirmed. Booking reference ABC123, seat 14A. Check-in opens tomorrow.",
        ),
    ),
    Kind.DELIVERY: (
        (
            "Нова пошта <noreply@novaposhta.ua>",
            "Посилка прибула",
            "Ваша посилка прибула у відділення № 5. Зберігання до 20.03, номер ТТН 20450123456789.",
        ),
        (
            "UPS <noreply@ups.com>",
            "Your package is out for delivery",
            "Your package will arrive today. Tracking number 1Z999. Track your package online.",
        ),
    ),
    Kind.SECURITY_CODE: (
        (
            "Дія <noreply@diia.gov.ua>",
            "Код підтвердження",
            "Ваш код підтвердження: 482913. Нікому його не повідомляйте.",
        ),
        ("GitHub <noreply@github.com>", "Your verification code", "Your verification code is 482913. It expires soon."),
    ),
    Kind.SECURITY_ALERT: (
        (
            "Google <no-reply@google.com>",
            "Новий вхід у ваш обліковий запис",
            "Ми помітили новий вхід у ваш обліковий запис з пристрою Windows. Якщо це не ви, змініть пароль.",
        ),
        (
            "Google <no-reply@google.com>",
            "New sign-in to your account",
            "We noticed a new sign-in to your account on a Windows device. If this wasn't you, change your password.",
        ),
    ),
    Kind.PROMOTION: (
        (
            "Intertop <news@intertop.ua>",
            "Знижки до -50% на все",
            "Великий розпродаж: знижки до 50% на взуття. Промокод у листі. Поспішайте, пропозиція обмежена!",
        ),
        (
            "Target <deals@target.com>",
            "50% off everything",
            "Our biggest sale is here: 50% off everything. Use code SAVE50 at checkout. Shop now, ends Sunday!",
        ),
    ),
    Kind.NEWSLETTER: (
        (
            "Читомо <news@chytomo.com>",
            "Дайджест тижня",
            "У цьому випуску: інтерв'ю з письменником, книжкові новинки, подкаст тижня. Читати далі на сайті.",
        ),
        (
            "Weekly Letter <editor@weeklyletter.com>",
            "Issue 42: the week in review",
            "Welcome to this week's issue. An interview, a review of a new novel and top stories. Read more.",
        ),
    ),
    Kind.SOCIAL: (
        (
            "Facebook <notification@facebookmail.com>",
            "Оля прокоментувала ваш допис",
            "Оля прокоментувала ваш допис. У вас 5 нових сповіщень. Переглянути коментар.",
        ),
        (
            "LinkedIn <invitations@linkedin.com>",
            "Ann wants to connect",
            "Ann wants to connect with you. You have 12 mutual connections. Accept. View profile.",
        ),
    ),
    Kind.NOTIFICATION: (
        (
            "Prozorro <noreply@prozorro.gov.ua>",
            "Статус звернення змінено",
            "Статус вашого звернення № 12345 змінено на «виконано». Деталі доступні в особистому кабінеті.",
        ),
        (
            "Atlassian <noreply@atlassian.net>",
            "Scheduled maintenance",
            "We will be performing scheduled maintenance. Your backup completed successfully. No action is needed.",
        ),
    ),
    Kind.SURVEY: (
        (
            "Rozetka <feedback@rozetka.com.ua>",
            "Оцініть наш сервіс",
            "Пройдіть коротке опитування: оцініть якість обслуговування від 0 до 10. Це займе дві хвилини.",
        ),
        (
            "Best Buy <survey@bestbuy.com>",
            "How did we do?",
            "Please complete our short customer satisfaction survey. How likely are you to recommend us to a friend?",
        ),
    ),
    Kind.SPAM: (
        (
            "Заробіток <money@easy-cash.top>",
            "Заробіток без вкладень",
            "Хочете заробляти 5000 грн на день, не виходячи з дому? Казино та криптовалюта: бонус на депозит!",
        ),
        (
            "Pharm <offers@cheap-meds.biz>",
            "Cheap Viagra and Cialis",
            "Buy prescription drugs online without prescription. Lowest prices, discreet shipping. Order now!",
        ),
    ),
    Kind.PHISHING: (
        (
            "ПриватБанк <secure@verify-client.top>",
            "Вашу картку заблоковано",
            "Вашу картку заблоковано. Підтвердіть номер картки, CVV та код із SMS протягом 24 годин за посиланням.",
        ),
        (
            "PayPal <service@account-verify.xyz>",
            "Your account has been suspended",
            "Your account has been limited. Verify your identity within 24 hours: confirm your card, CVV and PIN.",
        ),
    ),
    Kind.OTHER: (
        (
            "Ганна <hanna@altair.com.ua>",
            "Автоматична відповідь: відпустка",
            "Я у відпустці до 20 березня і не читаю пошту. З термінових питань пишіть колезі.",
        ),
        (
            "Mail Delivery System <mailer-daemon@example.org>",
            "Undelivered Mail Returned to Sender",
            "Your message could not be delivered to one or more recipients. 550 5.1.1 User unknown.",
        ),
    ),
}


@pytest.fixture(scope="module")
def classifier() -> LocalClassifier:
    return LocalClassifier.load()


@pytest.mark.parametrize("language", [0, 1], ids=["uk", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_clear_example_of_every_kind_is_called_what_it_is(
    classifier: LocalClassifier, kind: Kind, language: int
) -> None:
    sender, subject, text = CLEAR[kind][language]
    message = a_message(sender=sender, subject=subject, text=text)

    opinion = classifier.opinion(message)

    assert opinion.kind is kind
    assert opinion.judge is Judge.LOCAL
    assert opinion.category is None


def test_probabilities_of_all_kinds_add_up_to_one(classifier: LocalClassifier) -> None:
    shares = classifier.probabilities(a_message())

    assert set(shares) == set(Kind)
    assert sum(shares.values()) == pytest.approx(1.0)


def test_confidence_is_the_probability_of_the_kind_named(classifier: LocalClassifier) -> None:
    message = a_message(subject="Your water bill", text="Amount due: $58.20 by March 20.")

    opinion = classifier.opinion(message)

    assert opinion.kind is not None
    assert opinion.confidence == classifier.probabilities(message)[opinion.kind]


def test_the_same_message_is_judged_the_same_by_two_loaded_classifiers() -> None:
    message = a_message(subject="Рахунок", text="До сплати 100 грн. " * 200)

    assert LocalClassifier.load().opinion(message) == LocalClassifier.load().opinion(message)


def test_an_empty_message_convinces_nobody(classifier: LocalClassifier) -> None:
    opinion = classifier.opinion(a_message(sender="", subject="", text=""))

    assert opinion.confidence < 0.3


def test_a_few_words_convince_less_than_many(classifier: LocalClassifier) -> None:
    few = a_message(sender="info@shop.example", subject="Sale", text="Sale")
    many = a_message(sender="info@shop.example", subject="Sale", text="Big sale: 50% off everything, shop now! " * 5)

    assert classifier.probabilities(few)[Kind.PROMOTION] < classifier.probabilities(many)[Kind.PROMOTION]


def test_the_reason_names_words_that_stand_in_the_message(classifier: LocalClassifier) -> None:
    text = "Ваша посилка прибула у відділення. Безкоштовне зберігання сім днів."
    message = a_message(sender="Нова пошта <noreply@novaposhta.ua>", subject="Посилка", text=text)

    reason = classifier.opinion(message).reason

    words = dict(reason.values)["words"].split(", ")
    assert 1 <= len(words) <= 3
    assert all(word in text.lower() for word in words)
    assert reason.text == "Words such as {words} are typical of news about a parcel"


def test_without_telling_words_the_reason_speaks_of_the_form(classifier: LocalClassifier) -> None:
    reason = classifier.opinion(a_message(subject="12 34", text="1 2 3")).reason

    assert reason.text == "No single word decided; the sender and the form of the message did"


def test_only_head_and_tail_of_a_long_text_are_read() -> None:
    start, end = "Dear colleagues. " * 100, "Please pay the invoice. " * 30
    short = a_message(text=start + "x" * 100 + end)
    long = a_message(text=start + "buy pills " * 10_000 + end)

    assert features(short).subject.tolist() == features(long).subject.tolist()
    assert len(features(long).read) < 1000


def test_the_weights_are_small_and_fit_the_rows(classifier: LocalClassifier) -> None:
    size = len(files("auramail.judging").joinpath("weights/kinds.npz").read_bytes())

    assert size <= 5 * 1024 * 1024
    assert classifier.weights.shape == (FIRST_SENDER + SENDER_ROWS, len(KINDS))
    assert classifier.weights.dtype == np.int8
    assert classifier.temperature > 0


def test_clear_examples_are_right_about_as_often_as_they_are_sure(classifier: LocalClassifier) -> None:
    opinions = [
        (kind, classifier.opinion(a_message(sender=sender, subject=subject, text=text)))
        for kind, examples in CLEAR.items()
        for sender, subject, text in examples
    ]

    sure = [kind is opinion.kind for kind, opinion in opinions if opinion.confidence >= 0.8]
    assert sum(sure) >= 0.9 * len(sure)
    assert len(sure) >= len(opinions) / 3

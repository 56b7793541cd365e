import pytest

from auramail.reading.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Доброго дня, надсилаю вам рахунок за листопад, дякую за співпрацю", "uk"),
        ("Добрый день, высылаю вам счёт за ноябрь, спасибо за сотрудничество", "ru"),
        ("А это не за вас, спасибо, мы по дороге", "ru"),
        ("Моля, изпратете документа до края на деня със следващата поща", "bg"),
        ("Please find the invoice attached and let us know if you have any questions", "en"),
        ("Bitte finden Sie die Rechnung im Anhang, wir danken Ihnen für das Vertrauen", "de"),
        ("Prosimy o przesłanie faktury do piątku, nie ma się czym martwić", "pl"),
        ("Veuillez trouver la facture ci-jointe et nous vous remercions pour votre confiance", "fr"),
        ("Le enviamos la factura para el pago de los servicios en su cuenta", "es"),
        ("Le inviamo la fattura per il pagamento dei servizi che non sono pagati", "it"),
        ("Hi all, Зустріч завтра о десятій, приходьте всі, будь ласка", "uk"),
        ("Рахунок: https://and.the.example/of/to/you-for ana@and.the.for", ""),
        ("お世話になっております。安井です。よろしくお願いします。", ""),
        ("12345", ""),
        ("", ""),
    ],
)
def test_language_is_told_by_letters_and_common_words(text: str, language: str) -> None:
    assert language_of(text) == language

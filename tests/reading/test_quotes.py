import pytest

from auramail.reading.quotes import begins_forwarded, is_attribution, split_letter

ATTRIBUTIONS = [
    "On Mon, 1 Jan 2024 at 10:00, Ana <ana@example.org> wrote:",
    "12 січ. 2026 р. о 10:00 Ана Коваль <ana@example.org> пише:",
    "пн, 12 січ. 2026 р. о 10:00 Ана Коваль <ana@example.org> пише:",
    "12.01.2026 10:00, Ана пише:",
    "Понеділок, 12 січня 2026, 10:00 +02:00 від Ана <ana@example.org>:",
    "пт, 9 янв. 2026 г. в 10:00, Анна <anna@example.org>:",
    "12 января 2026, 10:00, Анна написала:",
    "Am 12.01.2026 um 10:00 schrieb Ana Koval:",
    "W dniu 12.01.2026 o 10:00, Ana pisze:",
    "Le lun. 12 janv. 2026 à 10:00, Ana <ana@example.org> a écrit :",
    "10 бер. 2026 р., о 9:30, Ана Коваль <ana@ukr.net> написав(ла):",
    '10 березня 2026, 09:30:12, від "Ана Коваль" <ana@ukr.net>:',
    "---- On Tue, 10 Mar 2026 09:30:00 +0200 Ana <ana@example.org> wrote ----",
    "Ана писав(ла) 10.03.2026 09:30:",
    "Ana Koval wrote on 10/03/2026 09:30:",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_introductions_of_the_usual_programs_are_known(line: str) -> None:
    assert is_attribution(line)


@pytest.mark.parametrize(
    "line", ["Please bring:", "As Ana wrote:", "On Monday we need:", "До 18:00 потрібно:", "Ana wrote", "x" * 500 + ":"]
)
def test_lines_that_only_end_like_one_are_not(line: str) -> None:
    assert not is_attribution(line)


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_answer_above_a_quote_is_what_is_said(line: str) -> None:
    letter = split_letter(f"Agreed.\n\n{line}\n> Shall we meet?\n> Ana", is_forward=False)

    assert letter.own == "Agreed."
    assert letter.quoted == f"{line}\n> Shall we meet?\n> Ana"


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_introduction_at_the_end_is_dropped_where_html_held_the_quote(line: str) -> None:
    assert split_letter(f"Agreed.\n\n{line}", is_forward=False).own == "Agreed."


def test_introduction_wrapped_over_two_lines_is_known() -> None:
    text = "Yes.\n\nOn Mon, Jan 1, 2024 at 10:00 AM Ana Koval\n<ana@example.org> wrote:\n> Really?"

    assert split_letter(text, is_forward=False).own == "Yes."


@pytest.mark.parametrize("line", ["Ana Koval wrote:", "Ана пише:", "Ана написала:", "Ana schrieb:"])
def test_name_alone_introduces_what_is_quoted_right_below(line: str) -> None:
    assert split_letter(f"Agreed.\n\n{line}\n> Shall we?", is_forward=False).own == "Agreed."
    assert split_letter(f"Agreed.\n\n{line}\nShall we?", is_forward=False).own == f"Agreed.\n\n{line}\nShall we?"


def test_older_letter_without_marks_begins_with_its_time_and_sender() -> None:
    older = '10 березня 2026, 09:30:12, від "Ана" <ana@ukr.net>:\n\nЗустрінемося?\nАна'
    letter = split_letter(f"Так, о другій годині.\n\n{older}", is_forward=False)

    assert letter.own == "Так, о другій годині."
    assert letter.quoted == older
    assert split_letter(f"Глянь.\n\n{older}", is_forward=True).own == f"Глянь.\n\n{older}"


def test_answer_below_what_it_answers_is_kept() -> None:
    older = "Friday, 9 January 2026, 10:00, Ana <ana@example.org> wrote:\n\nShall we?\n\nYes, on Monday."

    assert "Yes, on Monday." in split_letter(f"Hello!\n\n{older}", is_forward=False).own


def test_quotes_marked_with_initials_are_quotes() -> None:
    letter = split_letter("Вітаю!\n\nАК> Коли зустріч?\nУ п'ятницю.\nAK> Where?\nHere.", is_forward=False)

    assert letter.own == "Вітаю!\n\nУ п'ятницю.\nHere."
    assert letter.quoted == "АК> Коли зустріч?\nAK> Where?"


def test_answers_between_the_lines_are_all_kept() -> None:
    letter = split_letter("> First?\nYes.\n> Second?\nNo.", is_forward=False)

    assert letter.own == "Yes.\nNo."
    assert letter.quoted == "> First?\n> Second?"


OUTLOOK = [
    '--- Оригінальне повідомлення ---\nВід кого: "Ана" <ana@i.ua>\nКому: Бен\nДата: 10 березня\nТема: План\n\nЗустріч?',
    "-------- Вихідне повідомлення --------\nВід: Ана\nДата: 10.03.26 09:30 (GMT+02:00)\nКому: Бен\nТема: План\n\nТак?",
    "Sent: Tuesday, March 10, 2026 9:30 AM\nFrom: Ana\nTo: Ben\nSubject: Plan\n\nShall we?",
    "-----Original Message-----\nFrom: Ana <ana@example.org>\nSent: Monday\nTo: Ben\nSubject: Plan\n\nShall we?",
    "Від: Ана <ana@example.org>\nНадіслано: 12 січня 2026 р. 10:00\nКому: Бен\nТема: План\n\nЗустрінемося?",
    "От: Анна\nОтправлено: 12 января 2026\nКому: Бен\nТема: План\n\nВстретимся?",
    "________________________________\nFrom: Ana\nDate: Monday, 12 January 2026\nTo: Ben\nSubject: Plan\n\nShall we?",
    "Von: Ana\nGesendet: Montag\nAn: Ben\nBetreff: Plan\n\nTreffen?",
    "Od: Ana\nWysłano: poniedziałek\nDo: Ben\nTemat: Plan\n\nSpotkanie?",
]


@pytest.mark.parametrize("older", OUTLOOK)
def test_older_letter_below_the_answer_is_quoted(older: str) -> None:
    letter = split_letter(f"Agreed.\n\n{older}", is_forward=False)

    assert letter.own == "Agreed."
    assert letter.quoted == older


@pytest.mark.parametrize("older", OUTLOOK)
def test_the_same_under_a_forwarding_subject_is_what_is_shown(older: str) -> None:
    assert split_letter(f"See below.\n\n{older}", is_forward=True).own == f"See below.\n\n{older}"


def test_answer_written_below_the_head_of_the_older_letter_is_kept() -> None:
    text = "----- Original Message -----\nFrom: Ana\nTo: Ben\n\n> Shall we meet?\nYes, on Friday."

    assert split_letter(text, is_forward=False).own == "Yes, on Friday."


@pytest.mark.parametrize("inside", ["> Quoted there.\nSaid there.", "---------- Forwarded message ---------\nThere."])
def test_whatever_stands_deep_in_an_older_letter_is_quoted_with_it(inside: str) -> None:
    older = f"{OUTLOOK[1]}\n{'A long letter. ' * 200}\n{inside}"

    assert split_letter(f"Agreed.\n\n{older}", is_forward=False).own == "Agreed."


def test_older_letter_without_an_answer_is_what_is_sent() -> None:
    text = "-----Original Message-----\nFrom: Ana\n\nThe plan."

    assert split_letter(text, is_forward=False).own == "The plan."


FORWARDS = [
    "---------- Forwarded message ---------\nFrom: Ana\n\n> deep\nThe plan.",
    "---------- Переслане повідомлення ---------\nВід: Ана\n\nПлан.",
    "Begin forwarded message:\n\nFrom: Ana\n\nThe plan.",
    "-------- Пересылаемое сообщение --------\nОт: Анна\n\nПлан.",
    "-------- Weitergeleitete Nachricht --------\nVon: Ana\n\nDer Plan.",
]


@pytest.mark.parametrize("block", FORWARDS)
def test_forwarded_letters_are_kept_and_stay_marked(block: str) -> None:
    assert begins_forwarded(block)
    letter = split_letter(f"Have a look.\n\n{block}", is_forward=True)

    assert letter.own == f"Have a look.\n\n{block}"
    assert letter.forwards


@pytest.mark.parametrize(
    "signature",
    [
        "--\nAna Koval\n+380 44 000 00 00",
        "Sent from my iPhone",
        "Надіслано з iPhone",
        "Отправлено с iPhone",
        "Von meinem iPhone gesendet",
        "Get Outlook for Android",
        "Best regards,\nAna Koval\nHead of Sales",
        "З повагою,\nАна Коваль",
        "Дякую!\nАна",
        "Mit freundlichen Grüßen\nAna",
        "Отримати Outlook для iOS",
        "Sent from Gmail Mobile",
        "Відправлено з мобільного додатку UKR.NET",
        "-- Надіслано з мобільного додатку I.UA",
        "З повагою та найкращими побажаннями,\nАна",
        "Щиро,\nАна",
        "Всього найкращого,\nАна",
        "Наперед дякую!\nАна",
        "All the best,\nAna",
        "—\nАна Коваль",
    ],
)
def test_signatures_are_cut_and_kept_apart(signature: str) -> None:
    letter = split_letter(f"The report is attached.\n\n{signature}", is_forward=False)

    assert letter.own == "The report is attached."
    assert letter.signature == signature.removeprefix("--\n").removeprefix("—\n")


@pytest.mark.parametrize("signature", ["З повагою,\nАна\n", "--\nАна"])
@pytest.mark.parametrize("postscript", ["P.S. Надішліть договір до п'ятниці.", "ПС: чекаю відповіді"])
def test_postscript_below_the_signature_is_part_of_the_letter(signature: str, postscript: str) -> None:
    letter = split_letter(f"Звіт додаю.\n\n{signature}\n{postscript}", is_forward=False)

    assert letter.own == f"Звіт додаю.\n\n{postscript}"
    assert letter.signature.endswith("Ана")


def test_long_text_below_a_line_of_a_dash_is_no_signature() -> None:
    text = "One.\n—\n" + "Two is a long story. " * 20

    assert split_letter(text, is_forward=False).own == text.strip()


def test_thanks_before_a_question_are_no_signature() -> None:
    text = "I got it.\nThanks,\ncan you send the other one by Friday?"

    assert split_letter(text, is_forward=False).own == text


def test_letter_of_a_signature_only_says_nothing() -> None:
    assert split_letter("--\nAna Koval", is_forward=False).own == ""


def test_closing_at_the_very_beginning_is_the_letter() -> None:
    assert split_letter("Дякую!", is_forward=False).own == "Дякую!"


def test_forwarded_letter_survives_a_signature_above_it() -> None:
    letter = split_letter(
        "See below.\n\nBest,\nAna\n\n---------- Forwarded message ---------\nFrom: Ben\n\nHi", is_forward=True
    )

    assert letter.own.startswith("See below.\n\n---------- Forwarded message")
    assert letter.signature == "Best,\nAna"

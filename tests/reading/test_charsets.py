import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.reading.charsets import codec_of, decode_text

LETTER = "Шановний клієнте, нагадуємо, що рахунок за листопад треба сплатити до кінця місяця. Дякуємо!"
RUSSIAN = "Уважаемые коллеги, напоминаю, что встреча состоится завтра в десять часов утра."
CYRILLIC = ("cp1251", "koi8_u", "iso8859_5", "mac_cyrillic")


@pytest.mark.parametrize("codec", CYRILLIC)
def test_declared_charset_is_believed(codec: str) -> None:
    assert decode_text(LETTER.encode(codec), codec) == (LETTER, True)


@pytest.mark.parametrize("codec", [*CYRILLIC, "cp866"])
@pytest.mark.parametrize("declared", ["", "us-ascii", "iso-8859-1", "utf-8", "x-unknown"])
def test_undeclared_cyrillic_is_told_by_its_letters(codec: str, declared: str) -> None:
    text, believed = decode_text(RUSSIAN.encode(codec), declared)

    assert text == RUSSIAN
    assert not believed


@pytest.mark.parametrize("codec", CYRILLIC)
def test_capitals_are_not_taken_for_the_small_letters_of_another_charset(codec: str) -> None:
    assert decode_text("ТЕРМІНОВО: ЗВІТ ЗА СЕРПЕНЬ".encode(codec), "")[0] == "ТЕРМІНОВО: ЗВІТ ЗА СЕРПЕНЬ"


@pytest.mark.parametrize(("written", "declared"), [("cp1251", "koi8-r"), ("koi8_u", "windows-1251")])
def test_lying_cyrillic_charset_is_seen_through(written: str, declared: str) -> None:
    assert decode_text(LETTER.encode(written), declared) == (LETTER, False)


def test_few_bytes_are_not_enough_to_call_a_declaration_a_lie() -> None:
    data = "Так".encode("cp1251")

    assert decode_text(data, "koi8-r") == (data.decode("koi8_u"), True)


@pytest.mark.parametrize("declared", ["koi8-u", "windows-1251", "iso-8859-2", "us-ascii", "big5"])
def test_utf8_under_another_name_is_read_as_utf8(declared: str) -> None:
    assert decode_text(LETTER.encode(), declared) == (LETTER, False)


@pytest.mark.parametrize("codec", CYRILLIC)
@pytest.mark.parametrize("declared", [*CYRILLIC, "utf-8", "iso-8859-1"])
def test_ukrainian_mail_is_read_whatever_is_declared(codec: str, declared: str) -> None:
    assert decode_text(LETTER.encode(codec), declared)[0] == LETTER


def test_comment_behind_a_charset_is_no_part_of_its_name() -> None:
    assert codec_of("koi8-u (Ukrainian)") == "koi8_u"


@pytest.mark.parametrize("once", ["cp1251", "koi8_u"])
def test_lines_of_different_charsets_are_each_read_in_their_own(once: str) -> None:
    mixed = LETTER.encode(once) + b"\n" + "Антивірус перевірив цей лист.".encode()

    for declared in ("utf-8", once, ""):
        assert decode_text(mixed, declared) == (f"{LETTER}\nАнтивірус перевірив цей лист.", False)


def test_western_text_without_charset_is_not_taken_for_cyrillic() -> None:
    text = "Schöne Grüße aus Köln, es wäre schön, Sie zu sehen."

    assert decode_text(text.encode("cp1252"), "")[0] == text


def test_windows_quotes_under_the_name_of_latin1_are_quotes() -> None:
    assert decode_text(b"\x93Hello\x94", "iso-8859-1") == ("“Hello”", True)


def test_utf8_with_one_broken_character_stays_utf8() -> None:
    assert decode_text(LETTER.encode()[:-1] + b"\xd0", "utf-8")[0].startswith("Шановний клієнте")


def test_broken_bytes_of_a_declared_multibyte_charset_become_replacement_characters() -> None:
    text, believed = decode_text("日本語".encode("shift_jis") + b"\x81", "shift_jis")

    assert text.startswith("日本語")
    assert not believed


@pytest.mark.parametrize("declared", ["utf-16", "utf-16-le", "utf-32"])
def test_utf16_declared_for_plain_text_is_a_lie(declared: str) -> None:
    assert decode_text("Café".encode(), declared) == ("Café", False)


def test_utf16_is_read_with_and_without_its_mark() -> None:
    assert decode_text("Привіт".encode("utf-16"), "") == ("Привіт", True)
    assert decode_text("Hello".encode("utf-16-le"), "utf-16le") == ("Hello", True)


def test_utf8_mark_is_dropped() -> None:
    assert decode_text(b"\xef\xbb\xbf\xd0\x94\xd0\xb0", "") == ("Да", True)


def test_utf7_is_read_and_cannot_smuggle_half_a_character() -> None:
    assert decode_text("Привіт".encode("utf-7"), "utf-7") == ("Привіт", True)
    assert "\ud800" not in decode_text(b"+2AA-", "utf-7")[0]


@pytest.mark.parametrize(
    "name", ["zip", "hex", "rot13", "idna", "punycode", "unicode_escape", "undefined", "", "\0", "тест"]
)
def test_codecs_that_are_no_charsets_are_unknown(name: str) -> None:
    assert codec_of(name) == ""


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("CP-1251", "cp1251"),
        ("win-1251", "cp1251"),
        ("KOI8-R", "koi8_u"),
        ("utf8", "utf_8"),
        ("ks_c_5601-1987", "cp949"),
    ],
)
def test_charsets_are_known_by_the_names_mail_uses(name: str, codec: str) -> None:
    assert codec_of(name) == codec


@given(
    st.binary(max_size=300), st.text(max_size=20) | st.sampled_from(["utf-7", "utf-16", "koi8-u", "hz", "iso-2022-jp"])
)
def test_any_bytes_are_some_text_that_can_be_written_down(data: bytes, declared: str) -> None:
    decode_text(data, declared)[0].encode("utf-8")

"""Masking: secrets go, their meaning and everything else stays."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auramail.reading.masking import PLACEHOLDERS, Secret, folded, mask
from auramail.reading.secret_numbers import is_iban, is_luhn
from tests.reading.secrets_said import SECRETS, STAYS


def lines(table: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in table.strip().split("\n")]


SAID = [(Secret(kind), line) for kind, table in SECRETS.items() for line in lines(table)]
KEPT = lines(STAYS)


def test_tables_are_long_enough_to_mean_something() -> None:
    assert len(SAID) >= 120
    assert len(KEPT) >= 80
    assert {kind for kind, _ in SAID} == set(Secret)


@pytest.mark.parametrize(("kind", "line"), SAID)
def test_secret_gives_way_to_a_word_for_it(kind: Secret, line: str) -> None:
    said = line.replace("⟦", "").replace("⟧", "")

    masked = mask(said)

    assert masked.text == re.sub("⟦.*?⟧", PLACEHOLDERS[kind], line, flags=re.DOTALL)
    assert masked.counts == {kind: 1}


@pytest.mark.parametrize("line", KEPT)
def test_what_only_looks_like_a_secret_stays(line: str) -> None:
    assert mask(line).text == line
    assert not mask(line).counts


@pytest.mark.parametrize(("kind", "line"), SAID)
def test_secret_is_found_in_the_midst_of_a_letter(kind: Secret, line: str) -> None:
    said = line.replace("⟦", "").replace("⟧", "")
    [secret] = re.findall("⟦(.*?)⟧", line, flags=re.DOTALL)

    masked = mask(f"Dear Ana,\n\nall is well here, the garden is green.\n\n{said}\n\nSee you at 14:30.\nBen")

    assert secret not in masked.text
    assert masked.counts[kind] == 1
    assert masked.text.endswith("See you at 14:30.\nBen")


def test_every_secret_is_counted_by_its_kind() -> None:
    masked = mask("Cards 4111 1111 1111 1111 and 5555 5555 5555 4444, CVV 123, ana@example.org")

    assert masked.counts == {Secret.CARD: 2, Secret.CVV: 1, Secret.ADDRESS: 1}
    assert masked.text == "Cards [card number] and [card number], CVV [card security code], [address]"


def test_subject_says_what_a_number_in_the_text_is() -> None:
    assert not mask("482913").counts

    masked = mask("482913", before="Your verification code")

    assert masked.text == "[one-time code]"
    assert masked.counts == {Secret.CODE: 1}


def test_secret_of_what_was_read_before_is_not_counted() -> None:
    masked = mask("See you.", before="Card 4111 1111 1111 1111, code 1234")

    assert masked.text == "See you."
    assert not masked.counts


def test_backup_codes_are_all_taken() -> None:
    masked = mask("Your backup codes:\n1. 1234 5678\n2. 2345 6789\n3. 3456 7890\n\nKeep them safe.")

    assert not re.search(r"\d{4}", masked.text)
    assert masked.counts == {Secret.CODE: 3}


def test_number_beside_a_code_is_no_second_code() -> None:
    masked = mask("Your verification code is 493201, Ana. You have 4321 points and 8765 friends.")

    assert masked.text == "Your verification code is [one-time code], Ana. You have 4321 points and 8765 friends."


def test_secret_told_once_is_known_wherever_it_stands() -> None:
    masked = mask("Then 771204 goes in the field, and Xy7kkq here.\n\nCode: 771204\nPassword: Xy7kkq", before="771204")

    assert masked.text == (
        "Then [one-time code] goes in the field, and [password] here.\n\nCode: [one-time code]\nPassword: [password]"
    )
    assert masked.counts == {Secret.CODE: 2, Secret.PASSWORD: 2}


def test_placeholder_that_the_sender_wrote_is_no_secret() -> None:
    assert mask("Fill in [card number] here.").text == "Fill in [card number] here."
    assert not mask("Fill in [card number] here.").counts


def test_private_characters_are_never_taken_for_secrets() -> None:
    assert mask("a\ue000b\ue005c").text == "a\ufffdb\ufffdc"


SAFE = st.text(max_size=200)
PIECES = st.lists(
    st.sampled_from(
        [line.replace("⟦", "").replace("⟧", "") for _, line in SAID]
        + [
            *PLACEHOLDERS.values(),
            "code",
            "код",
            "пароль",
            "is",
            ":",
            "\n",
            "1234",
            "4111",
            "11",
            "-",
            "Bearer",
            "UA21",
            "https://a.b/",
        ]
    ),
    max_size=12,
)
NUMBERS = st.text(alphabet="0123456789 -.\n4415", max_size=120)
TEXTS = SAFE | PIECES.map(" ".join) | PIECES.map("".join) | NUMBERS


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text)

    assert mask(once.text).text == once.text
    assert not mask(once.text).counts


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_card_is_left(text: str) -> None:
    shown = mask(text).text

    for found in re.finditer(r"(?=(?<!\d)(\d{4}([ -]?)\d{4}\2\d{4}\2\d{4})(?!\d))", folded(shown)):
        digits = re.sub(r"\D", "", found[1])
        assert not (is_luhn(digits) and digits[0] in "3456")


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10**11 - 1),
    st.sampled_from(["4149", "5168", "5375", "4441"]),
    st.sampled_from(["", " ", "-", "  ", ".", "\u00a0"]),
    TEXTS,
)
def test_any_card_goes_in_any_company(number: int, bank: str, between: str, company: str) -> None:
    digits = f"{bank}{number:011}"
    digits += next(str(last) for last in range(10) if is_luhn(f"{digits}{last}"))
    card = between.join(digits[place : place + 4] for place in range(0, 16, 4))

    shown = mask(f"{company}\n\nPay to: {card}!").text

    assert card not in shown
    assert digits[8:] not in re.sub(r"\D", "", shown[-40:])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**25 - 1), st.sampled_from(["", " ", "-", "\u202f"]), TEXTS)
def test_any_account_goes_in_any_company(number: int, between: str, company: str) -> None:
    rest = f"{number:025}"
    check = next(f"{each:02}" for each in range(2, 99) if is_iban(f"ua{each:02}{rest}"))
    account = f"UA{check}{rest}"
    written = between.join(account[place : place + 4] for place in range(0, len(account), 4))

    assert rest[-8:] not in re.sub(r"\D", "", mask(f"{company}\n\nПлатіть на {written}.").text[-60:])


@given(SAFE)
def test_folding_keeps_the_places(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.text(alphabet=st.characters(), max_size=100))
def test_any_text_is_masked(text: str) -> None:
    assert sum(mask(text, before=text[::-1]).counts.values()) >= 0

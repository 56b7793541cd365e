"""The Ukrainian catalogue says everything, with the same values in it."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import auramail
from auramail import translations
from auramail.translations import translator

SOURCES = Path(auramail.__file__).parent
CATALOGUE = Path(translations.__file__).parent / "uk" / "LC_MESSAGES" / "messages.po"
METHODS = [("web/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"web/templates/**.html": {"trimmed": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "Wording": (1,), "of": (1,)}
VALUE = re.compile(r"%\([a-z_]+\)s|\{[a-z_]*\}")


def said() -> set[str | tuple[str, ...]]:
    """Every sentence that the code or a template says."""
    found = extract_from_dir(SOURCES, METHODS, OPTIONS, keywords=KEYWORDS)
    return {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}


def translated() -> dict[str | tuple[str, ...], Message]:
    with CATALOGUE.open("rb") as file:
        return {message.id if isinstance(message.id, str) else tuple(message.id): message for message in read_po(file)}


def test_every_sentence_has_its_translation() -> None:
    known = translated()

    missing = [message for message in said() if message and not (message in known and all(strings_of(known[message])))]

    assert missing == []


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    assert set(translated()) - said() - {""} == set()


def test_translations_hold_the_same_values() -> None:
    for message in translated().values():
        if not message.id:
            continue
        original = message.id if isinstance(message.id, str) else message.id[1]
        for string in filter(None, strings_of(message)):
            assert sorted(VALUE.findall(string)) == sorted(VALUE.findall(original)), message.id


def strings_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.mark.parametrize(("language", "said"), [("uk", "Скасувати"), ("en", "Undo"), ("xx", "Undo")])
def test_a_translator_speaks_its_language(language: str, said: str) -> None:
    assert translator(language)("Undo") == said

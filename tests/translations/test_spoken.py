"""What a Ukrainian reader is told, through the doors that speak to them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from auramail import translations
from auramail.core.wording import Wording
from auramail.flow.prompts.readings import READS_IT_AS
from auramail.settings import child_environment
from auramail.translations import translator

ROOT = Path(__file__).parents[2]
BILL = ROOT / "tests" / "stories" / "bill-heating-uk" / "message.eml"
CATALOGUE = Path(translations.__file__).parent / "uk" / "LC_MESSAGES" / "messages.po"


def is_cyrillic(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum("а" <= character.lower() <= "ї" or character.lower() == "ґ" for character in letters) > len(letters) / 2


def classify(*options: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "auramail.cli", "classify", "--json", *options, str(BILL)],
        check=True,
        capture_output=True,
        text=True,
        env=child_environment(**environment),
        timeout=60,
    )
    reason: str = json.loads(done.stdout)["reason"]
    return reason


def test_classify_gives_its_reason_in_the_language_asked_for(home: Path) -> None:
    assert home.is_dir()
    assert is_cyrillic(classify("--language", "uk", LC_ALL="C.UTF-8"))
    assert not is_cyrillic(classify("--language", "en", LC_ALL="uk_UA.UTF-8"))


def test_classify_speaks_the_language_of_the_terminal(home: Path) -> None:
    assert home.is_dir()
    assert is_cyrillic(classify(LC_ALL="uk_UA.UTF-8"))


def test_nothing_in_the_catalogue_is_a_guess() -> None:
    with CATALOGUE.open("rb") as file:
        guessed = [message.id for message in read_po(file) if message.id and message.fuzzy]

    assert guessed == []


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 лист"), (2, "2 листи"), (5, "5 листів"), (11, "11 листів"), (22, "22 листи"), (0, "0 листів")],
)
def test_messages_are_counted_as_ukrainian_counts(count: int, said: str) -> None:
    template = translations.catalogue("uk").ngettext("%(num)s message", "%(num)s messages", count)

    assert template % {"num": count} == said


def test_a_models_kinds_are_inflected() -> None:
    say = translator("uk")

    told = [Wording.of(wording.text, model="m").say(say) for wording in READS_IT_AS.values()]

    assert all(is_cyrillic(sentence) for sentence in told)

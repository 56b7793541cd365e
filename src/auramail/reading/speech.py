"""Speech: the words of a text by what they do in a sentence, one letter for each, so that grammar is a pattern.

`Please send it.` becomes three letters and a stop; a pattern such as `<please>.{0,2}<tell>` is looked for in them.
"""

import re
import string
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Final, NamedTuple

MOST_REMEMBERED: Final = 50_000
LONGEST_REMEMBERED: Final = 40
LONGEST_SENTENCE: Final = 60
"""Words after which a sentence without a stop is taken to end."""

SHORTEST_VERB: Final = 5
STOP, QUESTION, COMMA, COLON, NUMBER, NAME, OTHER, LATIN = "|?,:#N=~"
TOKEN: Final = re.compile(
    r"[^\W_]+(?:['’ʼ`-][^\W_]+)*|\?[?!]{0,40}(?=[\s\"»”)\]*]|$)|\.\s+(?=[a-zа-яіїєґ])|[.!…]{1,40}(?=[\s\"»”)\]*]|$)|"
    r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*•–—·]|\d+[.)]\s|[A-ZА-ЯІЇЄҐ]))"
    r"|[,;:]|\s[–—-]\s"
)
_APOSTROPHES: Final = str.maketrans("’ʼ`", "'''")
_IMPERATIVE: Final = re.compile(
    r"(?:[^ї]іть|їть|йте|ьте|[врчшмж]те|іть)(?:ся|сь)?\Z",
)
_TELLS_ONE: Final = re.compile(
    r"(?:за|ви|пере|по|до|при|від|під|на|роз|про|с|з|об|о|у|в)?(?:кинь|шли|дай|бери|веди|неси|твори|роби|пиши|клади|"
    r"їдь|ріши|"
    r"міняй|чисти|ріж|рахуй|кажи|знайди|купи|плати|верни|тягни|везь?и|пуст|клич|друкуй|май|став|готуй|лий|мий|крий|"
    r"веди|"
    r"думай|читай|шукай|чекай)(?:ся|сь)?\Z"
)
"""Ukrainian verbs told to one person end as nouns do; these are roots that do not."""
_NO_IMPERATIVE: Final = re.compile(
    r"(?:стоїть|коїть|боїть(?:ся)?|(?:жов|четвер|впер|відвер|стер|черс|прос|мерт)те|проте|хоче?те)\Z"
)
_INFINITIVE: Final = re.compile(r"(?:[аяиіїую]|[сзргй])ти(?:ся|сь)?\Z")
_WE: Final = re.compile(r"[а-яіїєґ']{2,}(?:емо|имо|ємо|їмо)(?:ся|сь)?\Z")
_CYRILLIC: Final = re.compile(r"[а-яіїєґ]")


def _read_words() -> tuple[dict[str, str], dict[str, str]]:
    """The letter of each group, and the group's letter of each word."""
    groups = tomllib.loads(files("auramail.reading").joinpath("speech.toml").read_text(encoding="utf-8"))
    names = [*groups, "imperative", "infinitive", "we_do"]
    free = [each for each in string.ascii_letters + "αβγδεζηθικλμξοπρστυφχψω" if each != NAME]
    letters = dict(zip(names, free, strict=False))
    of_word: dict[str, str] = {}
    for name, words in groups.items():
        for word in words.split():
            of_word.setdefault(word, letters[name])
    of_word |= dict.fromkeys(groups["noun"].split(), OTHER)
    return letters, of_word


LETTERS, _OF_WORD = _read_words()


def grammar(pattern: str) -> re.Pattern[str]:
    """A pattern over letters: `<please>` is a word of that group, `_` any word or comma, `-` any but a negation."""
    spelt = re.sub(r"<(\w+)>", lambda match: LETTERS[match[1]], re.sub(r"\s", "", pattern))
    return re.compile(spelt.replace("_", "[^|?]").replace("-", f"[^|?{LETTERS['not']}]"))


_known: dict[str, str] = {}
"""The letter of every word met so far, as it was written."""


def _letters_of(words: Sequence[str]) -> str:
    try:
        return "".join(map(_known.__getitem__, words))
    except KeyError:
        # Most texts have a few words nobody wrote before; they are looked at once and remembered.
        pass
    if len(_known) > MOST_REMEMBERED:
        _known.clear()
    for word in words:
        if word not in _known and len(word) <= LONGEST_REMEMBERED:
            _known[word] = _letter_of(word)
    return "".join(_known.get(word) or _letter_of(word) for word in words)


def _letter_of(written: str) -> str:
    if not written[0].isalnum():
        return _mark(written)
    if written[0].isdigit():
        return NUMBER
    word = written.lower().translate(_APOSTROPHES)
    letter = _OF_WORD.get(word) or _by_ending(word)
    if letter:
        return letter
    if written[0].isupper() and not written.isupper():
        return NAME
    return OTHER if _CYRILLIC.search(word) else LATIN


def _by_ending(word: str) -> str:
    """The group of a Ukrainian verb no list names, by how it ends; empty for any other word."""
    if len(word) < SHORTEST_VERB or not _CYRILLIC.search(word):
        return ""
    if _INFINITIVE.search(word):
        return LETTERS["infinitive"]
    if _IMPERATIVE.search(word) and not _NO_IMPERATIVE.search(word):
        return LETTERS["imperative"]
    if _TELLS_ONE.match(word):
        return LETTERS["imperative"]
    return LETTERS["we_do"] if _WE.match(word) else ""


def _mark(written: str) -> str:
    if written[0] == "?":
        return QUESTION
    if written[0] == "." and written[-1] != ".":
        return COLON
    if written[0] in ".!…" or written.count("\n") > 1:
        return STOP
    if written[0] in ",;":
        return COMMA
    return COLON


class Sentence(NamedTuple):
    """The letters of a sentence with its mark, and the number of its first word."""

    letters: str
    first: int


class Speech:
    """A text as letters, sentence by sentence; where its words stand is looked up only when somebody asks."""

    __slots__ = ("_places", "_words", "sentences", "text")

    def __init__(self, text: str, words: Sequence[str], sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.sentences = sentences
        self._words = words
        self._places: list[int] = []

    def span(self, number: int) -> tuple[int, int]:
        """Where a sentence begins and ends."""
        letters, first = self.sentences[number]
        last = first + len(letters) - 1
        known = len(self._places)
        place = self._places[-1] + len(self._words[known - 1]) if known else 0
        for word in self._words[known : last + 1]:
            # Between words stands nothing that is part of one, so each is found where it was read.
            place = self.text.find(word, place)
            self._places.append(place)
            place += len(word)
        return self._places[first], self._places[last] + len(self._words[last])


def speech_of(text: str) -> Speech:
    """The sentences of a text. Never fails."""
    words = TOKEN.findall(text)
    sentences = [Sentence(match.group(), match.start()) for match in _SENTENCE.finditer(_letters_of(words))]
    return Speech(text, words, sentences)


_SENTENCE: Final = re.compile(rf"[^|?]{{1,{LONGEST_SENTENCE}}}[|?]?")

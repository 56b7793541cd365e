"""Forms for what mail is about: words in its subject, words anywhere, phrases."""

import re
from collections.abc import Iterator
from typing import Final

from auramail.reading.searching.borders import ends_subject, is_border, is_bound, is_stop, means_something
from auramail.reading.searching.operators import word
from auramail.reading.searching.patterns import one_of
from auramail.reading.searching.scene import Found, Part, Scene
from auramail.reading.searching.tokens import Sort
from auramail.reading.searching.vocabulary import MAIL, STOPS, WORDS

_SKIPPED: Final = f"(?:{one_of(WORDS['topics.skipped'])})*"
_SAYING_NOTHING: Final = f"(?:{one_of(WORDS['topics.skipped'] + ' ' + STOPS + ' ' + MAIL['filler'])})*"
_SUBJECT: Final = re.compile(one_of(WORDS["topics.subject"]) + f"(?:{one_of(WORDS['topics.contains'])})?" + _SKIPPED)
_ABOUT: Final = re.compile(one_of(WORDS["topics.about"]) + _SAYING_NOTHING)
_WORD: Final = re.compile(one_of(WORDS["topics.word"]))
_PHRASE: Final = re.compile(one_of(WORDS["topics.phrase"]))
_IN_SUBJECT: Final = re.compile(one_of(WORDS["topics.in_subject"]))
_ACCUSATIVE: Final = re.compile(r"(?<=..[бвгґджзклмнпрстфхцчшщі])(?:у|(?<=[ілн])ю)\Z")
"""The ending of a feminine accusative; after "про" hardly any other word has it."""


def _until_border(scene: Scene, start: int) -> int:
    """The first word whatever it means, and those after it up to one with a meaning of its own."""
    end = start + 1
    while not ends_subject(scene, end) and end < start + 8:
        end += 1
    return end


def subject(scene: Scene, place: int) -> Iterator[Found]:
    """Words in the subject, up to a word with a meaning of its own."""
    match = _SUBJECT.match(scene.line, scene.starts[place])
    if not match or match.end() >= len(scene.line):
        return
    start = scene.token_at(match.end())
    if is_bound(scene, start):
        return
    if scene.tokens[start].sort is Sort.QUOTED:
        yield Found(start + 1, Part.WORD, f"subject:{_phrase(scene.tokens[start].text)}")
        return
    if scene.tokens[start].sort not in {Sort.WORD, Sort.NUMBER, Sort.ADDRESS, Sort.FILE}:
        return
    end = _until_border(scene, start)
    words = [kept for token in scene.tokens[start:end] if (kept := word(token.text))]
    if words:
        yield Found(end, Part.WORD, "subject:" + (words[0] if len(words) == 1 else f"({' '.join(words)})"))


def _phrase(text: str) -> str:
    kept = word(text)
    return kept if kept.startswith('"') or not kept else f'"{kept}"'


def subject_behind(scene: Scene, place: int) -> Iterator[Found]:
    """Words with "in the subject" behind them: the last one alone is meant for certain."""
    inside = _IN_SUBJECT.match(scene.line, scene.starts[place + 1])
    token = scene.tokens[place]
    if inside and token.sort in {Sort.WORD, Sort.NUMBER} and not is_stop(scene, place) and word(token.text):
        end = scene.token_at(inside.end())
        yield Found(end, Part.WORD, f"subject:{word(token.text)}", is_border(scene, end) or end >= len(scene.tokens))


def subject_between(scene: Scene, place: int) -> Iterator[Found]:
    """With these words in the subject: all of them."""
    if not _HAVING.match(scene.line, scene.starts[place]):
        return
    inside = None
    end = place + 1
    while end < min(place + 8, len(scene.tokens)) and inside is None:
        if scene.tokens[end].sort not in {Sort.WORD, Sort.NUMBER} or means_something(scene, end):
            return
        end += 1
        inside = _IN_SUBJECT.match(scene.line, scene.starts[end])
    kept = [token for token in scene.tokens[place + 1 : end] if token.key not in _NOT_IN_SUBJECTS]
    words = [found for token in kept if (found := word(token.text))]
    if words and inside:
        value = words[0] if len(words) == 1 else f"({' '.join(words)})"
        yield Found(scene.token_at(inside.end()), Part.WORD, f"subject:{value}")


_HAVING: Final = re.compile(one_of("with having has have says saying containing з зі із що_мають"))
_NOT_IN_SUBJECTS: Final = frozenset(WORDS["topics.not_in_subjects"].split())
_NOVA_POSHTA: Final = re.compile(r"нов(?:а|ої|у|ою|ій) пошт(?:а|и|у|ою|і) ")
_IDIOMS: Final = re.compile(one_of(WORDS["topics.idioms"]))


def idiom(scene: Scene, place: int) -> Iterator[Found]:
    """Words that mean something else together than one by one."""
    start = scene.starts[place]
    if match := _NOVA_POSHTA.match(scene.line, start):
        yield Found(scene.token_at(match.end()), Part.WORD, '"Нова пошта"')
    if match := _IDIOMS.match(scene.line, start):
        end = scene.token_at(match.end())
        yield Found(end, Part.WORD, f'"{scene.words(place, end)}"')


def phrase(scene: Scene, place: int) -> Iterator[Found]:
    """An exact phrase: what stands in quotes, or what follows the word "phrase"."""
    match = _PHRASE.match(scene.line, scene.starts[place])
    start = scene.token_at(match.end()) if match else place
    if start < len(scene.tokens) and scene.tokens[start].sort is Sort.QUOTED:
        quoted = _phrase(scene.tokens[start].text)
        inside = _IN_SUBJECT.match(scene.line, scene.starts[start + 1])
        if quoted:
            end = scene.token_at(inside.end()) if inside else start + 1
            yield Found(end, Part.WORD, f"subject:{quoted}" if inside else quoted)
    elif match and start < len(scene.tokens):
        end = _until_border(scene, start)
        yield Found(end, Part.WORD, _phrase(scene.words(start, end)))


def about(scene: Scene, place: int) -> Iterator[Found]:
    """What follows is a plain word, even where it would mean something: "about attachments"."""
    for pattern in (_ABOUT, _WORD):
        match = pattern.match(scene.line, scene.starts[place])
        if match and match.end() < len(scene.line):
            yield Found(scene.token_at(match.end()), Part.FILLER, literal=1)


def forms_of(text: str, before: str) -> list[str]:
    """A word and its dictionary form, where the sentence bends it for certain: "про відпустку" → відпустка too."""
    key = text.casefold()
    if before in {"про", "на тему"}:
        nominative = _ACCUSATIVE.sub(lambda match: "а" if match[0] == "у" else "я", key)
        if nominative != key and len(key) == len(text):
            return [text, text[:-1] + nominative[-1]]
    singular = _SINGULAR.get(key) or (_nominative(key, before) if len(key) == len(text) else "")
    return [text, singular] if singular and singular != key else [text]


_Endings = tuple[tuple[re.Pattern[str], str], ...]
_ANYWHERE: Final[_Endings] = (
    (re.compile(r"(?<=\w{2})ц(?:ії|ію|ією|ій|іям|іями|іях)\Z"), "ція"),
    (re.compile(r"(?<=\w{3})нн(?:ю|ям|ями|ях)\Z"), "ння"),
    (re.compile(r"(?<=\w{4})(?:ості|істю)\Z"), "ість"),
    (re.compile(r"(?<=\w{3})ств(?:а|у|ом|і)\Z"), "ство"),
    (re.compile(r"(?<=\w{3})ц(?:ии|ию|ией|ий|иям|иями|иях)\Z"), "ция"),
    (re.compile(r"(?<=\w{3})ни(?:ю|ем|ям|ями|ях)\Z"), "ние"),
)
"""Endings that only one sort of noun has. Source: Ukrainian orthography of 2019, §§ 78-94."""
_GENITIVE: Final[_Endings] = (
    (re.compile(r"(?<=\w[бвгґджзклмнпрстфхцчшщ])и\Z"), "а"),
    (re.compile(r"(?<=\w\w)ії\Z"), "ія"),
    (re.compile(r"(?<=[нксрпф]т)у\Z|(?<=[аиуіїяю][бвгджзлмнпрстфхцчш])у\Z"), ""),
)
"""Those of a single noun in the genitive, without the nouns whose vowels change with it (договору, рахунку)."""
LONGEST_UNCHANGED: Final = 4
_BEFORE_GENITIVE: Final = frozenset({"щодо", "стосовно", "приводу", "відносно"})


def _nominative(key: str, before: str) -> str:
    """The nominative of a noun that is sure to be in another case; "" if that is not sure."""
    endings = (*_ANYWHERE, *_GENITIVE) if before in _BEFORE_GENITIVE else _ANYWHERE
    changed = (ending.sub(instead, key) for ending, instead in endings if len(key) > LONGEST_UNCHANGED)
    return next((found for found in changed if found != key), "")


_SINGULAR: Final = {
    form: base
    for base, forms in {
        "рахунок": "рахунки рахунку рахунка рахунків рахунками рахунках",
        "договір": "договори договору договорів договором договорами",
        "контракт": "контракти контракту контрактів контрактом",
        "квитанція": "квитанції квитанцій квитанцію квитанціями",
        "квиток": "квитки квитка квитків квитками",
        "чек": "чеки чеків чека чеку чеками",
        "звіт": "звіти звіту звітів звітами звітом",
        "інвойс": "інвойси інвойсу інвойсів інвойсами",
        "акт": "акти актів акту",
        "посилка": "посилки посилку посилок посилками",
        "виписка": "виписки виписку виписок",
        "довідка": "довідки довідку довідок",
        "накладна": "накладні накладну накладної",
        "підписка": "підписки підписку підписок",
        "зустріч": "зустрічі зустрічей",
        "документ": "документи документів документа документами",
        "invoice": "invoices",
        "receipt": "receipts",
        "contract": "contracts",
        "ticket": "tickets",
        "bill": "bills",
        "statement": "statements",
        "order": "orders",
        "report": "reports",
    }.items()
    for form in forms.split()
}

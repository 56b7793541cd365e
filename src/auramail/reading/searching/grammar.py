"""The grammar: at each place of a request the longest thing that is understood, and plain words for the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auramail.reading.searching import origins, people, things, topics
from auramail.reading.searching.amounts import amount
from auramail.reading.searching.borders import is_border, means_something
from auramail.reading.searching.names import Case, is_given, is_role
from auramail.reading.searching.operators import any_of, word
from auramail.reading.searching.patterns import one_of
from auramail.reading.searching.scene import Form, Found, Part, Scene
from auramail.reading.searching.tokens import REFUSED, Sort
from auramail.reading.searching.vocabulary import MAIL, PEOPLE, STOPS, WORDS
from auramail.reading.searching.when import when_at

_SMALL: Final = tuple(
    (re.compile(one_of(MAIL[group])), part)
    for group, part in (
        ("or", Part.OR),
        ("and", Part.AND),
        ("not", Part.NOT),
        ("without", Part.NOT),
        ("except", Part.EXCEPT),
        ("lost", Part.LOST),
        ("mail", Part.FILLER),
        ("hesitation", Part.FILLER),
        ("command", Part.FILLER),
        ("filler", Part.FILLER),
    )
)
_CONNECTING: Final = frozenset(WORDS["borders.connecting"].split())
"""Prepositions that are no words to look for, where nothing follows them that is understood."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens from `start` up to `end` and what they are; `flat` is an operator that is a plain word."""

    start: int
    end: int
    part: Part
    operator: str = ""
    sure: bool = True
    flat: bool = False
    negated: Part | None = None
    plain: bool = False
    """Whether it is a plain word that is not wanted."""


def _dated(scene: Scene, place: int) -> Iterator[Found]:
    found = when_at(scene.line, scene.starts[place], scene.today)
    if found and found.operator:
        yield Found(scene.token_at(found.end), Part.DAY, found.operator, found.sure)


def _small(scene: Scene, place: int) -> Iterator[Found]:
    for pattern, part in (
        *_SMALL,
        (_VERBS, Part.FILLER),
        (_COMPARISON, Part.LOST),
        (_STOPS, Part.FILLER),
    ):
        match = pattern.match(scene.line, scene.starts[place])
        if match:
            yield Found(scene.token_at(match.end()), part, sure=part is not Part.LOST)


def _excepted(scene: Scene, place: int) -> Iterator[Found]:
    """Except Bob: a name there is a sender."""
    match = _EXCEPT.match(scene.line, scene.starts[place])
    who = people.names_at(scene, scene.token_at(match.end()), Case.GENITIVE, certain=True) if match else None
    if who:
        yield Found(who.end, Part.PERSON, f"-from:{who.value}", who.sure)


def _event(scene: Scene, place: int) -> Iterator[Found]:
    """Before Easter, after the meeting: when that was nobody has said."""
    match = _BOUND.match(scene.line, scene.starts[place])
    if not match or match.end() >= len(scene.line):
        return
    end = scene.token_at(match.end())
    if scene.tokens[end].sort is Sort.WORD and scene.key(end) not in _CONNECTING:
        event = _EVENT.match(scene.line, match.end())
        yield Found(scene.token_at(event.end()) if event else end + 1, Part.LOST, sure=False)


_EVENT: Final = re.compile(one_of(WORDS["days.events"]))
_BOUND: Final = re.compile(
    one_of(WORDS["days.bounds"])
    + f"(?:{one_of('the my our a нашої моєї мого нашого')})?"
    + f"|(?:до) (?={one_of(WORDS['days.events'])})"
)


def _so_many(scene: Scene, place: int) -> Iterator[Found]:
    """The last ten: a search has no number."""
    match = _SO_MANY.match(scene.line, scene.starts[place])
    if match:
        yield Found(scene.token_at(match.end()), Part.LOST, sure=False)


def _asking(scene: Scene, place: int) -> Iterator[Found]:
    """A "чи" before what asks joins nothing: "глянь чи нема"; "check" before what is searched is no word of it."""
    key, following = scene.key(place), scene.key(place + 1)
    first = place == 0 or scene.key(place - 1) in _SAYING_NOTHING
    if key == "чи" and (place == 0 or following in _SAYING_NOTHING):
        yield Found(place + 1, Part.FILLER)
    if key == "check" and first and (following in _SAYING_NOTHING or means_something(scene, place + 1)):
        yield Found(place + 1, Part.FILLER)


def _named_before(scene: Scene, place: int) -> Iterator[Found]:
    """What she sent: nothing new, if she has been named."""
    match = _HE_SENT.match(scene.line, scene.starts[place])
    if match and any(is_given(token.key) or is_role(token.key) for token in scene.tokens[:place]):
        yield Found(scene.token_at(match.end()), Part.FILLER)


def _at_a_time(scene: Scene, place: int) -> Iterator[Found]:
    """At five: a search knows days only."""
    match = _TIME.match(scene.line, scene.starts[place])
    if match:
        yield Found(scene.token_at(match.end()), Part.LOST, sure=False)


def _new(scene: Scene, place: int) -> Iterator[Found]:
    """New mail is most likely mail that is not read."""
    match = _NEW.match(scene.line, scene.starts[place])
    if match:
        yield Found(scene.token_at(match.end()), Part.STATE, "is:unread", sure=False)


def _part_of_month(scene: Scene, place: int) -> Iterator[Found]:
    """Early November, the first week of May: the month is searched, and which part of it is left out."""
    match = _PART.match(scene.line, scene.starts[place])
    following = when_at(scene.line, match.end(), scene.today) if match else None
    if match and following:
        yield Found(scene.token_at(match.end()), Part.LOST, sure=False)


def _sent_box(scene: Scene, place: int) -> Iterator[Found]:
    """What is "надіслані за жовтень" is in the sent mail; "листи, надіслані вчора" may be anybody's."""
    alone = place == 0 or (scene.key(place - 1) in _SAYING_NOTHING and scene.key(place - 1) not in _MAIL_WORDS)
    if alone and _SENT_BOX.match(scene.line, scene.starts[place]):
        yield Found(place + 1, Part.FOLDER, "in:sent")


_MAIL_WORDS: Final = frozenset(MAIL["mail"].split())
_SENT_BOX: Final = re.compile(one_of(WORDS["people.sent_box"]))
_PART: Final = re.compile(
    one_of(WORDS["days.parts"])
    + r"|(?:за |на |в |у |in |during )?(?:the )?[1-5] (?:st |nd |rd |th |й |го )?(?:тиждень|тижня|тижні|week) (?:of )?"
)
_TIME: Final = re.compile(
    r"(?:о|об|після|до|at|around|before|after) \d{1,2} (?:: \d\d )?"
    r"(?:(?:годині|години|ранку|вечора|дня|ночі|oclock|am|pm) )(?:(?:ранку|вечора|дня|ночі) )?"
)
_NEW: Final = re.compile(
    f"{one_of('new нові нових новий нове')}{one_of(MAIL['mail'])}|"
    f"{one_of('anything everything щось шо що_там шо_там')}{one_of('new нового нове')}"
)


def _own_doing(scene: Scene, place: int) -> Iterator[Found]:
    """What I did with it (bought, signed) is in no header; what I did not do is no search either."""
    match = _I.match(scene.line, scene.starts[place])
    end = scene.token_at(match.end()) if match else len(scene.tokens)
    if match and end < len(scene.tokens) and not is_border(scene, end):
        past = scene.key(end).isascii() or scene.key(end).endswith(("в", "ла", "ли", "ло", "вся", "лася", "лися"))
        if match["not"]:
            yield Found(end + 1, Part.LOST, sure=False)
        elif past:
            yield Found(end + 1, Part.FILLER)


_I: Final = re.compile(
    f"{one_of('я ми i we')}(?P<not>{one_of(WORDS['own.not'])})?(?:{one_of('have had тоді колись сам сама was am')})?"
)
_COMPARISON: Final = re.compile(
    one_of("більше більше_ніж менше менше_ніж понад more_than less_than at_least at_most fewer_than") + r"(?:\d{1,9} )?"
)
_SAYING_NOTHING: Final = frozenset(STOPS.split())
_STOPS: Final = re.compile(one_of(STOPS))
_HE_SENT: Final = re.compile(
    f"(?:{one_of('що шо які який яку яке that which what')})?"
    f"{one_of('він вона вони he she they')}{one_of(PEOPLE['sent'])}"
)
_VERBS: Final = re.compile(one_of(PEOPLE["sent"]))
_SO_MANY: Final = re.compile(
    f"(?:{one_of(WORDS['counts.before'])})?"
    rf"\d{{1,4}} (?:{one_of(WORDS['counts.after'])})?" + one_of(MAIL["mail"])
)
_EXCEPT: Final = re.compile(one_of(MAIL["except"]))
_FORMS: Final[tuple[Form, ...]] = (
    _part_of_month,
    _dated,
    _event,
    _so_many,
    _at_a_time,
    _asking,
    _named_before,
    _sent_box,
    people.addressed,
    people.sent_to,
    people.acting,
    people.owned,
    origins.copied,
    origins.out_of,
    _excepted,
    things.named,
    things.labelled,
    things.sized,
    things.file_name,
    things.file_called,
    amount,
    topics.subject,
    topics.subject_behind,
    topics.subject_between,
    topics.idiom,
    topics.phrase,
    _new,
    topics.about,
    _own_doing,
    _small,
)


def pieces_of(scene: Scene) -> Iterator[Piece]:
    """The pieces of a request in their order; every token but marks is in one."""
    place = literal = 0
    before = ""
    while place < len(scene.tokens):
        token = scene.tokens[place]
        found = _term(scene, place) or (None if literal else _longest(scene, place))
        if found is not None:
            yield Piece(place, found.end, found.part, found.operator, found.sure)
            literal, before = found.literal, _last_said(scene, place, found)
            place = found.end
            continue
        piece = _word(scene, place, before, literal=bool(literal))
        if piece:
            yield piece
        if token.sort is not Sort.MARK:
            literal = max(literal - 1, 0)
        before = token.key
        place += 1


def _last_said(scene: Scene, place: int, found: Found) -> str:
    """The word that bends the next one: in "про мою відпустку" that is "про"."""
    last = scene.key(found.end - 1)
    return scene.key(place) if found.literal and last in _SAYING_NOTHING else last


def _term(scene: Scene, place: int) -> Found | None:
    """What was typed in Gmail's own language passes as it is; a term that Gmail would not understand is left out."""
    token = scene.tokens[place]
    if token.sort is Sort.TERM:
        field = token.text.partition(":")[0]
        part = Part.PERSON if field in {"from", "to", "cc"} else Part.FOLDER if field == "in" else Part.THING
        return Found(place + 1, part, token.text)
    return Found(place + 1, Part.LOST, sure=False) if token.key == REFUSED else None


def _longest(scene: Scene, place: int) -> Found | None:
    best: Found | None = None
    for form in _FORMS:
        for found in form(scene, place):
            if best is None or found.end > best.end:
                best = found
    return best


def _word(scene: Scene, place: int, before: str, *, literal: bool) -> Piece | None:
    token = scene.tokens[place]
    if token.sort is Sort.MARK or (token.key in _CONNECTING and not literal):
        return None
    if token.sort is Sort.QUOTED:
        return Piece(place, place + 1, Part.WORD, f'"{token.text}"') if word(token.text) else None
    if token.sort is not Sort.WORD:
        kept = [word(one) for one in token.text.split()]
        return Piece(place, place + 1, Part.WORD, " ".join(filter(None, kept)), flat=True) if any(kept) else None
    operator = any_of([word(form) for form in topics.forms_of(token.text, before)])
    return Piece(place, place + 1, Part.WORD, operator, flat=not operator.startswith("(")) if operator else None

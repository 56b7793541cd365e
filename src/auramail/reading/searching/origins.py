"""Forms for where mail is from and who stands in its copy: "листи з інстаграму", "з Романом у копії"."""

import re
from collections.abc import Iterator
from typing import Final

from auramail.reading.searching.borders import means_something
from auramail.reading.searching.names import Case
from auramail.reading.searching.patterns import one_of
from auramail.reading.searching.people import found_person, names_at
from auramail.reading.searching.scene import Found, Scene
from auramail.reading.searching.tokens import Sort
from auramail.reading.searching.vocabulary import MAIL, PEOPLE, WORDS

_MAIL: Final = one_of(MAIL["mail"])
_SENT: Final = one_of(PEOPLE["sent"])
_OUT_OF: Final = re.compile(f"(?:{_MAIL}|{_SENT}(?:{one_of('мені нам')})?)" + one_of("з із зі"))


def out_of(scene: Scene, place: int) -> Iterator[Found]:
    """Mail "з інстаграму" is from there, most likely; "з подякою" is not."""
    match = _OUT_OF.match(scene.line, scene.starts[place])
    start = scene.token_at(match.end()) if match else len(scene.tokens)
    source = scene.tokens[start] if start < len(scene.tokens) and not means_something(scene, start - 1) else None
    if source and source.sort is Sort.WORD and source.key not in _NO_SOURCES:
        who = None if scene.key(start).endswith(_NOT_GENITIVE) else names_at(scene, start, Case.GENITIVE)
        if who:
            yield found_person(who, "from", sure=False)


_NO_SOURCES: Final = frozenset(["адреси", "домену", "пошти", "приводу", "питань", "питання", "нагоди", "теми", "метою"])
_NOT_GENITIVE: Final = ("ою", "ею", "єю", "ом", "ем", "єм", "ами", "ями", "им", "ими", "ям")
_COPIED: Final = re.compile(f"(?:{_MAIL})?" + one_of("з із з_копією_на with де в_яких у_яких where in_which that_have"))
_IN_COPY: Final = re.compile(f"(?:{one_of('is was стоїть є був була')})?" + one_of(WORDS["people.in_copy"]))


def copied(scene: Scene, place: int) -> Iterator[Found]:
    """With somebody in copy."""
    match = _COPIED.match(scene.line, scene.starts[place])
    last = match[0].split()[-1] if match else ""
    case = Case.NOMINATIVE if last in {"де", "where", "whose", "яких", "which"} else Case.INSTRUMENTAL
    who = names_at(scene, scene.token_at(match.end()), case) if match else None
    copy = _IN_COPY.match(scene.line, scene.starts[who.end]) if who else None
    if who and copy:
        yield found_person(who._replace(end=scene.token_at(copy.end())), "cc")

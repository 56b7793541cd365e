"""Forms for what is to happen to mail: archive it, keep it, put it under a label, take it for important."""

import re
from collections.abc import Iterator
from typing import Final

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.reading.ruling.kinds import is_topic
from auramail.reading.ruling.labels import Name, names_at
from auramail.reading.ruling.scenes import Said, Sense, Sentence
from auramail.reading.ruling.vocabulary import CATEGORIES, SMALL, TABLES, WISHES, meaning
from auramail.reading.searching.patterns import one_of
from auramail.reading.searching.tokens import Sort

_OBJECTS: Final = f"(?:{one_of(WISHES['objects'])})*"
_MOVED: Final = f"(?:{one_of(WISHES['moved'])})*"
_ACTIONS: Final = (
    (re.compile(_MOVED + one_of(WISHES["keep"])), Action.NO_ACTION),
    (re.compile(_MOVED + one_of(WISHES["archive"])), Action.ARCHIVE),
    (re.compile(_MOVED + one_of(WISHES["trash"])), Action.DELETE),
)
_KEEP: Final = re.compile(_MOVED + one_of(WISHES["keep_verb"]))
_PLACES: Final = (
    (re.compile(one_of(WISHES["inbox"])), Action.NO_ACTION),
    (re.compile(one_of(WISHES["from_inbox"])), Action.ARCHIVE),
)
_VERBS: Final = (
    (re.compile(_MOVED + one_of(WISHES["move"]) + _OBJECTS), Action.MOVE),
    (re.compile(_MOVED + one_of(WISHES["label"]) + _OBJECTS), None),
)
_BENT: Final = {"до": "genitive", "в": "accusative", "у": "accusative"}
_DETERMINERS: Final = f"(?:{one_of(WISHES['determiners'])})*"
_NOUN: Final = f"(?P<noun>{_DETERMINERS}{one_of(WISHES['noun'])})"
_GO: Final = re.compile(f"{_MOVED}{one_of(WISHES['go'], 'prep')}{_NOUN}?{_DETERMINERS}(?:: )?")
_TO: Final = re.compile(f"{one_of(WISHES['to'], 'prep')}{_NOUN}?{_DETERMINERS}(?:: )?")
_AS: Final = re.compile(f"{one_of(WISHES['as'], 'prep')}{_NOUN}?{_DETERMINERS}(?:: )?")
_NAMED: Final = re.compile(f"{_NOUN}(?:: )?")
_WITH: Final = re.compile(f"{one_of('with під з зі із under')}{_NOUN}")
_PLACE_OF: Final = meaning(TABLES["places"])
_CATEGORY_OF: Final = meaning(CATEGORIES)
_CATEGORY: Final = one_of(_CATEGORY_OF, "category")
_LED: Final = re.compile(f"(?P<lead>(?:{one_of(WISHES['leads'])})*)(?:{one_of('as як to у в до')})?{_CATEGORY}")
_NEEDS: Final = frozenset(
    spelling.replace("_", " ") for spelling in CATEGORIES[Category.ACTION_REQUIRED].split() if "_" in spelling
)
_LOST: Final = re.compile(one_of(WISHES["lost"]))
_FILLER: Final = re.compile(one_of(WISHES["if"]))


def actions(sentence: Sentence, place: int) -> Iterator[Said]:
    """Archive, keep in the inbox, put in the trash."""
    scene = sentence.scene
    for pattern, action in _ACTIONS:
        match = pattern.match(scene.line, scene.starts[place])
        if match:
            yield Said(scene.token_at(match.end()), Sense.ACTION, action)
    for pattern, action in _PLACES:
        match = pattern.match(scene.line, scene.starts[place])
        if match:
            yield Said(scene.token_at(match.end()), Sense.PLACE, action)


def verbs(sentence: Sentence, place: int) -> Iterator[Said]:
    """Move, label, keep: where, or as what, is said later."""
    scene = sentence.scene
    match = _KEEP.match(scene.line, scene.starts[place])
    if match:
        yield Said(scene.token_at(match.end()), Sense.VERB, Action.NO_ACTION)
    for pattern, action in _VERBS:
        match = pattern.match(scene.line, scene.starts[place])
        if match and not (sentence.pending and action is None):
            yield Said(scene.token_at(match.end()), Sense.VERB, action)


def destinations(sentence: Sentence, place: int) -> Iterator[Said]:
    """Goes to Taxes; in the folder Taxes; as "Taxes", where a verb waits for that."""
    scene = sentence.scene
    start = scene.starts[place]
    yield from _bare(sentence, place)
    go, to, named, under = (form.match(scene.line, start) for form in (_GO, _TO, _NAMED, _WITH))
    if go:
        yield from _labelled(sentence, go, Action.MOVE, strict=False)
    if to and (sentence.pending or to["noun"] or sentence.is_mark(place - 1)):
        yield from _labelled(sentence, to, Action.MOVE if not sentence.pending else None, strict=not to["noun"])
    as_ = _AS.match(scene.line, start)
    if as_ and sentence.pending:
        yield from _labelled(sentence, as_, None, strict=not as_["noun"] and as_["prep"] in {"with", "under"})
    if named and (sentence.pending or sentence.is_mark(place - 1)):
        yield from _labelled(sentence, named, None, strict=False)
    if under and (sentence.pending or sentence.is_mark(place - 1)):
        yield from _labelled(sentence, under, None, strict=False)


def _bare(sentence: Sentence, place: int) -> Iterator[Said]:
    """Label it Taxes; label all of it "Taxes": the name right behind the verb, or in quotes at the end."""
    is_quoted = sentence.scene.tokens[place].sort is Sort.QUOTED and sentence.ends_at(place + 1)
    is_free = not (place and sentence.scene.key(place - 1) in SMALL["behind_from"]) and not is_topic(sentence, place)
    if sentence.pending and ((is_quoted and is_free) or place == sentence.verb_end):
        for name in names_at(sentence, place):
            if name.whole and (is_quoted or all(word[:1].isupper() for word in name.text.split())):
                yield _meant(name, None)


def _labelled(sentence: Sentence, match: re.Match[str], action: Action | None, *, strict: bool) -> Iterator[Said]:
    """The label behind a preposition; with `strict` only where the clause ends with it, or where it is marked."""
    scene = sentence.scene
    if match.end() >= len(scene.line):
        return
    groups = match.groupdict()
    prep = (groups.get("prep") or "").split()[-1:]
    bent = "" if groups.get("noun") else _BENT.get(prep[0] if prep else "", "")
    start = scene.token_at(match.end())
    for name in names_at(sentence, start, bent):
        if name.whole or (not strict and name.marked) or name.marked:
            yield _meant(name, action)


def _meant(name: Name, action: Action | None) -> Said:
    action_of = _PLACE_OF.get(name.text.casefold())
    if action_of is not None:
        return Said(name.end, Sense.ACTION, Action(action_of), sure=name.sure)
    category = _CATEGORY_OF.get(name.text.casefold().replace("'", ""))
    if category is not None and name.text[:1].islower():
        return Said(name.end, Sense.CATEGORY, category=Category(category), sure=name.sure)
    return Said(name.end, Sense.LABEL, action, label=name.text, sure=name.sure)


def categories(sentence: Sentence, place: int) -> Iterator[Said]:
    """Are important; — important: where nothing more of the clause follows."""
    scene = sentence.scene
    match = _LED.match(scene.line, scene.starts[place])
    if not match:
        return
    end = scene.token_at(match.end())
    led = bool(match["lead"]) or sentence.pending or sentence.is_mark(place - 1) or match["category"] in _NEEDS
    if (sentence.ends_at(end) and (led or (place > 0 and end >= len(scene.tokens)))) or (match["lead"] and place > 0):
        yield Said(end, Sense.CATEGORY, category=Category(_CATEGORY_OF[match["category"]]))


def impossible(sentence: Sentence, place: int) -> Iterator[Said]:
    """What no rule can do."""
    scene = sentence.scene
    match = _LOST.match(scene.line, scene.starts[place])
    if match:
        yield Said(scene.token_at(match.end()), Sense.LOST, sure=False)


def fillers(sentence: Sentence, place: int) -> Iterator[Said]:
    """What says nothing."""
    scene = sentence.scene
    match = _FILLER.match(scene.line, scene.starts[place])
    if match:
        yield Said(scene.token_at(match.end()), Sense.FILLER)

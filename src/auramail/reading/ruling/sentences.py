"""A sentence about mail as a condition and a wish; never raises, whatever is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from auramail.core.actions import Action
from auramail.core.decisions import Category, Kind
from auramail.core.proposals import Heard, Proposal
from auramail.core.rules import Condition, Wish, rule_problem
from auramail.reading.ruling import kinds, wishes
from auramail.reading.ruling.conditions import Parts, add_search
from auramail.reading.ruling.scenes import Form, Said, Sense, Sentence
from auramail.reading.ruling.vocabulary import SMALL
from auramail.reading.searching.borders import may_begin
from auramail.reading.searching.requests import read_request
from auramail.reading.searching.scene import Scene
from auramail.reading.searching.tokens import Sort, Token, clean, tokens_of, without_hesitation
from auramail.reading.searching.vocabulary import MAIL

LONGEST_SENTENCE: Final = 500
_ARROWS: Final = re.compile(r"\s*(?:→|⇒|➡|-+>|=+>)\s*")
_FORMS: Final[tuple[Form, ...]] = (
    wishes.impossible,
    wishes.actions,
    wishes.destinations,
    wishes.categories,
    wishes.verbs,
    kinds.kinds,
    kinds.seen,
    kinds.ages,
    wishes.fillers,
)
_MAIL: Final = frozenset(MAIL["mail"].split()) - {"anything", "everything", "stuff"}
_SENSES: Final = frozenset({Sense.ACTION, Sense.PLACE, Sense.LABEL, Sense.CATEGORY, Sense.KINDS, Sense.SEEN})
"""What is told to the person word by word."""


@dataclass
class _Read:
    """What was read of a sentence, piece by piece."""

    parts: Parts = field(default_factory=Parts)
    actions: list[Action] = field(default_factory=list)
    places: list[Action] = field(default_factory=list)
    verb: Said | None = None
    labels: list[Said] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    seen: list[Category] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    """Tokens of words for mail, which a sender's name may stand beside."""


def read_sentence(text: str, *, now: datetime, zone: str, labels: Sequence[str] = ()) -> Proposal:
    """What a person wants of a rule, in words of either language; `labels` are the names of those there are.

    Nothing that is left over is passed over: it makes the proposal unsure.
    """
    said = " ".join(clean(text[: 4 * LONGEST_SENTENCE]).split())
    beyond = [said[LONGEST_SENTENCE:][:100]] if len(said) > LONGEST_SENTENCE else []
    said = said[:LONGEST_SENTENCE]
    today = now.astimezone(ZoneInfo(zone)).date()
    tokens = _without_relative_commas(without_hesitation(tokens_of(_ARROWS.sub(" go to ", said))))
    sentence = Sentence(Scene(tokens, today, ""), tuple(labels))
    read = _Read()
    read.parts.ignored.extend(beyond)
    for start, piece in _pieces(sentence):
        _note(read, piece, sentence, start)
    rest = _rest(sentence, read)
    if rest:
        add_search(read.parts, read_request(rest, now=now, zone=zone), _topics(sentence))
    return _proposal(said, read)


def _without_relative_commas(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the comma before a clause that says more of what stands before it."""
    keys = [*(token.key for token in tokens), ""]
    return [token for place, token in enumerate(tokens) if token.key != "," or keys[place + 1] not in SMALL["relative"]]


def _pieces(sentence: Sentence) -> Iterator[tuple[int, Said]]:
    """The pieces that are understood, each the longest there; the other tokens are the rest."""
    place = 0
    while place < len(sentence.scene.tokens):
        best: Said | None = None
        for form in _FORMS:
            for said in form(sentence, place):
                if best is None or said.end > best.end:
                    best = said
        if best is None:
            sentence.rest.append(place)
            place += 1
            continue
        if best.sense is Sense.VERB:
            sentence.pending, sentence.verb_end = True, best.end if best.action is None else -1
        elif best.sense in {Sense.LABEL, Sense.CATEGORY}:
            sentence.pending = False
        yield place, best
        place = best.end


def _note(read: _Read, piece: Said, sentence: Sentence, start: int) -> None:
    """Work one piece into what was read so far."""
    words = sentence.scene.words(start, piece.end)
    parts = read.parts
    parts.unsure |= not piece.sure
    if piece.sense in _SENSES:
        _note_sense(read, piece, sentence, start)
        part = Sense.ACTION if piece.sense is Sense.PLACE else piece.sense
        parts.heard.append(Heard(words, part.value))
    elif piece.sense in {Sense.OLDER, Sense.NEWER}:
        parts.give(piece.sense.value, piece.days, words)
    elif piece.sense is Sense.LOST:
        parts.ignored.append(words)
    elif piece.sense is Sense.VERB:
        before = read.verb.action if read.verb is not None else None
        parts.unsure |= before not in {None, piece.action} and piece.action is not None
        read.verb = piece if before is None or piece.action is not None else read.verb


def _note_sense(read: _Read, piece: Said, sentence: Sentence, start: int) -> None:
    if piece.sense is Sense.LABEL:
        read.labels.append(piece)
    elif piece.sense is Sense.KINDS:
        read.parts.unsure |= bool(read.parts.kinds) and not _is_joined(sentence, start)
        read.parts.kinds.extend(piece.kinds)
        read.named.extend(range(start, piece.end))
    elif piece.action is not None:
        (read.actions if piece.sense is Sense.ACTION else read.places).append(piece.action)
    elif piece.category is not None:
        (read.categories if piece.sense is Sense.CATEGORY else read.seen).append(piece.category)


def _is_joined(sentence: Sentence, place: int) -> bool:
    """Whether a small word or a comma joins a kind of mail to the one before: any of them is meant."""
    return sentence.is_mark(place - 1) or sentence.scene.key(place - 1) in SMALL["joining"]


def _rest(sentence: Sentence, read: _Read) -> str:
    """The tokens that say which mail is meant, with gaps marked, and names that stand beside words for mail led in."""
    scene, rest = sentence.scene, sentence.rest
    mail = set(read.named) | {place for place in rest if scene.key(place) in _MAIL}
    written: list[str] = []
    before = -2
    led = False
    for place in rest:
        token = scene.tokens[place]
        if place != before + 1 and written:
            written.append(";")
            led = False
        behind = place - 1 in mail
        ahead = _stands_before_mail(sentence, place, mail)
        if behind and token.key in SMALL["out_of"] and _is_written_as_name(sentence, place + 1):
            token = replace(token, text="від", key="від")
        elif not led and place not in mail and (behind or ahead) and _may_be_a_name(sentence, place, ahead=ahead):
            written.append("from" if token.key.isascii() and not _is_ukrainian(scene) else "від")
            read.parts.unsure |= not (token.text[:1].isupper() or token.sort is not Sort.WORD)
            led = True
        elif token.sort is Sort.MARK or place in mail:
            led = False
        if not (token.sort is Sort.MARK and token.key == ":") and not _is_loose(sentence, place):
            written.append(f'"{token.text}"' if token.sort is Sort.QUOTED else token.text)
        before = place
    return " ".join(written).strip(" ;")


def _is_loose(sentence: Sentence, place: int) -> bool:
    """Whether a small word joins what was understood, and nothing of the rest."""
    if sentence.scene.key(place) not in SMALL["connecting"] | {
        "з",
        "із",
        "зі",
        "with",
        "or",
        "або",
        "for",
        "to",
        "в",
        "у",
        "до",
    }:
        return False
    neighbours = {place - 1, place + 1} & set(sentence.rest)
    return place + 1 not in neighbours or (
        place - 1 not in neighbours and sentence.scene.key(place) in SMALL["connecting"]
    )


def _stands_before_mail(sentence: Sentence, place: int, mail: set[int]) -> bool:
    """Whether nothing but words of one name stands between a token and a word for mail."""
    rest, end = set(sentence.rest), place + 1
    while end in rest and end not in mail and end < place + 5:
        is_joined = sentence.scene.key(end) in SMALL["joining"] and end + 1 not in mail
        if not (is_joined or sentence.scene.tokens[end].text[:1].isupper()):
            break
        end += 1
    return end in mail and place - 1 not in mail


def _may_be_a_name(sentence: Sentence, place: int, *, ahead: bool) -> bool:
    scene = sentence.scene
    if place not in sentence.rest:
        return False
    token = scene.tokens[place]
    if token.sort in {Sort.ADDRESS, Sort.QUOTED}:
        return True
    previous = scene.key(place - 1) if place - 1 in sentence.rest else ""
    if previous in SMALL["behind_from"] or not may_begin(scene, place):
        return False
    if token.key in SMALL["describing"] or token.key in SMALL["connecting"]:
        return False
    if ahead:
        return token.text[:1].isupper() or token.text.isascii()
    return True


def _is_written_as_name(sentence: Sentence, place: int) -> bool:
    """Whether a word is written with a capital or in Latin letters, as firms are, and may be a name."""
    if place >= len(sentence.scene.tokens) or not _may_be_a_name(sentence, place, ahead=False):
        return False
    text = sentence.scene.tokens[place].text
    return text[:1].isupper() or text.isascii()


def _is_ukrainian(scene: Scene) -> bool:
    return any("а" <= letter <= "ґ" for letter in scene.line)


def _topics(sentence: Sentence) -> Iterator[str]:
    """Words that are said to be looked for: behind "about", and in quotes."""
    scene = sentence.scene
    about = False
    for place in sentence.rest:
        token = scene.tokens[place]
        if token.sort is Sort.QUOTED:
            yield from token.text.split()
        about = kinds.is_topic(sentence, place) or (about and token.sort is not Sort.MARK)
        if about and token.sort is Sort.WORD:
            yield token.text


def _proposal(said: str, read: _Read) -> Proposal:
    parts = read.parts
    action = _action(read)
    label = read.labels[0].label if read.labels else ""
    wish = Wish(read.categories[0] if read.categories else None, action, label)
    parts.unsure |= len({one.label for one in read.labels}) > 1 or len(set(read.categories)) > 1
    condition = Condition(**parts.values(), categories=tuple(dict.fromkeys(read.seen)))
    problem = rule_problem(condition, wish)
    return Proposal(
        sentence=said,
        condition=condition,
        wish=wish,
        heard=tuple(parts.heard),
        ignored=tuple(parts.ignored),
        unsure=parts.unsure or bool(parts.ignored) or problem is not None or len(parts.about) > len(Kind),
        problem=problem,
    )


def _action(read: _Read) -> Action | None:
    """What is to be done: what was said outright, else where it is to go, else what the verb alone says."""
    if read.actions:
        read.parts.unsure |= len(set(read.actions)) > 1
        return read.actions[0]
    if read.places and (not read.labels or read.verb is None or read.verb.action is not Action.MOVE):
        return read.places[0]
    verb = read.verb.action if read.verb is not None else None
    if read.labels:
        moved = any(one.action is Action.MOVE for one in read.labels)
        return Action.MOVE if moved or verb is Action.MOVE else verb
    if verb is Action.NO_ACTION:
        return verb
    if read.verb is not None and not read.categories:
        read.parts.unsure = True
    return None

"""A request for mail as a query in Gmail's search language; never raises, whatever is said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from auramail.core.searches import Search, Understood
from auramail.reading.searching.grammar import Piece, pieces_of
from auramail.reading.searching.operators import any_of, canonical, fits, word
from auramail.reading.searching.russian import in_ukrainian
from auramail.reading.searching.scene import Part, Scene
from auramail.reading.searching.tokens import LONGEST_REQUEST, clean, tokens_of, without_hesitation
from auramail.reading.searching.typos import mended

MOST_WORDS: Final = 5
"""Plain words that can all stand in one message that is looked for; with more, something was not understood."""
MOST_IGNORED: Final = 50
_SORTED_INTO: Final = frozenset({Part.FOLDER, Part.LABEL})
_EXCLUSIVE: Final = frozenset({Part.PERSON, Part.DAY, Part.FOLDER})
_BOUNDS: Final = re.compile(r"after:(\S+) before:(\S+)")


def read_request(text: str, *, now: datetime, zone: str, label_prefix: str = "AI_") -> Search:
    """What a person asked for, in words of either language; days are those of `zone`, counted from `now`, aware."""
    today = now.astimezone(ZoneInfo(zone)).date()
    cleaned = clean(text[: 4 * LONGEST_REQUEST])
    read, beyond = _shortened(cleaned)
    scene = _scene(read, today, label_prefix)
    pieces, lost, sure = _arranged(list(pieces_of(scene)), scene)
    pieces, dropped = _fitting(pieces)
    found = _said(pieces, scene)
    query = " ".join(one.operator for one in found)
    if query != read.strip() and _again(query, scene) != query:
        found = _said([_quoted(piece) for piece in pieces], scene)
    ignored = [*lost, *(scene.words(piece.start, piece.end) for piece in dropped), *beyond]
    plain = sum(piece.flat for piece in pieces)
    return Search(
        query=" ".join(one.operator for one in found),
        understood=tuple(found),
        ignored=tuple(ignored[:MOST_IGNORED]),
        unsure=not sure or bool(ignored) or not found or plain > MOST_WORDS,
    )


def _scene(text: str, today: date, label_prefix: str) -> Scene:
    return Scene(mended(in_ukrainian(without_hesitation(tokens_of(text)))), today, label_prefix)


def _again(query: str, scene: Scene) -> str:
    """What a query becomes if it is read as a request."""
    second = _scene(query, scene.today, scene.label_prefix)
    pieces, _, _ = _arranged(list(pieces_of(second)), second)
    return " ".join(piece.operator for piece in pieces)


def _shortened(text: str) -> tuple[str, list[str]]:
    """As much as is read, cut between words, and the words beyond."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_REQUEST:
        return text, []
    end = text.rfind(" ", 0, LONGEST_REQUEST + 1)
    end = end if end > 0 else LONGEST_REQUEST
    return text[:end], [one[:100] for one in text[end:].split()[:MOST_IGNORED]] or ["…"]


def _arranged(pieces: Sequence[Piece], scene: Scene) -> tuple[list[Piece], list[str], bool]:
    """The pieces with what denies and joins them worked in, the words that got lost, and whether all is sure."""
    kept: list[Piece] = []
    lost: list[str] = []
    joint = denial = None
    sure = True
    for piece in pieces:
        match piece.part:
            case Part.FILLER:
                continue
            case Part.LOST:
                lost.append(scene.words(piece.start, piece.end))
                joint = denial = None
            case Part.AND | Part.OR:
                joint = piece
            case Part.NOT | Part.EXCEPT:
                denial = piece
            case _:
                inherited = denial or _inherited(kept, joint, piece)
                one = _denied(piece, inherited, scene, fresh=denial is not None) if inherited else piece
                sure = sure and one.sure
                if one.operator:
                    _place(kept, one, joint)
                else:
                    lost.append(scene.words(one.start, one.end))
                joint = denial = None
    if denial is not None:
        lost.append(scene.words(denial.start, denial.end))
    return _once(kept), lost, sure and not _clashes(kept)


def _clashes(pieces: Sequence[Piece]) -> bool:
    """Whether two stretches of days must hold together."""
    days = [piece.operator for piece in pieces if piece.part is Part.DAY]
    return any(sum(name in one for one in days) > 1 for name in ("after:", "before:"))


def _inherited(kept: Sequence[Piece], joint: Piece | None, piece: Piece) -> Piece | None:
    """Except A and B: both."""
    before = kept[-1] if kept else None
    alike = before is not None and (
        before.negated is Part.EXCEPT or before.part is piece.part or {before.part, piece.part} <= _SORTED_INTO
    )
    if joint and before and before.negated and alike and not piece.operator.startswith("-"):
        return replace(before, start=joint.start, part=before.negated)
    return None


def _denied(piece: Piece, denial: Piece, scene: Scene, *, fresh: bool) -> Piece:
    """What is not wanted. Days cannot be denied; "не оплачений" is a thing of its own and stays together."""
    start = denial.start if fresh else piece.start
    if piece.part is Part.DAY:
        return replace(piece, start=start, operator="", sure=False)
    touching = fresh and denial.end == piece.start
    if (
        piece.flat
        and touching
        and denial.part is Part.NOT
        and scene.key(denial.start) in {"не", "not", "no", "ні", "never"}
    ):
        return replace(piece, start=start, operator=word(scene.words(start, piece.end)), sure=False, flat=False)
    operator = piece.operator
    if operator.startswith("-") or not operator:
        return replace(piece, start=start)
    if piece.flat and not re.match(r"[^\W_]{2}", operator):
        operator = f'"{operator.strip(chr(34))}"'
    if (
        " " in operator
        and not operator.startswith(("(", '"'))
        and not re.fullmatch(r'\w+:(?:\([^()]*\)|"[^"]*")', operator)
    ):
        operator = f"({operator})"
    return replace(piece, start=start, operator=f"-{operator}", negated=denial.part, flat=False, plain=piece.flat)


def _place(kept: list[Piece], piece: Piece, joint: Piece | None) -> None:
    """Put a piece behind the others, joined to the last one where "or" was meant."""
    before = kept[-1] if kept else None
    if before and before.negated is Part.NOT and before.plain and piece.flat and before.end == piece.start:
        phrase = " ".join(one.operator.strip('-"') for one in (before, piece))
        kept[-1] = replace(before, end=piece.end, operator=f'-"{phrase}"')
        return
    span = _touching(before.operator, piece.operator) if before else ""
    if before and span and joint is None and before.operator < piece.operator:
        kept[-1] = replace(before, end=piece.end, operator=span)
        return
    if joint is None or before is None or not _either(before, piece, joint):
        kept.append(piece)
        return
    alternatives = [*_alternatives(before.operator), *_alternatives(piece.operator)]
    kept[-1] = replace(before, end=piece.end, operator=span or any_of(alternatives), flat=False, sure=before.sure)


def _either(before: Piece, piece: Piece, joint: Piece) -> bool:
    if before.operator.startswith("-") or piece.operator.startswith("-"):
        return False
    if joint.part is Part.OR:
        return True
    same = before.part is piece.part and piece.part in _EXCLUSIVE
    return same and before.operator.partition(":")[0] == piece.operator.partition(":")[0]


def _alternatives(operator: str) -> list[str]:
    """What may stand on one side of OR: the members of a group, or all of several terms together."""
    inner = operator[1:-1]
    if operator.startswith("(") and operator.endswith(")") and " OR " in inner and not set("(){}") & set(inner):
        parts = inner.split(" OR ")
        return parts if all(canonical(part) for part in parts) else [operator]
    return [f"({operator})" if _terms(operator) > 1 else operator]


def _terms(operator: str) -> int:
    return len(re.sub(r'"[^"]*"|\([^()]*\)|\{[^{}]*\}', "x", operator).split())


def _touching(one: str, other: str) -> str:
    """Two stretches of days that touch, as one."""
    first, second = _BOUNDS.fullmatch(one), _BOUNDS.fullmatch(other)
    if not (first and second):
        return ""
    early, late = sorted((first, second), key=lambda match: match[1])
    return f"after:{early[1]} before:{late[2]}" if early[2] == late[1] else ""


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, each once; and each bound of days once."""
    seen: dict[str, Piece] = {}
    bounds: set[str] = set()
    for piece in pieces:
        terms = piece.operator.split()
        if all(term.startswith(("after:", "before:")) for term in terms):
            fresh = list(dict.fromkeys(term for term in terms if term not in bounds))
            bounds.update(fresh)
            if fresh:
                seen.setdefault(" ".join(fresh), replace(piece, operator=" ".join(fresh)))
        else:
            seen.setdefault(piece.operator, piece)
    return list(seen.values())


def _fitting(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """As many pieces as Gmail takes, and the rest; what it would not understand never leaves."""
    fitting: list[Piece] = []
    length = 0
    for piece in pieces:
        if fits(piece.operator, length + 3):
            fitting.append(piece)
        length += len(piece.operator) + 3
    return fitting, [piece for piece in pieces if piece not in fitting]


def _quoted(piece: Piece) -> Piece:
    """A plain word that nothing can take for more than a word."""
    return replace(piece, operator=f'"{piece.operator}"') if piece.flat and piece.operator[:1] != '"' else piece


def _said(pieces: Iterable[Piece], scene: Scene) -> list[Understood]:
    """The pieces for the person, neighbouring plain words together."""
    found: list[Understood] = []
    flat = False
    for piece in pieces:
        words = scene.words(piece.start, piece.end)
        if flat and piece.flat:
            found[-1] = Understood(f"{found[-1].words} {words}", f"{found[-1].operator} {piece.operator}")
        else:
            found.append(Understood(words, piece.operator))
        flat = piece.flat
    return found

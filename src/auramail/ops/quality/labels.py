"""Labels: a folder of mail with a `labels.jsonl`, or a file of such lines, read as truths with what they are about."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

import orjson

from auramail.core.decisions import Category, Kind
from auramail.core.errors import NeedsPersonError
from auramail.core.messages import Source
from auramail.core.wording import Wording
from auramail.mail.files import Unreadable, read_messages, source_of
from auramail.ops.quality.recorded import recorded
from auramail.ops.quality.said import Judged
from auramail.ops.quality.truths import Labelled, Truth, WrongValueError, truth_of

LABELS: Final = "labels.jsonl"
BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: whose truth it is. `file` is a path, `raw` the message itself, `decided` what was recorded."""

    number: int
    name: str
    truth: Truth
    file: Path | None = None
    raw: bytes | None = None
    decided: Judged | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """A file of labels that was read through once: every line is in form and names mail that is there."""

    file: Path
    last: dict[Path, int]
    """For each file of mail the line that counts, which is the last."""
    count: int
    unlabelled: int
    """Files of mail beside the labels that no line names."""

    def __iter__(self) -> Iterator[Labelled | Judged]:
        """Each labelled message, read when it is its turn. Raises NeedsPersonError for a file that cannot be read."""
        for line in _lines(self.file):
            if line.file is None or self.last[line.file] == line.number:
                yield _opened(line)


def read_labels(path: Path) -> Labels:
    """Look through a folder's labels, or a file of them; raises NeedsPersonError for what a person must mend."""
    file = path / LABELS if path.is_dir() else path
    if not file.is_file():
        raise NeedsPersonError(
            Wording.of("There is no {file} in {folder}.", file=LABELS, folder=path),
            Wording.of("Write one with `auramail classify --json {folder}`, and correct its lines.", folder=path),
        )
    last: dict[Path, int] = {}
    count = 0
    for line in _lines(file):
        count += line.file not in last
        if line.file is not None:
            last[line.file] = line.number
    if not count:
        raise NeedsPersonError(
            Wording.of("No message is labelled in {file}.", file=file),
            Wording.of("Give each message a line such as {line}", line='{"file": "a.eml", "kind": "bill"}'),
        )
    mail = set(path.rglob("*.eml")) if path.is_dir() else set[Path]()
    return Labels(file, last, count, len(mail - last.keys()))


def _lines(file: Path) -> Iterator[Line]:
    """The lines that label a message; the file's own line, which `classify` writes where it lies in its folder, not."""
    try:
        with file.open("rb") as opened:
            for number, written in enumerate(opened, 1):
                text = written.removeprefix(BOM).strip()
                if text:
                    line = _line(file, number, text)
                    if line.file != file:
                        yield line
    except OSError as error:
        why = error.strerror or str(error)
        raise NeedsPersonError(Wording.of("{path} cannot be read: {why}", path=file, why=why)) from error


def _line(file: Path, number: int, text: bytes) -> Line:
    where = {"number": number, "file": file.name}
    try:
        label = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise NeedsPersonError(Wording.of("Line {number} of {file} is not JSON.", **where)) from error
    if not isinstance(label, dict):
        raise NeedsPersonError(Wording.of("Line {number} of {file} is not a JSON object.", **where))
    try:
        line = _about(file, number, label)
    except WrongValueError as error:
        value = _shown(error.value)
        raise NeedsPersonError(
            Wording.of("Line {number} of {file}: {name} cannot be {value}.", **where, name=error.name, value=value),
            advice(error.name),
        ) from error
    if line is None:
        raise NeedsPersonError(Wording.of("Line {number} of {file} names no message.", **where), advice("message"))
    if not line.truth.says_something:
        raise NeedsPersonError(
            Wording.of("Line {number} of {file} says nothing that can be measured.", **where), advice("truth")
        )
    return line


def _about(file: Path, number: int, label: dict[str, Any]) -> Line | None:
    """What a line says and about what; None where it names no message. Raises WrongValueError, NeedsPersonError."""
    truth = truth_of(label)
    name = label["id"] if isinstance(label.get("id"), str) else f"{file.name}:{number}"
    named = label.get("file") or label.get("path")
    if isinstance(label.get("message"), str):
        return Line(number, name, truth, raw=label["message"].encode())
    if isinstance(label.get("message_base64"), str):
        return Line(number, name, truth, raw=_decoded(label["message_base64"]))
    if not isinstance(named, str):
        decided = label.get("decided")
        return Line(number, name, truth, decided=recorded(name, truth, decided)) if isinstance(decided, dict) else None
    found = _beside(file.parent, named)
    if found is None:
        raise NeedsPersonError(
            Wording.of(
                "Line {number} of {file} names {name}, which is not in {folder}.",
                number=number,
                file=file.name,
                name=named,
                folder=file.parent,
            ),
            Wording.of("Check the name, or put the message there."),
        )
    return Line(number, str(found.relative_to(file.parent)), truth, file=found)


def _beside(folder: Path, named: str) -> Path | None:
    """The file that the longest end of this path names in the folder: `classify` writes paths from where it was called.

    Never one outside of the folder; None if there is none.
    """
    parts = [part for part in PurePath(named).parts if part != PurePath(named).anchor]
    if ".." in parts or "\0" in named:
        return None
    for first in range(len(parts)):
        found = folder.joinpath(*parts[first:])
        try:
            if found.is_file():
                return found
        except OSError:  # the name is longer than names may be
            return None
    return None


def _opened(line: Line) -> Labelled | Judged:
    if line.decided is not None:
        return line.decided
    if line.raw is not None:
        return Labelled(line.name, source_of(line.raw), line.truth)
    return Labelled(line.name, _only_message(line.file or Path()), line.truth)


def _only_message(file: Path) -> Source:
    """The one message of a file; raises NeedsPersonError where there are several, or none that can be read."""
    found = [source for _, source in read_messages(file)]
    if len(found) == 1 and isinstance(found[0], Source):
        return found[0]
    if len(found) != 1:
        raise NeedsPersonError(
            Wording.of("{path} holds {count} messages, and a label is for one.", path=file, count=len(found)),
            Wording.of("Save each message in a file of its own."),
        )
    why = found[0].problem if isinstance(found[0], Unreadable) else None
    raise NeedsPersonError(Wording.of("{path} cannot be read.", path=file), why)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError as error:
        raise WrongValueError("message_base64", text[:20]) from error


def _shown(value: object) -> str:
    """A value as JSON has it; what nests deeper than a label does is not shown, nor could it be."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "…" if any(isinstance(each, dict | list) for each in inner) else orjson.dumps(value).decode()


def advice(name: str) -> Wording | None:
    """What a field may hold."""
    kinds = [kind.value for kind in Kind]
    first, rest = ", ".join(kinds[: len(kinds) // 2]), ", ".join(kinds[len(kinds) // 2 :])  # a value is cut at 120
    said = {
        "kind": Wording.of("The kinds are: {first}, {rest}.", first=first, rest=rest),
        "category": Wording.of("The categories are: {names}.", names=", ".join(Category)),
        "danger": Wording("It is true, false, NONE, LOW, MEDIUM or HIGH."),
        "expects_reply": Wording("It is true or false."),
        "due_date": Wording.of("It is a day such as {day}, or null.", day="2026-03-19"),
        "amount": Wording.of("It is such as {amount}, or null.", amount='{"value": "45.00", "currency": "GBP"}'),
        "message": Wording("Give it one of: file, message, message_base64, decided."),
        "truth": Wording("Give it at least a kind or a category."),
    }
    return said.get(name)

"""Builders of raw mail for tests of local sources; a test states only what matters to it."""

from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def letter(
    subject: str = "Hello",
    *,
    sender: str = "Ben <ben@work.example>",
    to: str = "ana@home.example",
    date: datetime = NOON,
    message_id: str = "",
    headers: tuple[str, ...] = (),
    body: str = "Good day.",
) -> bytes:
    lines = [
        *headers,
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        f"Date: {format_datetime(date)}",
        *([f"Message-ID: <{message_id}>"] if message_id else []),
        "",
        body,
    ]
    return ("\n".join(lines) + "\n").encode()


def mbox_of(*letters: bytes) -> bytes:
    separator = b"From 1789@xxx Mon Nov 02 12:00:00 +0000 2026\n"
    return b"".join(separator + raw + b"\n" for raw in letters)


def write_mbox(path: Path, *letters: bytes) -> Path:
    path.write_bytes(mbox_of(*letters))
    return path


def write_maildir(folder: Path, **files: bytes) -> Path:
    """A Maildir with a file for each keyword: `cur_1_S` becomes cur/1:2,S and `new_2` new/2."""
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, raw in files.items():
        part, number, *flags = name.split("_")
        (folder / part / (f"{number}:2,{flags[0]}" if flags else number)).write_bytes(raw)
    return folder

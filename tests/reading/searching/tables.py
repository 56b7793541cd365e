"""Requests with the queries they mean, from the tables in `cases`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = "Europe/Kyiv"
CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    """A request, when it was made, and what is to become of it."""

    request: str
    now: datetime
    query: str
    unsure: bool


def cases(language: str) -> Iterator[Case]:
    """The table of a language: `request => query`, `request =>? query` if unsure, `@ time` for those below."""
    now = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo(ZONE))
    for line in (CASES / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            now = datetime.fromisoformat(line.removeprefix("@").strip()).replace(tzinfo=ZoneInfo(ZONE))
        elif line and not line.startswith("#"):
            request, _, query = line.partition(" =>")
            yield Case(request, now, query.removeprefix("?").strip(), query.startswith("?"))

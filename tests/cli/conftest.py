"""What the tests of the command line stand on: an installation, some mail, and the command itself."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auramail.cli.main import main
from auramail.cli.terminal import translate
from tests.house import newsletter, note
from tests.mail.letters import write_mbox


@dataclass(frozen=True)
class Answer:
    """What a command left behind: its exit code, and what it wrote."""

    code: object
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        """One JSON value for each line."""
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Answer]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A terminal that speaks English, in a folder without a .env of somebody's."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.chdir(home)
    translate.cache_clear()


@pytest.fixture(autouse=True)
def python_tells_errors_itself() -> Iterator[None]:
    """The command line tells what Python does not foresee in its own way; afterwards pytest needs Python's."""
    before = sys.excepthook
    yield
    sys.excepthook = before


@pytest.fixture
def auramail(capsys: pytest.CaptureFixture[str]) -> Command:
    """`auramail` as typed, in this process."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(ended.value.code, said.out, said.err)

    return run


@pytest.fixture
def mail(home: Path, sqlite_url: str) -> str:
    """A source of three newsletters and two letters of friends, over an up-to-date database."""
    assert sqlite_url
    letters = [*(newsletter(number) for number in range(3)), *(note(number) for number in range(2))]
    return f"mbox:{write_mbox(home / 'mail.mbox', *letters)}"

"""The command line as a whole: help, exit codes, and every problem in one line that says what to do."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from auramail.cli.main import COMMANDS
from auramail.cli.terminal import translate
from auramail.core.decisions import Category
from auramail.core.rules import Condition
from auramail.settings import read_settings
from auramail.wiring.house import open_house
from tests.cli.conftest import Command


def modules_after(*arguments: str, home: Path) -> set[str]:
    """The modules a command has imported by its end, in a process of its own."""
    program = (
        "import sys\nfrom auramail.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "AURAMAIL_HOME": str(home)},
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_help_names_every_command(auramail: Command) -> None:
    answer = auramail("--help")

    assert answer.code == 0
    assert all(name in answer.out for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(auramail: Command, command: str) -> None:
    answer = auramail(command, "--help")

    assert answer.code == 0
    assert answer.out.startswith("Usage: ")


@pytest.mark.parametrize(
    "arguments", [("bogus",), ("sort", "--bogus"), ("sort", "--limit", "0"), ("sort", "--after", "soon"), ("undo",)]
)
def test_a_wrong_call_is_one_line_with_where_to_look(auramail: Command, arguments: tuple[str, ...]) -> None:
    answer = auramail(*arguments)

    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("auramail: ")
    assert "--help" in answer.err
    assert answer.err.count("\n") == 1


def test_bad_settings_are_named_all_at_once(auramail: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PORT": "abc", "TIMEZONE": "Mars/Phobos", "GMAIL_BATCH_SIZE": "0"}.items():
        monkeypatch.setenv(name, value)

    answer = auramail("sort", "--from", "sample")

    assert answer.code == 1
    assert all(name in answer.err for name in ("PORT", "TIMEZONE", "GMAIL_BATCH_SIZE", ".env"))
    assert answer.err.count("\n") == 1


def test_a_broken_database_is_one_line(auramail: Command, home: Path) -> None:
    (home / "auramail.db").write_bytes(b"This was a database once. " * 100)

    answer = auramail("history")

    assert answer.code == 1
    assert "damaged" in answer.err
    assert answer.err.count("\n") == 1


def test_a_database_of_another_version_says_what_to_do(auramail: Command, mail: str, home: Path) -> None:
    assert mail
    assert auramail("db", "downgrade", "base").code == 0
    upgraded = {"DATABASE_URL": f"sqlite:///{home / 'auramail.db'}"}
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(*upgraded.popitem())
        older = auramail("history")
    assert auramail("db", "upgrade").code == 0
    with sqlite3.connect(home / "auramail.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    newer = auramail("history")

    assert (older.code, newer.code) == (1, 1)
    assert "auramail db upgrade" in older.err
    assert "newer" in newer.err


def test_a_problem_is_said_in_the_language_of_the_terminal(auramail: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "uk_UA.UTF-8")
    translate.cache_clear()

    assert "скриньки" in auramail("sort").err


def test_what_nobody_foresaw_is_one_line_with_a_reference_and_closes_the_run(home: Path, mail: str) -> None:
    canary = "canary-of-a-rule"
    with open_house(read_settings()) as house:
        account = house.account_from(mail)
        house.rules.add(account.id, Condition(words="tax"), Category.REVIEW, None)
    with sqlite3.connect(home / "auramail.db") as connection:
        connection.execute("UPDATE rules SET category = ?", [canary])
    connection.close()

    sorting, listing = (
        subprocess.run(
            [sys.executable, "-m", "auramail.cli", *words], cwd=home, capture_output=True, text=True, check=False
        )
        for words in (("sort", "--from", mail), ("rules", "list"))
    )

    log = (home / "logs" / "cli.log").read_text(encoding="utf-8")
    for done in (sorting, listing):
        reference = re.search(r"Reference: (\w+)", done.stderr)
        assert reference
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert f'"reference": "{reference[1]}"' in log
        assert canary not in done.stderr + log
    with open_house(read_settings()) as house:
        assert house.runs.live(account.id) is None


def test_colours_are_for_terminals_only(auramail: Command, mail: str) -> None:
    answers = [
        auramail("sort", "--from", mail, "--dry-run"),
        auramail("sort", "--from", mail),
        auramail("history"),
        auramail("doctor"),
        auramail("history", "--run", "99"),
    ]

    assert not [answer for answer in answers if "\x1b" in answer.out + answer.err]


def test_classifying_needs_no_database_no_queue_and_no_web(home: Path) -> None:
    (home / "one.eml").write_bytes(b"Subject: Hello\n\nHow are you?\n")

    imported = modules_after("classify", "one.eml", home=home)

    assert "auramail.judging.local" in imported
    assert not imported & {"sqlalchemy", "alembic", "redis", "rq", "flask", "rich", "httpx2", "requests", "structlog"}


def test_sorting_imports_alembic_only_to_upgrade(home: Path, mail: str) -> None:
    imported = modules_after("sort", "--from", mail, home=home)

    assert "auramail.storage.ledger" in imported
    assert not imported & {"alembic", "redis", "rq", "flask", "httpx2", "requests"}


def test_output_that_nobody_reads_any_more_ends_the_command_quietly(home: Path) -> None:
    (home / "one.eml").write_bytes(b"Subject: Hello\n\nHow are you?\n")
    reader, writer = os.pipe()
    os.close(reader)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}

    done = subprocess.run(
        [sys.executable, "-m", "auramail.cli", "classify", "one.eml"],
        cwd=home,
        env=environment,
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert done.returncode == 1
    assert done.stderr == b""

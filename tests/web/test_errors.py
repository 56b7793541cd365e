"""Error pages: what went wrong, what to do, and a number that finds the log line."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import structlog
from flask import Flask, abort

from auramail.core.accounts import Account
from auramail.core.errors import GiveUpError, NeedsPersonError, NotFoundError, SignInNeededError, TryAgainError
from auramail.core.wording import Wording
from auramail.wiring.house import House
from tests.web.visitor import FRAGMENT, Visitor

REFERENCE = re.compile(r">([2-9A-HJ-NP-Z]{8})<")


@pytest.fixture
def broken(app: Flask) -> Flask:
    """Pages that fail in every way a page can."""

    @app.get("/broken/<int:status>")
    def refuse(status: int) -> str:
        abort(status)

    @app.get("/broken")
    @app.get("/api/broken")
    def break_down() -> str:
        contents: dict[str, str] = {}
        return contents["secret@mail.example"]

    @app.get("/broken/by/<kind>")
    def tell(kind: str) -> str:
        told = {
            "time": TryAgainError(Wording("Later."), after=7),
            "person": NeedsPersonError(Wording("Do it."), Wording("Like this.")),
            "consent": SignInNeededError(Wording("Sign in.")),
            "absence": NotFoundError(Wording("Gone.")),
            "fate": GiveUpError(Wording("Never.")),
        }
        raise told[kind]

    return app


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_error_has_a_page_of_its_own(broken: Flask, status: int, language: str) -> None:
    page = Visitor(broken).get(f"/broken/{status}", {"Accept-Language": language})

    assert page.status_code == status
    assert f'<html lang="{language}"' in page.text
    assert REFERENCE.search(page.text)
    assert "Traceback" not in page.text


def test_a_breakdown_tells_nothing_of_itself_but_its_number(broken: Flask) -> None:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        page = Visitor(broken).get("/broken")

    found = REFERENCE.search(page.text)
    assert found
    assert page.status_code == 500
    assert "secret@mail.example" not in page.text
    assert "KeyError" not in page.text
    (line,) = [line for line in lines if line["event"] == "request.broke"]
    assert line["reference"] == found[1]
    assert line["kind"] == "KeyError"


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("time", 503, "Later."),
        ("person", 400, "Like this."),
        ("consent", 403, "Sign in."),
        ("absence", 404, "Gone."),
        ("fate", 500, "Never."),
    ],
)
def test_errors_of_the_house_say_who_can_help(broken: Flask, kind: str, status: int, words: str) -> None:
    page = Visitor(broken).get(f"/broken/by/{kind}")

    assert page.status_code == status
    assert words in page.text
    assert page.headers.get("Retry-After") == ("7" if kind == "time" else None)


def test_htmx_gets_the_error_as_a_dialog(broken: Flask) -> None:
    answer = Visitor(broken).get("/broken/404", FRAGMENT)

    assert answer.headers["HX-Retarget"] == "#modal"
    assert "<dialog" in answer.text
    assert "<html" not in answer.text


def test_programs_get_a_problem(broken: Flask, account: Account) -> None:
    assert account.id

    answer = Visitor(broken).get("/api/broken")

    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 500
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", answer.json["reference"])


def test_a_wrong_method_names_the_right_ones(cleo: Visitor) -> None:
    answer = cleo.get("/logout")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("table", ["sessions", "users", "accounts"])
@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_a_database_that_fails_still_leaves_a_page(
    ana: Visitor, account: Account, house: House, home: Path, table: str, headers: dict[str, str]
) -> None:
    assert account.id
    house.database.close()
    with closing(sqlite3.connect(home / "auramail.db")) as connection:
        connection.execute(f"DROP TABLE {table}")

    page = ana.get("/history", headers)

    assert page.status_code == 400
    assert "The database was made by an older AuraMail." in page.text
    assert REFERENCE.search(page.text)

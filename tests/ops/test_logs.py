import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from auramail.ops.logs import configure_logs, log
from auramail.settings import read_settings

CANARY = "canary of a mail's subject"


@pytest.fixture
def start(home: Path) -> Iterator[Callable[[], Path]]:
    """Begins to log as a process called `test` and gives its file; logging is put back as it was afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("auramail")
    before, levels = root.handlers[:], (root.level, ours.level)

    def configure() -> Path:
        root.handlers[:] = []  # configuring closes the handlers it replaces, and these are pytest's
        configure_logs(read_settings(auramail_home=home, _env_file=None), "test")
        return home / "logs" / "test.log"

    yield configure
    for place in root.handlers:
        if place not in before:
            place.close()
    root.handlers[:] = before
    root.setLevel(levels[0])
    ours.setLevel(levels[1])
    logging.raiseExceptions = True
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def fail() -> None:
    raise ValueError(CANARY)


def events(file: Path) -> list[dict[str, Any]]:
    """One JSON object for each line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_an_event_is_one_json_object_on_one_line(start: Callable[[], Path]) -> None:
    file = start()
    log.info("account_looked_after", account=7, name="Оля\nline two")

    [event] = events(file)
    assert (event["event"], event["account"], event["part"], event["level"]) == (
        "account_looked_after",
        7,
        "test",
        "info",
    )
    assert event["name"] == "Оля\nline two"
    assert event["timestamp"].endswith("Z")


def test_an_error_is_told_by_type_and_place_without_its_words(
    start: Callable[[], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = start()
    try:
        fail()
    except ValueError as error:
        log.error("job_failed", reference="abc123", exc_info=error)
        log.error("job_failed", exc_info=True)

    first, second = events(file)
    assert first["reference"] == "abc123"
    assert first["error"] == second["error"] == "builtins.ValueError"
    assert any("test_logs.py" in place for place in first["trace"])
    assert CANARY not in file.read_text(encoding="utf-8") + capsys.readouterr().err


def test_what_libraries_log_is_one_line_without_the_words_of_errors_too(start: Callable[[], Path]) -> None:
    file = start()
    try:
        fail()
    except ValueError:
        logging.getLogger("rq.worker").exception("an unhandled exception")

    [event] = events(file)
    assert (event["logger"], event["event"], event["error"]) == (
        "rq.worker",
        "an unhandled exception",
        "builtins.ValueError",
    )
    assert CANARY not in file.read_text(encoding="utf-8")


def test_libraries_are_heard_from_warnings_on(start: Callable[[], Path]) -> None:
    file = start()
    logging.getLogger("httpx2").info("GET https://www.googleapis.com/gmail/v1/users/me/messages?q=%s", CANARY)
    logging.getLogger("httpx2").warning("slow")

    assert [event["event"] for event in events(file)] == ["slow"]


def test_a_logger_below_ours_writes_as_we_do(start: Callable[[], Path]) -> None:
    file = start()
    structlog.get_logger("auramail.web").warning("request.refused", status=404)

    assert events(file)[0]["status"] == 404


def test_the_terminal_hears_warnings_only(start: Callable[[], Path], capsys: pytest.CaptureFixture[str]) -> None:
    file = start()
    log.info("quiet")
    log.warning("loud")

    said = capsys.readouterr().err
    assert "loud" in said
    assert "quiet" not in said
    assert len(events(file)) == 2


def test_where_a_log_cannot_be_written_the_error_in_hand_is_not_shown_instead(
    start: Callable[[], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = start()
    shut = io.StringIO()
    [place] = [place for place in logging.getLogger().handlers if type(place) is logging.StreamHandler]
    place.setStream(shut)
    shut.close()
    try:
        fail()
    except ValueError as error:
        log.error("job_failed", exc_info=error)

    assert CANARY not in capsys.readouterr().err
    assert len(events(file)) == 1


def test_others_cannot_look_into_the_folder(start: Callable[[], Path]) -> None:
    file = start()
    assert file.parent.stat().st_mode & 0o077 == 0

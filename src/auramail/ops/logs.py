"""Logs: one JSON line per event in a file and on the terminal; never what a mail says."""

import json
import logging
import logging.handlers
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any, Final

import structlog

from auramail.settings import Settings

OURS: Final = "auramail"
log: structlog.stdlib.BoundLogger = structlog.get_logger(OURS)

FILE_BYTES: Final = 10_000_000
FILES_KEPT: Final = 5


def configure_logs(settings: Settings, process: str, *, terminal: bool = True) -> None:
    """Write to `AURAMAIL_HOME/logs/PROCESS.log` (rotated), and warnings, or with DEBUG all, to the terminal."""
    folder = settings.auramail_home / "logs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(
        folder / f"{process}.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
    )
    stderr = logging.StreamHandler(sys.stderr)
    stderr.setLevel(logging.INFO if settings.debug else logging.WARNING)
    places: list[logging.Handler] = [file, stderr] if terminal else [file]
    for place in places:
        place.setFormatter(OneLine(process))
    logging.basicConfig(level=logging.WARNING, handlers=places, force=True)
    logging.getLogger(OURS).setLevel(logging.INFO)
    logging.raiseExceptions = (
        False  # where a line cannot be written, logging would print the error in hand, words and all
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.CallsiteParameterAdder({structlog.processors.CallsiteParameter.PROCESS}),
            _trace_without_values,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(part=process)


class OneLine(logging.Formatter):
    """Our own events are JSON already; what libraries log becomes JSON, without the values of their exceptions."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] == OURS:
            return record.getMessage()
        event: dict[str, Any] = {
            "event": record.getMessage(),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "part": self._process,
            "process": record.process,
        }
        if record.exc_info:
            event |= _places(record.exc_info[1])
        return json.dumps(event, ensure_ascii=False)


def _trace_without_values(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put an exception into the line as its type and places only."""
    del logger, method
    told = event.pop("exc_info", None)
    error = sys.exception() if told is True else told[1] if isinstance(told, tuple) else told
    event.update(_places(error))
    return event


def _places(error: object) -> dict[str, Any]:
    """An exception's type and where it came from; its message and locals may hold what a mail says."""
    if not isinstance(error, BaseException):
        return {}
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }

"""Logs: one JSON line per event in a file and, readable, on the terminal; never what a mail says."""

import logging
import logging.handlers
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from auramail.settings import Settings

log: structlog.stdlib.BoundLogger = structlog.get_logger("auramail")

FILE_BYTES = 10_000_000
FILES_KEPT = 5


def configure_logs(settings: Settings, process: str) -> None:
    """Write to `AURAMAIL_HOME/logs/PROCESS.log` (rotated) and to stderr."""
    folder = settings.auramail_home / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(
        folder / f"{process}.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
    )
    file.setFormatter(logging.Formatter("%(message)s"))
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setFormatter(logging.Formatter("%(message)s"))
    terminal.setLevel(logging.INFO if settings.debug else logging.WARNING)
    logging.basicConfig(level=logging.INFO, handlers=[file, terminal], force=True)
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


def _trace_without_values(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put an exception into the line as its type and places only: its message and locals may hold what a mail says."""
    del logger, method
    told = event.pop("exc_info", None)
    error = sys.exception() if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        frames = traceback.extract_tb(error.__traceback__)
        event["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event

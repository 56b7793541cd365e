"""The web server: granian around the application; any WSGI server can take `make_application` in its place."""

import os
import sys
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from auramail.ops.logs import configure_logs
from auramail.settings import Settings, read_settings
from auramail.web.app import create_app
from auramail.wiring.house import open_house

THREADS = 64
"""Each page that watches a run holds a thread while it is open."""


def make_application() -> Flask:
    """The application by the environment's settings; its house stays open as long as the process lives."""
    settings = read_settings()
    configure_logs(settings, "web")
    return create_app(open_house(settings))


def run_web(settings: Settings) -> None:
    """Serve until told to stop."""
    # Granian forks, and multiprocessing closes sys.stdin in the child: for ever, where a thread of ours is reading it.
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  # stays open as long as the process
    Granian(
        "auramail.web.serve:make_application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=2,
    ).serve()

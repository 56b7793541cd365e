"""The whole product as a person starts it, and a real browser before it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from auramail.core.queries import MailQuery
from auramail.settings import Settings, read_settings
from auramail.wiring.house import open_house

START_SECONDS = 60
EVERYTHING = MailQuery(folders=())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Product:
    """`auramail up`, running: web, worker, scheduler and Redis."""

    home: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> Settings:
        return read_settings(auramail_home=self.home, port=self.port, _env_file=None)

    def labels(self) -> dict[str, frozenset[str]]:
        """Every message of the one local account, with its labels."""
        with open_house(self.settings) as house:
            (account,) = house.accounts.all()
            with house.mailbox(account) as mailbox:
                ids = [found for page in mailbox.list_ids(EVERYTHING) for found in page.ids]
                return {found: labels or frozenset() for found, labels in mailbox.labels_now(ids).items()}


@contextmanager
def running(home: Path, port: int, **environment: str) -> Iterator[Product]:
    """Start the product as `make run` does, and stop all of it."""
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "auramail.cli", "up"],
        env=inherited | {"AURAMAIL_HOME": str(home), "PORT": str(port)} | environment,
        cwd=home,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert "is ready" in process.stdout.readline()
        yield Product(home, port)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=START_SECONDS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@dataclass
class Tab:
    """A page of the browser that remembers everything it complained about and everywhere it asked."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type != "log" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))


@pytest.fixture
def open_tab(chromium: Browser) -> Iterator[Callable[..., Tab]]:
    """Gives a tab of a browser of its own: `open_tab(locale="uk-UA", color_scheme="dark")`."""
    contexts: list[BrowserContext] = []

    def open_one(**options: object) -> Tab:
        usual: dict[str, object] = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}}
        contexts.append(chromium.new_context(**(usual | options)))  # type: ignore[arg-type]  # Playwright checks them
        return Tab(contexts[-1].new_page())

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(tmp_path_factory.mktemp("home"), free_port()) as started:
        yield started

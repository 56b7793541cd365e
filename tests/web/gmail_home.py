"""Ana at the pages, with a Gmail account of hers that the fake Google plays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from auramail.settings import Settings
from auramail.web.app import create_app
from auramail.wiring.house import House
from tests.fakes.clock import FakeClock
from tests.fakes.google_server import GoogleServer
from tests.house import ANA, GmailHome, connect_gmail, settings_for
from tests.web.visitor import Visitor


@dataclass
class AtTheWeb:
    """Ana's browser, her installation, and Google."""

    ana: Visitor
    gmail: GmailHome
    app: Flask


@contextmanager
def at_the_web(
    house: House, make_settings: Callable[..., Settings], home: Path, clock: FakeClock
) -> Iterator[AtTheWeb]:
    """The product with a Gmail account connected, and Ana signed in."""
    with GoogleServer(clock) as google:
        google.add_user(ANA, "Ana")
        ours = make_settings().model_dump(include={"redis_url", "ratelimit_storage_url", "flask_secret_key"})
        house.settings = settings_for(google, home, **ours)
        app = create_app(house)
        ana = Visitor(app)
        ana.open_sample()
        yield AtTheWeb(ana, GmailHome(google, house, connect_gmail(google, house), clock), app)
        assert google.violations == []

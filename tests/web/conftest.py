"""The pages over a real house: SQLite, a real Redis, and mail files of our own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from auramail.core.accounts import Account
from auramail.core.clock import SystemClock
from auramail.core.runs import Run
from auramail.jobs.embedded_redis import EmbeddedRedis
from auramail.ops.work import look_after
from auramail.settings import Settings, read_settings
from auramail.web.app import create_app
from auramail.wiring.house import House, open_house
from tests.fakes.clock import FakeClock
from tests.fakes.google_server import GoogleServer
from tests.house import ANA, connect_gmail, newsletter, note, settings_for
from tests.mail.letters import write_mbox
from tests.web.visitor import Visitor


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), SystemClock()) as redis:
        yield redis.url


@pytest.fixture
def make_settings(home: Path, redis_url: str) -> Callable[..., Settings]:
    """Settings of a home of its own, whose requests are counted for this test alone."""

    def make(**overrides: object) -> Settings:
        usual: dict[str, object] = {
            "auramail_home": home,
            "redis_url": redis_url,
            "ratelimit_storage_url": "memory://",
            "flask_secret_key": "only for tests",
            "google_client_secrets_path": home / "client_secret.json",
            "_env_file": None,
        }
        return read_settings(**(usual | overrides))

    return make


@pytest.fixture
def house(sqlite_url: str, make_settings: Callable[..., Settings], clock: FakeClock) -> Iterator[House]:
    assert sqlite_url
    with open_house(make_settings(), clock) as opened:
        opened.queue.connection.flushdb()
        yield opened


@pytest.fixture
def app(house: House) -> Flask:
    return create_app(house)


@pytest.fixture
def ana(app: Flask) -> Visitor:
    """Ana, who owns what the tests open."""
    return Visitor(app)


@pytest.fixture
def cleo(app: Flask) -> Visitor:
    """Cleo, who must see nothing of Ana's."""
    return Visitor(app)


@pytest.fixture
def mail_file(home: Path) -> Path:
    """Three newsletters and two letters of friends."""
    letters = [*(newsletter(number) for number in range(3)), *(note(number) for number in range(2))]
    return write_mbox(home / "mail.mbox", *letters)


@pytest.fixture
def account(ana: Visitor, house: House, mail_file: Path) -> Account:
    """Ana's opened mail file."""
    ana.open_file(mail_file)
    (opened,) = house.accounts.of_user(house.users.local_user().id)
    return opened


@pytest.fixture
def google(clock: FakeClock) -> Iterator[GoogleServer]:
    """Ana's Gmail: three newsletters and two letters of friends."""
    with GoogleServer(clock) as server:
        server.add_user(ANA, "Ana")
        for raw in (*(newsletter(number) for number in range(3)), *(note(number) for number in range(2))):
            server.add_message(raw, ("INBOX", "UNREAD"), clock.now())
        yield server
        assert server.violations == []


@pytest.fixture
def gmail(ana: Visitor, house: House, account: Account, google: GoogleServer, redis_url: str) -> Account:
    """Ana's Gmail account, connected beside her mail file."""
    assert account.id
    house.settings = settings_for(
        google,
        house.settings.auramail_home,
        redis_url=redis_url,
        ratelimit_storage_url="memory://",
        flask_secret_key="only for tests",
    )
    connected = connect_gmail(google, house)
    ana.post("/accounts/choose", account=connected.id)
    return connected


@pytest.fixture
def do_work(house: House, account: Account) -> Callable[[], Run]:
    """Do what was ordered for Ana's account, as the worker does; gives the run that was finished last."""

    def work() -> Run:
        look_after(house, account.id)
        return house.runs.latest([account.id], 1)[0]

    return work


@pytest.fixture
def sorted_run(ana: Visitor, account: Account, do_work: Callable[[], Run]) -> Run:
    """Ana's mail file after one sort of everything."""
    ana.post("/sort", account=account.id, folder=["INBOX", "SPAM", "TRASH"])
    return do_work()


@pytest.fixture
def dry_run(ana: Visitor, account: Account, do_work: Callable[[], Run]) -> Run:
    """Ana's mail file after a dry run: five proposals, nothing done."""
    ana.post("/sort", account=account.id, folder=["INBOX", "SPAM", "TRASH"], dry_run="1")
    return do_work()

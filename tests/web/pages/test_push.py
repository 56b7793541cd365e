"""Google's push: believed only with its proof, answered when it is noted, and harmless when replayed."""

from collections.abc import Callable, Iterator

import pytest

from auramail.core.accounts import Account
from auramail.core.live import Live
from auramail.settings import Settings
from auramail.web.app import create_app
from auramail.wiring.house import House, open_house
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.google.identity import Flaw
from tests.fakes.google.world import SERVICE_ACCOUNT
from tests.fakes.google_server import GoogleServer
from tests.house import ANA
from tests.web.visitor import Visitor

AUDIENCE = "https://mail.example/push/gmail"
LATER = NOON.replace(hour=20)


class Knock:
    """Pub/Sub at the door of Ana's installation."""

    def __init__(self, google: GoogleServer, house: House, account: Account) -> None:
        self.google, self.house, self.account = google, house, account
        self.visitor = Visitor(create_app(house))

    def push(self, mark: int, address: str = ANA, *, token: str = "", audience: str = AUDIENCE, **flaw: object) -> int:
        body = self.google.push_body(b'{"emailAddress": "%s", "historyId": %d}' % (address.encode(), mark))
        proof = token or self.google.push_token(audience, flaw=Flaw(**flaw))  # type: ignore[arg-type]
        headers = {"Authorization": f"Bearer {proof}", "Content-Type": "application/json"}
        return self.visitor.client.post("/push/gmail", data=body, headers=headers).status_code

    @property
    def live(self) -> Live:
        found = self.house.live.get(self.account.id)
        assert found is not None
        return found


@pytest.fixture
def knock(sqlite_url: str, make_settings: Callable[..., Settings], clock: FakeClock) -> Iterator[Knock]:
    assert sqlite_url
    with GoogleServer(clock) as google:
        google.add_user(ANA)
        settings = make_settings(
            google_jwks_url=f"{google.url}/oauth2/v3/certs",
            google_issuers=(google.oauth.issuer,),
            gmail_push_audience=AUDIENCE,
            gmail_push_sender=SERVICE_ACCOUNT,
        )
        with open_house(settings, clock) as house:
            house.queue.connection.flushdb()
            account = house.accounts.connect_gmail(house.users.local_user().id, ANA, "Europe/Kyiv")
            house.live.turn_on(Live(account.id, True, since=NOON, mark="100", due=LATER))
            yield Knock(google, house, account)


def test_a_proven_push_is_noted_before_it_is_answered(knock: Knock) -> None:
    assert knock.push(120) == 204

    assert (knock.live.due, knock.live.pushed) == (NOON, "120")
    assert len(knock.house.queue.queue.jobs) == 1


def test_replayed_and_older_pushes_do_nothing(knock: Knock) -> None:
    assert [knock.push(mark) for mark in (99, 100)] == [204, 204]
    assert knock.live.due == LATER

    knock.push(120)
    knock.house.live.save(knock.live)
    assert [knock.push(mark) for mark in (120, 110, 120)] == [204, 204, 204]
    assert knock.live.pushed == "120"


def test_a_storm_of_pushes_is_answered_and_rings_once(knock: Knock) -> None:
    token = knock.google.push_token(AUDIENCE)

    assert {knock.push(101 + number, token=token) for number in range(500)} == {204}

    assert len(knock.house.queue.queue.jobs) == 1


@pytest.mark.parametrize(
    "flaw",
    [
        {"audience": "https://elsewhere.example"},
        {"foreign_key": True},
        {"algorithm": "none"},
        {"claims": {"email": "mallory@evil.example"}},
        {"claims": {"email_verified": False}},
        {"claims": {"iss": "https://evil.example"}},
        {"claims": {"exp": 1}},
        {"token": "nonsense"},
    ],
)
def test_a_push_without_googles_proof_is_refused_and_changes_nothing(knock: Knock, flaw: dict[str, object]) -> None:
    assert knock.push(120, **flaw) == 403  # type: ignore[arg-type]

    assert (knock.live.due, knock.live.pushed) == (LATER, "")


def test_a_push_about_somebody_unknown_is_taken_off_googles_hands(knock: Knock) -> None:
    assert knock.push(120, "nobody@example.com") == 204


def test_a_session_or_a_token_in_the_address_proves_nothing(knock: Knock) -> None:
    proof = knock.google.push_token(AUDIENCE)

    assert knock.visitor.client.post(f"/push/gmail?token={proof}").status_code == 403
    assert knock.visitor.client.get("/push/gmail").status_code == 405


def test_without_its_settings_the_door_is_not_there(ana: Visitor) -> None:
    assert ana.client.post("/push/gmail").status_code == 404


def test_while_googles_keys_cannot_be_had_pubsub_is_to_come_again(
    sqlite_url: str, make_settings: Callable[..., Settings], clock: FakeClock
) -> None:
    assert sqlite_url
    with GoogleServer(clock) as google:
        token = google.push_token(AUDIENCE)
    settings = make_settings(
        google_jwks_url=f"{google.url}/oauth2/v3/certs",
        gmail_push_audience=AUDIENCE,
        gmail_push_sender=SERVICE_ACCOUNT,
    )
    with open_house(settings, clock) as house:
        visitor = Visitor(create_app(house))
        answer = visitor.client.post("/push/gmail", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 503

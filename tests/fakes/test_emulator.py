import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest

from tests.fakes.conftest import PLAIN
from tests.fakes.emulator import Emulator, SeededMessage
from tests.fakes.letters import letter

pytestmark = pytest.mark.emulator

OLENA = "olena@example.com"
MESSAGES = "/gmail/v1/users/me/messages"


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    older = SeededMessage("18c2f3a4b5d6e7f7", letter(subject="Older"), received=datetime(2026, 11, 18, tzinfo=UTC))
    newer = SeededMessage("18c2f3a4b5d6e7f8", letter(), ("INBOX",), received=datetime(2026, 11, 19, tzinfo=UTC))
    with Emulator(OLENA, [older, newer]) as google:
        yield google


def test_it_lists_seeded_messages_newest_first(emulator: Emulator) -> None:
    headers = {"Authorization": f"Bearer {emulator.TOKEN}"}
    with httpx2.Client(base_url=emulator.url, headers=headers, verify=PLAIN) as client:
        listed = [message["id"] for message in client.get(MESSAGES).json()["messages"]]
        raw = client.get(f"{MESSAGES}/{listed[0]}", params={"format": "raw"}).json()

    assert listed == ["18c2f3a4b5d6e7f8", "18c2f3a4b5d6e7f7"]
    assert base64.urlsafe_b64decode(raw["raw"] + "==") == letter()
    assert raw["labelIds"] == ["INBOX"]


def test_a_person_signs_in_with_pkce(emulator: Emulator) -> None:
    web = emulator.client_config()["web"]
    verifier = "v" * 64
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "client_id": web["client_id"],
        "redirect_uri": web["redirect_uris"][0],
        "response_type": "code",
        "scope": "openid email https://www.googleapis.com/auth/gmail.modify",
        "state": "st4te&<",
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }

    back = emulator.consent(f"{web['auth_uri']}?{urlencode(asked)}")
    query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    form = {name: web[name] for name in ("client_id", "client_secret")}
    form |= {"grant_type": "authorization_code", "code": query["code"], "redirect_uri": asked["redirect_uri"]}
    with httpx2.Client(verify=PLAIN) as client:
        tokens = client.post(web["token_uri"], data={**form, "code_verifier": verifier}).json()
        who = client.get(
            emulator.settings()["GOOGLE_USERINFO_URL"], headers={"Authorization": f"Bearer {tokens['access_token']}"}
        ).json()

    assert back.startswith(web["redirect_uris"][0])
    assert query["state"] == asked["state"]
    assert who["email"] == OLENA
    claims = json.loads(base64.urlsafe_b64decode(tokens["id_token"].split(".")[1] + "=="))
    assert claims["iss"] == emulator.settings()["GOOGLE_ISSUERS"]

import json
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from tests.fakes.conftest import PLAIN
from tests.fakes.google_process import GoogleProcess
from tests.fakes.letters import letter

ME = "/gmail/v1/users/me"


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    path = tmp_path / "seed.json"
    message = {"raw": letter().decode(), "labels": ["INBOX", "AI_Bills"], "date": "2026-11-18T09:00:00+00:00"}
    user = {"address": "olena@example.com", "refresh_token": "1//seeded", "messages": [message]}
    path.write_text(json.dumps({"users": [user]}), encoding="utf-8")
    return path


def test_a_process_of_its_own_is_held_by_its_handle(seed: Path) -> None:
    with GoogleProcess(seed) as google:
        [seeded] = google.snapshot()
        added = google.add_message(letter(), labels=("INBOX",), date=datetime(2026, 11, 19, tzinfo=UTC))
        google.fault("messages.get", "503")
        google.before("messages.get", "delete", nth=2, message_id=seeded)
        headers = {"Authorization": f"Bearer {google.call('grant')['access_token']}"}
        with httpx2.Client(base_url=google.url, headers=headers, verify=PLAIN) as client:
            listed = [message["id"] for message in client.get(f"{ME}/messages").json()["messages"]]
            statuses = [client.get(f"{ME}/messages/{message}").status_code for message in (added, seeded, added)]
            client.post(f"{ME}/messages/send")

        assert listed == [added, seeded]
        assert statuses == [503, 404, 200]
        assert google.snapshot() == {added: {"INBOX"}}
        assert google.labels_of(added) == {"INBOX"}
        assert google.forbidden == [f"POST {ME}/messages/send"]
        assert google.violations == []
        with pytest.raises(httpx2.HTTPStatusError):
            httpx2.post(f"{google.url}/_control", json={"call": "stop", "arguments": {}}).raise_for_status()


def test_a_person_signs_in_through_the_process(seed: Path, tmp_path: Path) -> None:
    path = tmp_path / "client_secret.json"
    with GoogleProcess(seed) as google, httpx2.Client(verify=PLAIN) as client:
        google.write_client_secret(path, ["http://127.0.0.1:5000/callback"])
        google.call("consent", denied=True)
        web = json.loads(path.read_text(encoding="utf-8"))["web"]
        asked = {"client_id": web["client_id"], "redirect_uri": web["redirect_uris"][0]}
        back = client.get(web["auth_uri"], params={**asked, "response_type": "code", "scope": "openid"})
        form = {"grant_type": "refresh_token", "refresh_token": "1//seeded"}
        tokens = client.post(
            web["token_uri"], data={**form, **{name: web[name] for name in ("client_id", "client_secret")}}
        )

    assert back.headers["Location"] == "http://127.0.0.1:5000/callback?error=access_denied"
    assert tokens.json()["access_token"]

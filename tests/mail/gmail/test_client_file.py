import json
from pathlib import Path

import pytest

from auramail.core.errors import NeedsPersonError
from auramail.mail.gmail.client_file import read_client_file
from tests.mail.gmail.gmail_world import REDIRECT, GmailWorld

WEB = {
    "client_id": "id.apps.googleusercontent.com",
    "client_secret": "canary-secret",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
    "redirect_uris": ["https://mail.example/callback", REDIRECT],
}


def test_the_file_as_google_gives_it_is_read(world: GmailWorld, tmp_path: Path) -> None:
    world.google.write_client_secret(tmp_path / "client_secret.json")

    assert read_client_file(tmp_path / "client_secret.json", REDIRECT) == world.client


def test_a_missing_file_is_said_with_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="no Google client file at") as caught:
        read_client_file(tmp_path / "client_secret.json", REDIRECT)

    assert caught.value.hint is not None
    assert "GOOGLE_CLIENT_SECRETS_PATH" in caught.value.hint.say()


def test_a_folder_in_its_place_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="cannot be read"):
        read_client_file(tmp_path, REDIRECT)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not json", "is not JSON"),
        ("", "is not JSON"),
        ("[]", "is not a Google client file"),
        ("{}", "is not a Google client file"),
        (json.dumps({"web": "yes"}), "is not a Google client file"),
        (json.dumps({"installed": WEB}), "desktop app"),
        (json.dumps({"type": "service_account", "private_key": "canary"}), "service account"),
        (json.dumps({"web": WEB | {"client_secret": ""}}), "lacks client_secret"),
        (json.dumps({"web": {"client_id": "x"}}), "lacks client_secret, auth_uri, token_uri"),
        (json.dumps({"web": WEB | {"token_uri": "file:///etc/passwd"}}), "token_uri in .* is not a URL"),
        (json.dumps({"web": WEB | {"redirect_uris": ["https://mail.example/callback"]}}), "does not know the address"),
        (json.dumps({"web": WEB | {"redirect_uris": REDIRECT}}), "does not know the address"),
    ],
)
def test_each_mistake_is_one_line_with_what_to_do(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "client.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(NeedsPersonError, match=said) as caught:
        read_client_file(path, REDIRECT)

    assert caught.value.hint is not None
    assert "\n" not in caught.value.problem.say() + caught.value.hint.say()
    assert "canary" not in caught.value.problem.say()

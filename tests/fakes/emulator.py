"""The independent Google emulator (npm `emulate`) as a process: a second opinion on sign-in, labels, history, drafts.

It has no batch and no getProfile, half of the search language silently finds nothing, a duplicate label answers 400,
scopes are never checked, and an unknown token acts as the first user: there the fake in `google_server` decides.
"""

import base64
import json
import re
import shutil
import socket
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FOLDER = Path(__file__).parents[1] / "emulator"
INSTALL = "npm ci --ignore-scripts --prefix tests/emulator"


@dataclass(frozen=True, slots=True)
class SeededMessage:
    """A message as the emulator is to have it; unknown label ids become labels of the same name."""

    id: str
    raw: bytes
    labels: Sequence[str] = ("INBOX", "UNREAD")
    thread: str = ""
    received: datetime | None = None

    def to_seed(self) -> dict[str, Any]:
        seed: dict[str, Any] = {
            "id": self.id,
            "raw": base64.urlsafe_b64encode(self.raw).decode(),
            "label_ids": list(self.labels),
        }
        if self.thread:
            seed["thread_id"] = self.thread
        if self.received:
            seed["internal_date"] = str(round(self.received.timestamp() * 1000))
        return seed


class Emulator:
    """`with Emulator("olena@example.com", messages) as google:`; `google.url` is the root of all its APIs.

    `TOKEN` is a bearer token that works without signing in.
    """

    TOKEN = "ya29.emulated"
    CLIENT_ID = "emulated.apps.googleusercontent.com"
    CLIENT_SECRET = "GOCSPX-emulated"

    def __init__(
        self,
        address: str,
        messages: Sequence[SeededMessage] = (),
        redirect_uris: Sequence[str] = ("http://127.0.0.1:5000/callback",),
    ) -> None:
        node = shutil.which("node")
        if node is None or not (FOLDER / "node_modules").is_dir():
            raise RuntimeError(f"The emulator is not installed: {INSTALL}")
        self.address = address
        self.redirect_uris = list(redirect_uris)
        self._process = subprocess.Popen(
            [node, "start.mjs", str(_free_port())],
            cwd=FOLDER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._tell(json.dumps(self._seed(messages)))
        if not self.url:
            self.stop()
            raise RuntimeError("The emulator did not start")

    def client_config(self) -> dict[str, Any]:
        """The content of a `client_secret.json` of kind web that points to the emulator."""
        return {
            "web": {
                "client_id": self.CLIENT_ID,
                "project_id": "auramail-emulated",
                "auth_uri": f"{self.url}/o/oauth2/v2/auth",
                "token_uri": f"{self.url}/oauth2/token",
                "client_secret": self.CLIENT_SECRET,
                "redirect_uris": self.redirect_uris,
            }
        }

    def settings(self) -> dict[str, str]:
        """The product's settings that send it here, but for the client file."""
        return {
            "GOOGLE_API_ROOT_URL": self.url,
            "GOOGLE_REVOKE_URL": f"{self.url}/oauth2/revoke",
            "GOOGLE_USERINFO_URL": f"{self.url}/oauth2/v2/userinfo",
            "GOOGLE_JWKS_URL": f"{self.url}/oauth2/v3/certs",
            "GOOGLE_ISSUERS": self.url,
        }

    def consent(self, authorize_url: str) -> str:
        """Press the person's button on the consent page; the address they are sent back to."""
        with urllib.request.urlopen(authorize_url, timeout=30) as answer:  # noqa: S310  # the emulator's own page
            page = answer.read().decode()
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
        form = urllib.parse.urlencode({name: unescape(value) for name, value in fields})
        connection = HTTPConnection(urllib.parse.urlsplit(self.url).netloc, timeout=30)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", "/o/oauth2/v2/auth/callback", form, headers)
            return connection.getresponse().getheader("Location") or ""
        finally:
            connection.close()

    def stop(self) -> None:
        """The emulator ends when its stdin does."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        self._process.wait(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _seed(self, messages: Sequence[SeededMessage]) -> dict[str, Any]:
        client = {
            "client_id": self.CLIENT_ID,
            "client_secret": self.CLIENT_SECRET,
            "redirect_uris": self.redirect_uris,
        }
        return {
            "tokens": {self.TOKEN: {"login": self.address}},
            "google": {
                "users": [{"email": self.address, "name": self.address.partition("@")[0].title()}],
                "oauth_clients": [client],
                "messages": [message.to_seed() for message in messages],
            },
        }

    def _tell(self, seed: str) -> str:
        """Hand over the seed; the emulator answers with its address."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return ""
        stdin.write(f"{seed}\n")
        stdin.flush()
        return stdout.readline().strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""Somebody at the pages: a client that fills in forms as a browser does, token and all."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FRAGMENT = {"HX-Request": "true"}


class Visitor:
    """One browser with its cookies; `headers` go with every request."""

    def __init__(self, app: Flask, **headers: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.headers = {"Accept-Language": "en"} | headers

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> TestResponse:
        return self.client.get(path, headers=self.headers | dict(headers or {}))

    def post(self, path: str, headers: Mapping[str, str] | None = None, /, **fields: Any) -> TestResponse:
        """Send a form with the token of a page of this visitor's."""
        data = {"csrf_token": self.token()} | fields
        return self.client.post(path, data=data, headers=self.headers | dict(headers or {}))

    def send(self, path: str, body: object = None) -> TestResponse:
        """Call the API with JSON and the token in its header."""
        headers = self.headers | {"X-CSRFToken": self.token()}
        return self.client.post(path, json=body, headers=headers)

    def put(self, path: str, body: object) -> TestResponse:
        """Change something by the API, as `send` does."""
        return self.client.put(path, json=body, headers=self.headers | {"X-CSRFToken": self.token()})

    def token(self) -> str:
        found = TOKEN.search(self.get("/doors").text)
        assert found
        return found[1]

    def cookie(self, name: str = "auramail") -> str:
        held = self.client.get_cookie(name)
        return held.value if held else ""

    def open_sample(self) -> TestResponse:
        return self.post("/doors/sample")

    def open_file(self, path: object) -> TestResponse:
        return self.post("/doors/path", path=str(path))

"""What all parts of the API share: who may call it and how."""

from typing import Any

from apiflask import APIBlueprint
from flask import abort, request

from auramail.web.signin import reader

SIGNED_IN: list[dict[str, list[str]]] = [{"session": [], "csrf": []}]
SECURITY_SCHEMES: dict[str, Any] = {
    "session": {"type": "apiKey", "in": "cookie", "name": "auramail"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken", "description": "Needed for every change."},
}


def part(name: str, prefix: str, tag: str) -> APIBlueprint:
    """A part of the API for signed-in readers; a body is JSON and says so."""
    blueprint = APIBlueprint(f"api_{name}", __name__, url_prefix=prefix, tag=tag)

    @blueprint.before_request
    def admit() -> None:
        reader()
        if request.content_length and not request.is_json:
            abort(415)

    return blueprint

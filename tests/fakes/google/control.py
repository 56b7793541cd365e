"""Remote control of a fake Google that runs as a process of its own: `World`'s methods as JSON over one path."""

import base64
import json
from datetime import datetime
from typing import Any

from tests.fakes.google.oauth import Consent
from tests.fakes.google.wire import Request, Response, answer_json
from tests.fakes.google.world import World

PATH = "/_control"
CALLS = frozenset(
    {
        "add_user", "revoke", "expire_tokens", "add_message", "labels_of", "label_names_of", "snapshot", "label_names",
        "archive", "star", "mark_read", "trash", "relabel", "delete", "delete_label", "rename_label", "drafts",
        "events", "expire_history", "clear_faults",
    }
)  # fmt: skip
"""Methods whose arguments and answers go over the wire as they are."""


def perform(world: World, request: Request) -> Response:
    """Do `{"call", "arguments"}` and answer `{"answer"}`, or 400 with `{"error"}` for what cannot be done."""
    order = from_wire(json.loads(request.body))
    name, arguments = order["call"], order["arguments"]
    try:
        answer = _do(world, name, arguments)
    except (KeyError, TypeError, ValueError) as error:
        return answer_json({"error": f"{name}: {error!r}"}, 400)
    return answer_json({"answer": to_wire(answer)})


def _do(world: World, name: str, arguments: dict[str, Any]) -> Any:
    if name in CALLS:
        return getattr(world, name)(**arguments)
    if name == "fault":
        world.fault(**arguments)
        return None
    if name == "before":
        act, nth = arguments["act"], arguments.get("nth", 1)
        world.before(arguments["method"], lambda: _do(world, act["call"], act["arguments"]), nth=nth)
        return None
    if name == "consent":
        world.consent = Consent(**arguments)
        return None
    if name == "grant":
        tokens = world.grant(**arguments)
        return {"access_token": tokens.access_token, "refresh_token": tokens.refresh_token}
    if name == "seen":
        usage = world.usage
        return {
            "violations": world.violations,
            "forbidden": world.forbidden,
            "http_calls": usage.http_calls,
            "units": usage.units,
            "calls": dict(usage.calls),
        }
    raise ValueError("no such call")


def to_wire(value: Any) -> Any:
    """JSON cannot say bytes and times: each becomes an object of one marked field."""
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"$time": value.isoformat()}
    if isinstance(value, dict):
        return {name: to_wire(item) for name, item in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(to_wire(item) for item in value)
    return [to_wire(item) for item in value] if isinstance(value, (list, tuple)) else value


def from_wire(value: Any) -> Any:
    if isinstance(value, list):
        return [from_wire(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"$bytes"}:
        return base64.b64decode(value["$bytes"])
    if value.keys() == {"$time"}:
        return datetime.fromisoformat(value["$time"])
    return {name: from_wire(item) for name, item in value.items()}

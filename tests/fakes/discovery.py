"""Google's own discovery documents as an oracle: which request is a method, and what is wrong with it or its answer."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

DOCUMENTS = ("gmail.v1", "calendar.v3", "pubsub.v1")
_RANGES = {
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}


@dataclass(frozen=True, slots=True)
class Method:
    """A method of an API as its discovery document states it; `id` is the full one, e.g. `gmail.users.messages.get`."""

    id: str
    api: str
    http_method: str
    pattern: re.Pattern[str]
    parameters: Mapping[str, Any]
    scopes: frozenset[str]
    request: str | None
    response: str | None
    schemas: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """The id as people say it: `messages.get`, `events.insert`, `getProfile`."""
        return self.id.removeprefix("gmail.users.").removeprefix("calendar.").removeprefix("pubsub.projects.")


@dataclass(frozen=True, slots=True)
class Match:
    method: Method
    path: Mapping[str, str]


@cache
def methods() -> tuple[Method, ...]:
    """Every method of Gmail v1, Calendar v3 and Pub/Sub v1; fixed path parts come before parameters."""
    found = [method for name in DOCUMENTS for method in _methods_of(document(name))]
    return tuple(sorted(found, key=lambda method: method.pattern.pattern.count("(?P<")))


@cache
def _methods_with(http_method: str) -> tuple[Method, ...]:
    return tuple(method for method in methods() if method.http_method == http_method)


def find(http_method: str, path: str) -> Match | None:
    """The method a request line means, with its decoded path parameters; None if Google has no such method."""
    for method in _methods_with(http_method):
        if matched := method.pattern.fullmatch(path):
            return Match(method, {name: unquote(value) for name, value in matched.groupdict().items()})
    return None


def check_request(match: Match, query: Mapping[str, Sequence[str]], body: Any) -> list[str]:
    """What is wrong with a request: unknown, repeated or ill-typed parameters, missing or unknown body fields."""
    problems = []
    for name, values in query.items():
        parameter = match.method.parameters.get(name)
        if parameter is None or parameter.get("location") != "query":
            problems.append(f"no query parameter {name}")
            continue
        if len(values) > 1 and not parameter.get("repeated"):
            problems.append(f"{name} given {len(values)} times")
        problems += [problem for value in values for problem in _check_text(parameter, value, name)]
    for name, parameter in match.method.parameters.items():
        if parameter.get("required") and parameter["location"] == "query" and name not in query:
            problems.append(f"query parameter {name} is missing")
    return [f"{match.method.name}: {problem}" for problem in (*problems, *_check_body(match.method, body))]


def check_response(method: Method, body: Any) -> list[str]:
    """What is wrong with a success's body (None: empty) by the method's response schema."""
    if method.response is None:
        return [] if body is None else [f"{method.name}: answers with a body, none is defined"]
    if body is None:
        return [f"{method.name}: answers without {method.response}"]
    problems = _check(method, {"$ref": method.response}, body, method.response, sent=False)
    return [f"{method.name}: {problem}" for problem in problems]


def document(name: str) -> Mapping[str, Any]:
    package = find_spec("googleapiclient")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("google-api-python-client, a development dependency, is not installed")
    path = Path(package.submodule_search_locations[0]) / "discovery_cache" / "documents" / f"{name}.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _methods_of(document: Mapping[str, Any], resource: Mapping[str, Any] | None = None) -> Iterator[Method]:
    for method in (resource or {}).get("methods", {}).values():
        template = f"/{document['servicePath']}{method['path']}"
        yield Method(
            id=method["id"],
            api=document["name"],
            http_method=method["httpMethod"],
            pattern=_path_pattern(template, method.get("parameters", {})),
            parameters={**document["parameters"], **method.get("parameters", {})},
            scopes=frozenset(method.get("scopes", ())),
            request=method.get("request", {}).get("$ref"),
            response=method.get("response", {}).get("$ref"),
            schemas=document["schemas"],
        )
    for child in (document if resource is None else resource).get("resources", {}).values():
        yield from _methods_of(document, child)


def _path_pattern(template: str, parameters: Mapping[str, Any]) -> re.Pattern[str]:
    """`{name}` is one segment, `{+name}` several, as the parameter's own pattern says (RFC 6570, 3.2.3)."""
    pieces = re.split(r"\{(\+?\w+)\}", template)
    for at in range(1, len(pieces), 2):
        name = pieces[at].removeprefix("+")
        inside = parameters[name]["pattern"].strip("^$") if pieces[at] != name else "[^/]+"
        pieces[at] = f"(?P<{name}>{inside})"
    pieces[::2] = [re.escape(piece) for piece in pieces[::2]]
    return re.compile("".join(pieces))


def _check_body(method: Method, body: Any) -> Iterator[str]:
    if method.request is None:
        if body is not None:
            yield "takes no body"
        return
    if not isinstance(body, dict):
        yield f"needs a body of {method.request}"
        return
    for name, member in method.schemas[method.request]["properties"].items():
        if method.id in member.get("annotations", {}).get("required", ()) and name not in body:
            yield f"{method.request}.{name} is missing"
    yield from _check(method, {"$ref": method.request}, body, method.request, sent=True)


def _check_text(parameter: Mapping[str, Any], text: str, where: str) -> Iterator[str]:
    """A query parameter arrives as text whatever its type."""
    kind = parameter["type"]
    if kind == "boolean":
        if text not in {"true", "false"}:
            yield f"{where} is not true or false: {text!r}"
    elif kind == "integer":
        yield from _check_range(parameter.get("format"), text, where)
    elif kind == "string":
        yield from _check_string(parameter, text, where)


def _check(method: Method, schema: Mapping[str, Any], value: Any, where: str, *, sent: bool) -> Iterator[str]:
    if "$ref" in schema:
        schema = method.schemas[schema["$ref"]]
    kind = schema.get("type", "any")
    if kind == "object":
        yield from _check_object(method, schema, value, where, sent=sent)
    elif kind == "array":
        if not isinstance(value, list):
            yield f"{where} is not a list"
            return
        for index, item in enumerate(value):
            yield from _check(method, schema["items"], item, f"{where}[{index}]", sent=sent)
    elif kind == "string":
        if isinstance(value, str):
            yield from _check_string(schema, value, where)
        else:
            yield f"{where} is not text"
    elif kind != "any":
        yield from _check_scalar(schema, value, where)


def _check_object(method: Method, schema: Mapping[str, Any], value: Any, where: str, *, sent: bool) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is not an object"
        return
    properties = schema.get("properties", {})
    for name, item in value.items():
        member = properties.get(name, schema.get("additionalProperties"))
        if member is None:
            yield f"{where} has no field {name}"
        elif sent and member.get("readOnly"):
            yield f"{where}.{name} is read-only"
        else:
            yield from _check(method, member, item, f"{where}.{name}", sent=sent)


def _check_scalar(schema: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:
    if schema["type"] == "boolean":
        if not isinstance(value, bool):
            yield f"{where} is not a boolean"
    elif isinstance(value, bool) or not isinstance(value, int if schema["type"] == "integer" else (int, float)):
        yield f"{where} is not a number of kind {schema['type']}"
    elif schema["type"] == "integer":
        yield from _check_range(schema.get("format"), str(value), where)


def _check_string(schema: Mapping[str, Any], text: str, where: str) -> Iterator[str]:
    if "enum" in schema and text not in schema["enum"]:
        yield f"{where} is not one of {schema['enum']}: {text!r}"
    if "pattern" in schema and not re.fullmatch(schema["pattern"], text):
        yield f"{where} does not match {schema['pattern']}: {text!r}"
    form = schema.get("format")
    if form in _RANGES:
        yield from _check_range(form, text, where)
    elif form == "byte":
        yield from _check_base64(text, where)
    elif form in {"date", "date-time", "google-datetime"}:
        yield from _check_time(form, text, where)


def _check_range(form: str | None, text: str, where: str) -> Iterator[str]:
    if not re.fullmatch(r"-?\d+", text, re.ASCII):
        yield f"{where} is not a whole number: {text!r}"
        return
    low, high = _RANGES.get(form or "int64", _RANGES["int64"])
    if not low <= int(text) <= high:
        yield f"{where} is out of the range of {form}: {text}"


def _check_base64(text: str, where: str) -> Iterator[str]:
    """RFC 4648 section 5, the alphabet Gmail documents for `raw` and `data`; padding may be left out."""
    digits = text.rstrip("=")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", digits) or len(digits) % 4 == 1 or len(text) - len(digits) > 2:
        yield f"{where} is not base64url"


def _check_time(form: str, text: str, where: str) -> Iterator[str]:
    read = date.fromisoformat if form == "date" else datetime.fromisoformat
    try:
        read(text)
    except ValueError:
        yield f"{where} is not a {form}: {text!r}"
        return
    if form != "date" and "T" not in text.upper():
        yield f"{where} has no time of day: {text!r}"

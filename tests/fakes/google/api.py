"""The rooms of the fake Google behind one door: routes a request, checks who asks and what, answers, keeps count."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from auramail.ports.world import Clock
from tests.fakes import discovery
from tests.fakes.google import faults, identity, oauth
from tests.fakes.google.batch import read_parts, write_parts
from tests.fakes.google.calendar import Calendar
from tests.fakes.google.calendar_methods import CALENDAR, CalendarCall
from tests.fakes.google.errors import GoogleError, forbidden, insufficient_scope, invalid, not_found, too_concurrent
from tests.fakes.google.faults import Fault, FaultPlan
from tests.fakes.google.gmail_call import Call
from tests.fakes.google.gmail_methods import GMAIL
from tests.fakes.google.mailbox import Mailbox
from tests.fakes.google.oauth import OAuth
from tests.fakes.google.pubsub import PUBSUB, PubSub, PubSubCall
from tests.fakes.google.quota import Quota
from tests.fakes.google.wire import Request, Response, answer_error, answer_json, select_fields

ALLOWED = frozenset(GMAIL) | frozenset(CALENDAR) | frozenset(PUBSUB)
"""What AuraMail may ever ask for; anything else is refused and remembered."""


@dataclass(slots=True)
class Person:
    mailbox: Mailbox
    calendar: Calendar


@dataclass
class GoogleAPI:
    """Thread-safe. `batch_concurrency` is how many parts may be under way for one person at a time."""

    clock: Clock
    oauth: OAuth
    quota: Quota
    pubsub: PubSub
    people: dict[str, Person] = field(default_factory=dict)
    plan: FaultPlan = field(default_factory=FaultPlan)
    batch_concurrency: int = 50
    violations: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    stopping: threading.Event = field(default_factory=threading.Event)
    _under_way: dict[str, int] = field(default_factory=dict)

    def answer(self, request: Request) -> Response:
        """The answer to one HTTP request; raises HangUpError when the connection is to end without one."""
        path = request.path
        if path in _OAUTH:
            return self._answer_oauth(*_OAUTH[path], request)
        if path in {"/batch", "/batch/gmail/v1", "/batch/calendar/v3"} and request.method == "POST":
            return self._answer_batch(request)
        return self.call(request)

    def call(self, request: Request) -> Response:
        """One API method, alone or as a part of a batch."""
        match = discovery.find(request.method, request.path)
        if match is None or match.method.name not in ALLOWED:
            what = f"{request.method} {request.path}"
            with self.lock:
                self.forbidden.append(what)
            return self._counted(match.method.name if match else "unknown", answer_error(forbidden(what)))
        name = match.method.name
        with self.lock:
            self.plan.happen(name)
            fault = self.plan.strike(name)
            try:
                response = self._perform(match, request, fault)
            except GoogleError as error:
                response = answer_error(error, match.method.api)
        return self._spoiled(self._counted(name, response), fault)

    def _perform(self, match: discovery.Match, request: Request, fault: Fault | None) -> Response:
        method = match.method
        body = _read_json(request)
        problems = discovery.check_request(match, request.query, body)
        self.violations += problems
        if fault:
            fault.break_before()
        token = self.oauth.bearer(request.headers)
        if not token.scopes & method.scopes:
            raise insufficient_scope(method.scopes)
        if refusal := self.quota.charge(token.grant.person, method.name):
            raise refusal
        if problems:
            raise invalid(f"Invalid request: {problems[0]}")
        result = self._run(match, request, body, token.grant.person)
        self.violations += discovery.check_response(method, result)
        mask = request.query.get("fields")
        return answer_json(select_fields(result, mask[-1]) if mask and result is not None else result)

    def _run(self, match: discovery.Match, request: Request, body: Any, person: str) -> dict[str, Any] | None:
        name, now = match.method.name, self.clock.now()
        if match.method.api == "pubsub":
            subscription = self.pubsub.readable(match.path["subscription"], person)
            return PUBSUB[name](PubSubCall(self.pubsub, subscription, body or {}))
        one = self.people[person]
        if match.method.api == "calendar":
            if match.path["calendarId"] not in {"primary", person}:
                raise not_found("Not Found")
            if (body or {}).get("attendees"):
                self.forbidden.append(f"{name} with attendees")
            return CALENDAR[name](CalendarCall(one.calendar, now, match.path, request.query, body or {}))
        if match.path["userId"] not in {"me", person}:
            raise GoogleError(403, "forbidden", f"Delegation denied for {person}")
        return GMAIL[name](Call(one.mailbox, now, match.path, request.query, body or {}))

    def _answer_batch(self, request: Request) -> Response:
        with self.lock:
            self.plan.happen("batch")
            fault = self.plan.strike("batch")
            self.quota.usage.calls["batch"] += 1
        try:
            if fault:
                fault.break_before()
            answers = self._answer_parts(request)
        except GoogleError as error:
            return answer_error(error)
        if fault and fault.kind == faults.MISSING_PART:
            answers = answers[1:]
        if fault and fault.kind == faults.REORDERED:
            answers = answers[::-1]
        return self._spoiled(write_parts(answers), fault)

    def _answer_parts(self, request: Request) -> list[tuple[Any, Response]]:
        parts = read_parts(request)
        who = request.headers.get("authorization", "")
        with self.lock:
            room = max(0, self.batch_concurrency - self._under_way.get(who, 0))
            self._under_way[who] = self._under_way.get(who, 0) + len(parts)
        try:
            answers = [(part, self.call(part.request)) for part in parts[:room]]
            crowded = [(part, self._counted("refused", answer_error(too_concurrent()))) for part in parts[room:]]
        finally:
            with self.lock:
                self._under_way[who] -= len(parts)
        return answers + crowded

    def _answer_oauth(self, name: str, act: Callable[[OAuth, Request], Response], request: Request) -> Response:
        with self.lock:
            self.plan.happen(name)
            fault = self.plan.strike(name)
            try:
                if fault:
                    fault.break_before()
                refused = fault is not None and fault.kind in faults.OAUTH
                response = oauth.refuse(fault.kind) if fault and refused else act(self.oauth, request)
            except GoogleError as error:
                response = answer_error(error)
        return self._spoiled(self._counted(name, response), fault)

    def _spoiled(self, response: Response, fault: Fault | None) -> Response:
        if fault and fault.kind == faults.SLOW:
            self.stopping.wait(fault.seconds)
        return fault.spoil(response) if fault else response

    def _counted(self, name: str, response: Response) -> Response:
        with self.lock:
            self.quota.usage.calls[name] += 1
            self.quota.usage.statuses[response.status] += 1
        return response


_OAUTH: dict[str, tuple[str, Callable[[OAuth, Request], Response]]] = {
    "/o/oauth2/v2/auth": ("authorize", OAuth.authorize),
    "/token": ("token", OAuth.token),
    "/revoke": ("revoke", OAuth.revoke),
    "/v1/userinfo": ("userinfo", OAuth.userinfo),
    "/oauth2/v3/certs": ("certs", lambda _, __: answer_json(identity.key_set())),
}


def _read_json(request: Request) -> Any:
    if not request.body:
        return None
    try:
        return json.loads(request.body)
    except ValueError as error:
        raise GoogleError(400, "parseError", "Invalid JSON payload received.") from error

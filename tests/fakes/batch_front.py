"""Google's batch endpoint and getProfile in front of the emulator, which has neither: the product needs no second way.

A batch is taken apart and its parts are asked of the emulator one by one; all else is passed on as it is, but for
history ids: the emulator's have 21 digits, which fit into no unsigned 64-bit number.
"""

import json
import re
from http.client import HTTPConnection
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.fakes.google.batch import read_parts, write_parts
from tests.fakes.google.http import FakeHTTPServer
from tests.fakes.google.wire import Request, Response, answer_json

KEPT = frozenset({"authorization", "content-type"})
BEYOND = 17 * 10**19
"""The emulator's history ids begin with the milliseconds since 1970; less this, they are Gmail's until 2029."""
MESSAGES = "/gmail/v1/users/me/messages"


class BatchFront:
    """`with BatchFront(emulator.url) as front:`; `front.url` is the root to give the product."""

    def __init__(self, behind: str) -> None:
        self._behind = urlsplit(behind).netloc
        self._http = FakeHTTPServer(self._answer)

    @property
    def url(self) -> str:
        return self._http.url

    def __enter__(self) -> Self:
        self._http.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.stop()

    def _answer(self, request: Request) -> Response:
        if request.path == "/batch/gmail/v1":
            return write_parts([(part, self._answer(part.request)) for part in read_parts(request)])
        if re.fullmatch(r"/gmail/v1/users/[^/]+/profile", request.path):
            return self._profile(request)
        return self._pass_on(request.method, request.target, request)

    def _profile(self, request: Request) -> Response:
        """The newest history id that any message has."""
        listed = json.loads(self._pass_on("GET", f"{MESSAGES}?includeSpamTrash=true", request).body)
        targets = [f"{MESSAGES}/{message['id']}?format=minimal" for message in listed.get("messages", ())]
        read = [json.loads(self._pass_on("GET", target, request).body) for target in targets]
        newest = max((int(message["historyId"]) for message in read), default=1)
        return answer_json({"emailAddress": "", "historyId": str(newest)})

    def _pass_on(self, method: str, target: str, request: Request) -> Response:
        headers = {name: value for name, value in request.headers.items() if name in KEPT}
        connection = HTTPConnection(self._behind, timeout=30)
        try:
            connection.request(method, _lengthened(target), request.body or None, headers)
            answer = connection.getresponse()
            content_type = answer.getheader("Content-Type") or ""
            return Response(
                answer.status, _shortened(answer.read()), {"Content-Type": content_type} if content_type else {}
            )
        finally:
            connection.close()


def _lengthened(target: str) -> str:
    return re.sub(r"(?<=startHistoryId=)\d+", lambda found: str(int(found[0]) + BEYOND), target)


def _shortened(body: bytes) -> bytes:
    return re.sub(rb'(?<=")\d{21}(?=")', lambda found: b"%d" % (int(found[0]) - BEYOND), body)

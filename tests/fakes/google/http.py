"""The HTTP/1.1 layer of the fakes: keep-alive connections on threads, latency, and connections that break on demand."""

import select
import socket
import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fakes.google.errors import HangUpError
from tests.fakes.google.wire import Request, Response, compress


class FakeHTTPServer:
    """Serves `answer` on a port of 127.0.0.1 from a thread of its own until stopped.

    Every request is kept waiting `latency` seconds first, as a network would; requests that come at the same time
    wait side by side. `sleep` does the waiting, by default in real seconds.
    """

    def __init__(
        self,
        answer: Callable[[Request], Response],
        port: int = 0,
        latency: float = 0.0,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self.answer = answer
        self.latency = latency
        self.http_calls = 0
        self.stopping = threading.Event()
        self._sleep = sleep or self.stopping.wait
        self._lock = threading.Lock()
        self._listener = _Listener(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.server_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the listener and every connection; safe to call twice."""
        if self.stopping.is_set():
            return
        self.stopping.set()
        if self._thread.is_alive():
            self._listener.shutdown()
            self._thread.join()
        self._listener.end_connections()
        self._listener.server_close()

    def serve(self, request: Request) -> Response:
        with self._lock:
            self.http_calls += 1
        if self.latency:
            self._sleep(self.latency)
        return compress(request, self.answer(request))


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], fake: FakeHTTPServer) -> None:
        self.fake = fake
        self.connections: dict[socket.socket, threading.Thread] = {}
        self.to_reset: set[socket.socket] = set()
        super().__init__(address, _Connection)

    def end_connections(self) -> None:
        for connection, thread in list(self.connections.items()):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # it ended by itself just now
                continue
            thread.join(5)

    def shutdown_request(self, request: Any) -> None:
        """A connection to be reset is closed at once: an orderly shutdown would send FIN before the reset."""
        if request in self.to_reset:
            self.to_reset.discard(request)
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error; a fault of the fake itself must be seen."""
        if not self.fake.stopping.is_set():
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def setup(self) -> None:
        super().setup()
        self.server.connections[self.connection] = threading.current_thread()

    def finish(self) -> None:
        self.server.connections.pop(self.connection, None)
        super().finish()

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:  # the client left in the middle of a request or an answer
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name http.server gave it
        """Tests read counts, not logs."""

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length) if length else b"")
        try:
            response = self.server.fake.serve(request)
        except HangUpError as ending:
            self._hang_up(ending)
            return
        body = b"" if self.command == "HEAD" else response.body
        if response.pause:
            self._drip(response.head_bytes(len(response.body)), body, response.pause)
        else:
            self.wfile.write(response.head_bytes(len(response.body)) + body)

    def _drip(self, head: bytes, body: bytes, pause: float) -> None:
        """One byte at a time, until the client goes away or the server stops."""
        self.wfile.write(head)
        for at in range(len(body)):
            if self.server.fake.stopping.wait(pause):
                return
            self.wfile.write(body[at : at + 1])

    def _hang_up(self, ending: HangUpError) -> None:
        """Keep the client waiting until it goes away or `seconds` are over, then end the connection."""
        self.close_connection = True
        self.wfile.write(ending.sent)
        if ending.seconds:
            select.select([self.connection], [], [], ending.seconds)
        if ending.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.server.to_reset.add(self.connection)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _serve  # noqa: N815  # the names http.server calls

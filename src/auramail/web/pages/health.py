"""Whether the web server lives, and its figures for Prometheus."""

from http import HTTPStatus
from ipaddress import ip_address
from time import perf_counter

from flask import Blueprint, Flask, Response, abort, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

from auramail.web.security import limiter

pages = Blueprint("health", __name__)
limiter.exempt(pages)

REGISTRY = CollectorRegistry()
REQUESTS = Counter("auramail_requests", "Requests answered.", ("endpoint", "method", "status"), registry=REGISTRY)
SECONDS = Histogram("auramail_request_seconds", "Seconds until an answer began.", ("endpoint",), registry=REGISTRY)


@pages.get("/health")
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@pages.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Only for this computer; a request that a proxy passed on is not from here."""
    is_here = request.remote_addr is not None and ip_address(request.remote_addr).is_loopback
    if not is_here or "X-Forwarded-For" in request.headers:
        abort(HTTPStatus.NOT_FOUND)
    return Response(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def install(app: Flask) -> None:
    """Count every request by the name of its page, never by its address, which may hold ids."""
    app.before_request(_start_clock)
    app.after_request(_count)


def _start_clock() -> None:
    g.begun = perf_counter()


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "unknown"
    REQUESTS.labels(endpoint, request.method, str(response.status_code)).inc()
    if "begun" in g:
        SECONDS.labels(endpoint).observe(perf_counter() - g.begun)
    return response

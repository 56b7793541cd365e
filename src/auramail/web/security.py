"""What keeps the pages safe: headers, allowed hosts, cross-site requests, and how many requests one may make."""

import sys
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from auramail.flow.listen import SPEAK_SHORTER, TOO_LARGE
from auramail.reading.recordings import LONGEST_BYTES
from auramail.settings import Settings
from auramail.storage.vault import KeyFile
from auramail.web import errors

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; "
    "img-src 'self' data:; "
    "object-src 'none'; "
    "base-uri 'none'; "
    "form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
MICROPHONE = HEADERS["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
"""The same for the one page on which a person can speak."""
A_YEAR = 31_536_000
LONGEST_FORM = 1_000_000
UPLOAD = "start.upload"
SPEECH = frozenset({"search.find", "search.voice"})
LONGEST_SPEECH = LONGEST_BYTES + 10_000
"""A recording with the form around it."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

csrf = CSRFProtect()
limiter = Limiter(
    key_func=lambda: f"user:{g.user_id}" if g.get("user_id") else get_remote_address(),
    default_limits=["600 per minute"],
    strategy="sliding-window-counter",
)


def install(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=secret_key(settings),
        MAX_FORM_MEMORY_SIZE=LONGEST_FORM,
        MAX_CONTENT_LENGTH=LONGEST_FORM,
        TAKES_FILES=settings.is_on_this_computer,
        CORS_ORIGINS=frozenset(settings.cors_origins),
        ALLOWED_HOSTS=allowed_hosts(settings),
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        RATELIMIT_STORAGE_URI=counting_place(settings),
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_IN_MEMORY_FALLBACK=["600 per minute"],
    )
    hops = settings.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(_refuse_other_names)
    if settings.force_https:
        app.before_request(_lead_to_https)
    app.before_request(_refuse_other_sites)
    app.before_request(_let_files_in)
    app.before_request(_let_speech_in)
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_add_headers if not settings.force_https else _add_strict_headers)
    app.after_request(_let_origins_read)
    app.register_error_handler(CSRFError, lambda _: errors.answer(403))


def secret_key(settings: Settings) -> str:
    """What signs forms: the setting, else a key of this installation's own."""
    given = settings.flask_secret_key.get_secret_value()
    return given or KeyFile(settings.auramail_home / "form_keys").keys()[0][1].hex()


def counting_place(settings: Settings) -> str:
    """Where requests are counted, for all processes together where there is a Redis."""
    url = settings.ratelimit_storage_url or settings.redis_url or "memory://"
    return f"redis+{url}" if url.startswith("unix://") else url


def allowed_hosts(settings: Settings) -> frozenset[str | None]:
    """Names this server answers to, so that no other name can be rebound to it; empty where none was given."""
    if not settings.base_uri and not settings.is_on_this_computer:
        return frozenset()
    return frozenset({urlsplit(settings.address).hostname, "localhost", "127.0.0.1", "::1"})


def _refuse_other_names() -> None:
    allowed = current_app.config["ALLOWED_HOSTS"]
    if allowed and urlsplit(f"//{request.host}").hostname not in allowed:
        abort(400)


def _lead_to_https() -> ResponseReturnValue | None:
    if request.is_secure or request.path == "/health":
        return None
    return redirect(request.url.replace("http://", "https://", 1), 308)


def _refuse_other_sites() -> None:
    """Refuse a change another site asks for, before its token is looked at (Fetch Metadata, W3C)."""
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        abort(403)


def _let_files_in() -> None:
    """Mail files have no limit but the disk, and one door; it is shut where others could come to it."""
    if request.endpoint == UPLOAD and current_app.config["TAKES_FILES"]:
        request.max_content_length = sys.maxsize


def _let_speech_in() -> ResponseReturnValue | None:
    """Recordings are larger than any form, and smaller than anything else that a person could send by mistake."""
    if request.endpoint not in SPEECH:
        return None
    request.max_content_length = LONGEST_SPEECH
    too_large = request.content_length is not None and request.content_length > LONGEST_SPEECH
    return errors.answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE, SPEAK_SHORTER) if too_large else None


def _let_origins_read(response: Response) -> Response:
    """Let pages of the origins in the settings read the API's answers (never with the reader's cookies)."""
    origin = request.headers.get("Origin", "")
    if request.path.startswith("/api/") and origin in current_app.config["CORS_ORIGINS"]:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.vary.add("Origin")
    return response


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _add_strict_headers(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
    return _add_headers(response)

"""Error pages and API problems: what went wrong, what to do, and a reference number that finds the log line."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from auramail.core.errors import (
    AuraMailError,
    BusyError,
    NeedsPersonError,
    NotFoundError,
    SignInNeededError,
    TryAgainError,
)
from auramail.core.wording import Wording
from auramail.web.i18n import say

PAGES: Mapping[int, tuple[Wording, Wording]] = {
    400: (Wording("That did not fit"), Wording("The request could not be understood. Go back, and try it again.")),
    401: (Wording("Not signed in"), Wording("Open a mailbox first.")),
    403: (
        Wording("Not allowed"),
        Wording("The form was too old or came from another page. Go back, reload the page, and try again."),
    ),
    404: (Wording("There is nothing here"), Wording("The page does not exist, or it belongs to somebody else.")),
    405: (Wording("Not like this"), Wording("This address does something else. Nothing was changed.")),
    409: (Wording("Already being worked on"), Wording("Wait until the present run has ended, or cancel it.")),
    413: (Wording("Too large"), Wording("What was sent is larger than this page takes.")),
    422: (Wording("That cannot be used"), Wording("Some of what was sent cannot be used.")),
    429: (Wording("A little slower, please"), Wording("Too many requests came in a short time. Wait a minute.")),
    500: (Wording("Something broke"), Wording("The fault is ours, and it was written down. Your mail is as it was.")),
    503: (Wording("Not available just now"), Wording("Something AuraMail needs does not answer. Try again shortly.")),
}

FOR_PROGRAMS = ("/api/", "/voice/")
"""Where answers are JSON, problems too."""
A_MINUTE = 60
"""All limits are by the minute."""

log = structlog.get_logger("auramail.web")


def new_reference() -> str:
    """A number short enough to be read out: eight characters without the ones that look alike."""
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    return "".join(secrets.choice(alphabet) for _ in range(8))


def reference() -> str:
    """The number of the present request."""
    if "reference" not in g:
        g.reference = new_reference()
    return str(g.reference)


def is_bare(status: int) -> bool:
    """Whether the page has to do without the reader and their session, which may be what failed."""
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or "user_id" not in g


def status_of(error: AuraMailError) -> int:
    match error:
        case NotFoundError():
            return HTTPStatus.NOT_FOUND
        case BusyError():
            return HTTPStatus.CONFLICT
        case SignInNeededError():
            return HTTPStatus.FORBIDDEN
        case NeedsPersonError():
            return HTTPStatus.BAD_REQUEST
        case TryAgainError():
            return HTTPStatus.SERVICE_UNAVAILABLE
        case _:
            return HTTPStatus.INTERNAL_SERVER_ERROR


def answer(status: int, text: Wording | None = None, hint: Wording | None = None) -> Response:
    """The problem as its reader wants it: a page, a dialog for htmx, or problem+json (RFC 9457) for programs."""
    title, usual = PAGES.get(status, PAGES[400 if status < 500 else 500])
    if request.path.startswith(FOR_PROGRAMS):
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": say(text or usual),
            "reference": reference(),
        }
        response = jsonify(problem | ({"hint": say(hint)} if hint else {}))
        response.mimetype = "application/problem+json"
    else:
        is_fragment = request.headers.get("HX-Request") == "true"
        response = make_response(
            render_template(
                "errors/fragment.html"
                if is_fragment
                else "errors/bare.html"
                if is_bare(status)
                else "errors/show.html",
                status=status,
                title=title,
                text=text or usual,
                hint=hint,
                is_passing=status in {429, 500, 503} and request.method == "GET",
            )
        )
        if is_fragment:
            response.headers.update({"HX-Retarget": "#modal", "HX-Reswap": "innerHTML"})
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _told(error: AuraMailError) -> Response:
    status = status_of(error)
    log.warning("request.refused", status=status, kind=type(error).__name__, problem=error.problem.text)
    response = answer(status, error.problem, error.hint)
    if isinstance(error, TryAgainError):
        response.headers["Retry-After"] = str(max(1, round(error.after)))
    return response


def _refused(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if error.response is not None or status < 400:
        return make_response(error.get_response())
    log.info("request.refused", status=status, kind=type(error).__name__)
    response = answer(status)
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = str(A_MINUTE)
    return response


def _broke(error: InternalServerError) -> Response:
    cause = error.original_exception
    if isinstance(cause, AuraMailError):  # the session could not be opened, which comes before every view
        return _told(cause)
    log.error("request.broke", exc_info=cause, kind=type(cause).__name__)
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR)


def _remember_reference() -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(reference=reference(), method=request.method, path=request.path)


def install(app: Flask) -> None:
    app.before_request(_remember_reference)
    app.register_error_handler(AuraMailError, _told)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(InternalServerError, _broke)

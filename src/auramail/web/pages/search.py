"""Search: words, typed or spoken, become a Gmail query that is shown and can be changed before Gmail searches."""

from dataclasses import replace

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from auramail.core.accounts import Account
from auramail.core.searches import Search
from auramail.core.wording import Wording
from auramail.reading.searching.operators import canonical
from auramail.reading.searching.tokens import LONGEST_REQUEST, clean
from auramail.web import seeking
from auramail.web.api.search_shapes import SearchOut
from auramail.web.render import page, wants_fragment
from auramail.web.security import MICROPHONE, limiter
from auramail.web.signin import for_readers, reader

pages = Blueprint("search", __name__)
NOT_GMAILS = Wording.of("Gmail would not understand this.")


@pages.get("/search")
@for_readers
def show() -> ResponseReturnValue:
    return _page()


@pages.post("/search")
@for_readers
@limiter.limit("60 per minute")
def find() -> ResponseReturnValue:
    """Understand what was typed or recorded, or look at a query that the person changed."""
    if "query" in request.form:
        return _changed(request.form["query"][:LONGEST_REQUEST])
    text, clip = request.form.get("text", ""), request.files.get("clip")
    return _page(text, _listened(clip) if clip else _read(text, spoken="spoken" in request.form))


@pages.post("/voice/search")
@for_readers
@limiter.limit("20 per minute")
def voice() -> ResponseReturnValue:
    """The same for programs: a recording as the file `clip`, or as JSON the `text` that the browser recognised."""
    clip = request.files.get("clip")
    body = request.get_json(silent=True) if request.is_json else None
    text = body.get("text") if isinstance(body, dict) else None
    if clip is None and not isinstance(text, str):
        abort(422)
    found = _listened(clip) if clip else _read(str(text), spoken=True)
    return jsonify(SearchOut.of(found).model_dump())


def _account() -> Account:
    me = reader()
    return me.account or me.accounts[0]


def _listened(clip: FileStorage) -> Search:
    return seeking.heard(_account(), clip.stream.read())


def _read(text: str, *, spoken: bool) -> Search:
    found = seeking.understood(_account(), text[: 2 * LONGEST_REQUEST])
    return replace(found, heard=" ".join(clean(text).split())[:LONGEST_REQUEST]) if spoken else found


def _changed(query: str) -> Response:
    """The query as the person left it; Gmail's language is checked, and nothing of it changed but spaces."""
    checked = canonical(query.strip())
    if not checked:
        return _page(query=query, problem=NOT_GMAILS, status=422)
    return _page(query=checked)


def _page(
    text: str = "",
    found: Search | None = None,
    query: str | None = None,
    problem: Wording | None = None,
    status: int = 200,
) -> Response:
    wanted = found.query if found else query
    shown = page(
        "search/found.html" if wants_fragment() else "search/show.html",
        200 if wants_fragment() else status,
        text=(found.heard if found and found.heard else text)[:LONGEST_REQUEST],
        found=found,
        query=wanted,
        problem=problem,
        address=seeking.in_gmail(wanted) if wanted and not problem else "",
        gmail=seeking.GMAIL,
        can_hear=seeking.can_hear(),
        longest=LONGEST_REQUEST,
    )
    shown.headers["Permissions-Policy"] = MICROPHONE
    return shown

"""The start page with its doors: Google, a mail file, the sample mailbox."""

import json
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording
from auramail.web.house import house
from auramail.web.pages.dashboard import overview
from auramail.web.render import asset, page
from auramail.web.security import limiter
from auramail.web.signin import reader_or_none, sign_in

pages = Blueprint("start", __name__)
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
MAIL_FILES = (".mbox", ".mbox.gz", ".gz")


@pages.get("/")
def show() -> ResponseReturnValue:
    reader = reader_or_none()
    return overview(reader) if reader else doors()


@pages.get("/doors")
def doors() -> Response:
    return _doors()


@pages.post("/doors/sample")
@limiter.limit("30 per minute")
def open_sample() -> ResponseReturnValue:
    return _enter("sample")


@pages.post("/doors/path")
@limiter.limit("30 per minute")
def open_path() -> ResponseReturnValue:
    path = request.form.get("path", "").strip()
    try:
        return _enter(_spec(path))
    except NeedsPersonError as error:
        return _doors(422, path=path, path_problem=error.problem)


@pages.post("/doors/upload")
@limiter.limit("10 per minute")
def upload() -> ResponseReturnValue:
    file = request.files.get("file")
    try:
        return _enter(f"mbox:{_keep(file)}")
    except NeedsPersonError as error:
        return _doors(422, file_problem=error.problem)


@pages.get("/manifest.webmanifest")
def manifest() -> Response:
    described = {
        "name": "AuraMail",
        "short_name": "AuraMail",
        "start_url": url_for("start.show"),
        "display": "standalone",
        "background_color": "#f6f5f2",
        "theme_color": "#0b625b",
        "icons": [{"src": asset("logo.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return Response(json.dumps(described), mimetype="application/manifest+json")


def _doors(status: int = 200, **values: object) -> Response:
    try:
        house().google_sign_in()
        problem = None
    except NeedsPersonError as error:
        problem = error
    return page(
        "start/doors.html", status, is_local=_is_at_this_computer(), google_problem=problem, **{"path": ""} | values
    )


def _is_at_this_computer() -> bool:
    """Whether the visitor sits at this computer: what came through a proxy that nobody told us of does not."""
    return house().settings.is_on_this_computer and not any(name in request.headers for name in FORWARDED)


def _enter(source: str) -> ResponseReturnValue:
    """Open a local source as the one user of this computer, and sign them in."""
    if not _is_at_this_computer():
        abort(404)
    user = house().users.local_user()
    account = house().open_local(source, user.id)
    sign_in(user, account)
    house().audit.write("account_opened", user.id, account.id)
    return redirect(url_for("start.show"), 303)


def _spec(path: str) -> str:
    if not path:
        raise NeedsPersonError(Wording.of("Name a file or a folder."))
    kind = "maildir" if Path(path).expanduser().is_dir() else "mbox"
    return f"{kind}:{path}"


def _keep(file: FileStorage | None) -> Path:
    """Keep an uploaded mail file in AURAMAIL_HOME under a name of its own; raises NeedsPersonError for others."""
    name = secure_filename(file.filename or "") if file else ""
    if file is None or not name.lower().endswith(MAIL_FILES):
        raise NeedsPersonError(Wording.of("Choose a file that ends in .mbox or .mbox.gz."))
    folder = house().settings.auramail_home / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target, copies = folder / name, 1
    while target.exists():
        copies += 1
        target = folder / f"{copies}-{name}"
    file.save(target)
    return target

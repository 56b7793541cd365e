"""Who is there: sessions kept on the server, the signed-in reader, and which of their accounts they look at."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import Flask, Request, Response, abort, flash, g, redirect, request, session, url_for
from flask.sessions import SessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CallbackDict

from auramail.core.accounts import Account, SourceKind
from auramail.core.errors import NotFoundError
from auramail.core.users import User
from auramail.core.wording import Wording
from auramail.web.errors import FOR_PROGRAMS
from auramail.web.house import house
from auramail.web.i18n import say

P = ParamSpec("P")
CHOSEN = "account"


class Visit(CallbackDict[str, Any], SessionMixin):
    """A session's content. `token` is the cookie's value, empty before the first save."""

    def __init__(self, content: dict[str, Any] | None = None, token: str = "", user_id: int | None = None) -> None:
        def touch(_: Any) -> None:
            self.modified = True

        super().__init__(content, touch)
        self.modified = False
        self.token = token
        self.user_id = user_id


class StoredVisits(SessionInterface):
    """Sessions in the database; the browser holds a random token that means nothing elsewhere."""

    def open_session(self, app: Flask, request: Request) -> Visit:
        token = request.cookies.get(cookie_name(app), "")
        stored = house().sessions.load(token) if token else None
        return Visit(json.loads(stored.data), token, stored.user_id) if stored else Visit()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, Visit) or not session.modified:
            return
        data = json.dumps(dict(session))
        if session.token:
            house().sessions.save(session.token, data, session.user_id)
            return
        session.token = house().sessions.create(data, session.user_id)
        set_session_cookie(app, response, session.token)


def visit() -> Visit:
    """The session of this request."""
    return cast("Visit", session)


def cookie_name(app: Flask) -> str:
    """`__Host-` binds the cookie to this very host; browsers take it over https alone."""
    return "__Host-auramail" if app.config["SESSION_COOKIE_SECURE"] else "auramail"


def set_session_cookie(app: Flask, response: Response, token: str) -> None:
    response.set_cookie(
        cookie_name(app),
        token,
        httponly=True,
        samesite="Lax",
        secure=app.config["SESSION_COOKIE_SECURE"],
        path="/",
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """The signed-in person and their accounts; `account` is the one in view, None means all."""

    user: User
    accounts: tuple[Account, ...]
    account: Account | None

    @property
    def account_ids(self) -> tuple[int, ...]:
        """The accounts in view."""
        return (self.account.id,) if self.account else tuple(account.id for account in self.accounts)

    @property
    def title(self) -> str:
        return self.name_of(self.account) if self.account else say(Wording("All accounts"))

    def name_of(self, account: Account) -> str:
        """What to call an account: its address, or the file's name, or that it is the sample."""
        if account.kind is SourceKind.SAMPLE:
            return say(Wording("Sample mailbox"))
        return account.address or account.path.rstrip("/").rpartition("/")[2] or account.path

    def own(self, account_id: int) -> Account:
        """One of the reader's accounts; anything else does not exist for them."""
        for account in self.accounts:
            if account.id == account_id:
                return account
        raise NotFoundError(Wording.of("There is no such account."))


def reader_or_none() -> Reader | None:
    """The signed-in reader of this request, read once."""
    if "reader" not in g:
        g.reader = None  # for the error page, should the next line fail
        g.reader = _read_reader()
    found: Reader | None = g.reader
    return found


def reader() -> Reader:
    """The signed-in reader; a view that calls it is marked `for_readers`."""
    found = reader_or_none()
    if found is None:
        abort(401)
    return found


def _read_reader() -> Reader | None:
    user_id = visit().user_id
    if user_id is None:
        return None
    user = house().users.get(user_id)
    accounts = tuple(house().accounts.of_user(user_id))
    if not accounts:
        return None
    chosen = visit().get(CHOSEN)
    account = next((account for account in accounts if account.id == chosen), None)
    if account is None and len(accounts) == 1:
        account = accounts[0]
    g.zone = (account or accounts[0]).zone
    return Reader(user, accounts, account)


def for_readers(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Lead those who are not signed in to the start page; tell programs 401."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if reader_or_none() is not None:
            return view(*args, **kwargs)
        if request.path.startswith(FOR_PROGRAMS):
            abort(401)
        flash(say(Wording("Open a mailbox first.")), "warn")
        return redirect(url_for("start.doors"), 303)

    return guarded


def sign_in(user: User, account: Account) -> None:
    """Begin a session of the user's own: whatever the visitor held before is void (session fixation)."""
    mine = visit()
    old = mine.token
    mine.clear()
    mine.token, mine.user_id = "", user.id
    mine[CHOSEN] = account.id
    if old:
        house().sessions.end(old)
    g.pop("reader", None)


def sign_out() -> None:
    """End the session on the server; the cookie that is left opens nothing."""
    mine = visit()
    if mine.token:
        house().sessions.end(mine.token)
    mine.clear()
    mine.token, mine.user_id, mine.modified = "", None, False
    g.pop("reader", None)


def install(app: Flask, address: str) -> None:
    app.config["SESSION_COOKIE_SECURE"] = address.startswith("https://")
    app.session_interface = StoredVisits()
    app.before_request(_name_user)


def _name_user() -> None:
    g.user_id = visit().user_id

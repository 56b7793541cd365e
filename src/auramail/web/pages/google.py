"""Signing in with Google and out of it again."""

from flask import Blueprint, Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError, TryAgainError
from auramail.core.users import User
from auramail.core.wording import Wording
from auramail.mail.gmail.consent import Pending, SignedIn
from auramail.mail.gmail.credentials import Credentials
from auramail.ops.live import resume_live
from auramail.web.house import house
from auramail.web.render import page
from auramail.web.security import limiter
from auramail.web.signin import for_readers, reader, reader_or_none, sign_in

pages = Blueprint("google", __name__)
PENDING = "google_pending"
SCOPE_NAMES = {
    "https://www.googleapis.com/auth/gmail.modify": (
        Wording("Reading and labelling your mail"),
        Wording("Without it nothing can be sorted."),
    ),
    "https://www.googleapis.com/auth/calendar.events": (
        Wording("Adding events to your calendar"),
        Wording("Deadlines and meetings will not be put into the calendar; everything else works."),
    ),
}


@pages.get("/authorize")
@limiter.limit("20 per minute")
def authorize() -> ResponseReturnValue:
    address, pending = house().google_sign_in().begin(login_hint=request.args.get("hint", "")[:254])
    session[PENDING] = pending.to_json()
    return redirect(address, 303)


@pages.get("/callback")
@limiter.limit("20 per minute")
def callback() -> ResponseReturnValue:
    remembered = session.pop(PENDING, None)
    pending = Pending.from_json(remembered) if remembered else None
    signed_in = house().google_sign_in().finish(pending, request.args)
    account = _connect(signed_in)
    if signed_in.missing:
        return _show_missing(signed_in, account)
    return redirect(url_for("start.show"), 303)


@pages.post("/clear-credentials")
@for_readers
def clear_credentials() -> ResponseReturnValue:
    account = reader().own(int(request.form.get("account", "0")))
    credential = house().credentials.load(account.id)
    if credential is not None:
        _revoke(credential.secret)
    house().credentials.erase(account.id)
    house().accounts.pause(account.id, Wording("You disconnected it from Google."))
    house().audit.write("credentials_erased", reader().user.id, account.id)
    return redirect(url_for("start.show"), 303)


def _connect(signed_in: SignedIn) -> Account:
    """Keep what Google gave, for the person who is here or the one Google names, and begin their session."""
    user = _whose(signed_in)
    account = house().accounts.connect_gmail(user.id, signed_in.identity.email, house().settings.timezone)
    house().credentials.save(account.id, signed_in.credentials.to_bytes(), signed_in.credentials.scopes)
    house().accounts.pause(account.id, None)
    resume_live(house(), account.id)
    sign_in(user, account)
    house().audit.write("account_connected", user.id, account.id, {"missing": list(signed_in.missing)})
    return account


def _whose(signed_in: SignedIn) -> User:
    """Whom Google names; another account joins the person who is signed in with Google already.

    The one user of this computer never gets it: whoever reaches the local doors is that user, without a password.
    """
    identity = signed_in.identity
    allowed = house().settings.allowed_emails
    email = identity.email.lower()
    if allowed and email not in allowed and f"@{email.rpartition('@')[2]}" not in allowed:
        raise NeedsPersonError(
            Wording.of("{email} may not sign in here.", email=email),
            Wording.of("Ask whoever runs this AuraMail to add the address to ALLOWED_EMAILS."),
        )
    me = reader_or_none()
    if me is not None and me.user.google_sub is not None:
        return me.user
    return house().users.signed_in(identity.subject, email, "")


def _show_missing(signed_in: SignedIn, account: Account) -> Response:
    missing = [SCOPE_NAMES.get(scope, (Wording.of("{scope}", scope=scope), None)) for scope in signed_in.missing]
    return page("google/missing.html", missing=missing, account=account)


def _revoke(secret: bytes) -> None:
    """Tell Google that the grant is over; what cannot be told now ends at Google when the person removes it there."""
    try:
        house().google_sign_in().revoke(Credentials.from_bytes(secret))
    except (NeedsPersonError, TryAgainError):
        return

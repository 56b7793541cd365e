"""Where Google's Pub/Sub knocks when a mailbox has changed: no session, no form; the token proves who it is."""

import structlog
from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from auramail.mail.gmail.announcements import Announcement
from auramail.mail.gmail.push import PushRefusedError, PushVerifier
from auramail.ops.announcements import take_note
from auramail.web.house import house
from auramail.web.security import csrf, limiter

pages = Blueprint("push", __name__)
csrf.exempt(pages)
log = structlog.get_logger("auramail.web")


@pages.post("/push/gmail")
@limiter.limit("3000 per minute", override_defaults=True)
def hear() -> ResponseReturnValue:
    """Answer once it is noted, so that Pub/Sub sends again what was not; replayed ones do nothing."""
    verifier = house().push_verifier
    if verifier is None:
        abort(404)
    announcement = _proven(verifier)
    take_note(house(), [announcement] if announcement else [])
    return "", 204


def _proven(verifier: PushVerifier) -> Announcement | None:
    try:
        return verifier.verify(request.headers.getlist("Authorization"), request.get_data())
    except PushRefusedError as error:
        log.warning("push.refused", claim=error.claim.value)
        abort(403)

"""What belongs to the person at the page: the account in view, language, appearance, signing out."""

from urllib.parse import urlsplit

from flask import Blueprint, g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from auramail.core.users import Theme
from auramail.translations import LANGUAGES
from auramail.web.house import house
from auramail.web.i18n import LANGUAGE_COOKIE
from auramail.web.render import THEME_COOKIE, THEMES, wants_fragment
from auramail.web.signin import CHOSEN, for_readers, reader, reader_or_none, sign_out

pages = Blueprint("account", __name__)
A_YEAR = 31_536_000


@pages.post("/accounts/choose")
@for_readers
def choose() -> ResponseReturnValue:
    chosen = request.form.get("account", "")
    session[CHOSEN] = reader().own(int(chosen)).id if chosen.isdecimal() else "all"
    return redirect(url_for("start.show"), 303)


@pages.post("/preferences")
def prefer() -> ResponseReturnValue:
    response = make_response("", 204) if wants_fragment() else redirect(own_path(request.form.get("next", "")), 303)
    for name, choices in ((LANGUAGE_COOKIE, LANGUAGES), (THEME_COOKIE, THEMES)):
        chosen = request.form.get(name, "")
        if chosen in choices:
            secure = request.is_secure
            response.set_cookie(name, chosen, A_YEAR, httponly=True, samesite="Lax", secure=secure)
            _remember(name, chosen)
    return response


@pages.post("/logout")
def log_out() -> ResponseReturnValue:
    if g.user_id:
        house().audit.write("signed_out", g.user_id)
    sign_out()
    response = redirect(url_for("start.doors"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def own_path(target: str) -> str:
    """The target if it is a path of this very site, else the start page."""
    parts = urlsplit(target.replace("\\", "/").strip())
    is_own = not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith(("//", "/\\"))
    is_clean = target.isprintable() and not any(character.isspace() for character in target)
    return target if is_own and is_clean else url_for("start.show")


def _remember(name: str, chosen: str) -> None:
    """Keep the choice with the person too, so that it follows them to their next browser."""
    me = reader_or_none()
    if me is None:
        return
    language = chosen if name == LANGUAGE_COOKIE else me.user.language
    theme = Theme(chosen) if name == THEME_COOKIE else me.user.theme
    house().users.save_preferences(me.user.id, language, theme)

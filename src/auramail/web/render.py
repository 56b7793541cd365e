"""Templates: what every one of them may use, and how fragments and whole pages are told apart."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import Flask, Response, make_response, redirect, render_template, request, url_for

from auramail.core.history import State
from auramail.flow.labelling import name_of_new
from auramail.web import vocabulary
from auramail.web.errors import reference
from auramail.web.i18n import say
from auramail.web.signin import reader_or_none

BUILD = Path(__file__).parent / "static" / "build"
A_YEAR = 31_536_000
THEMES = ("system", "light", "dark")
THEME_COOKIE = "theme"


@cache
def manifest() -> dict[str, str]:
    """Which built file stands for which source."""
    files: dict[str, str] = json.loads((BUILD / "manifest.json").read_text(encoding="utf-8"))
    return files


def asset(name: str) -> str:
    """The address of a built file; its name changes with its content, so it may be kept for ever."""
    return url_for("static", filename=f"build/{manifest()[name]}")


def theme() -> str:
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "system"


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def page(template: str, status: int = 200, **values: object) -> Response:
    """A whole page, never kept by a cache."""
    response = make_response(render_template(template, **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def lead_to(address: str) -> Response:
    """Send the browser on: a redirect, or for htmx the header that makes it one."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": address})
    return make_response(redirect(address, 303))


def label_name(label_id: str, names: Mapping[str, str]) -> str:
    """A label as the person knows it; one that a dry run only thought of by the name it would get."""
    if label_id in vocabulary.FOLDERS:
        return say(vocabulary.FOLDERS[label_id])
    return names.get(label_id, name_of_new(label_id))


def install(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR  # built files change their names with their content
    app.jinja_env.globals.update(
        asset=asset,
        theme=theme,
        themes=THEMES,
        reader=reader_or_none,
        reference=reference,
        words=vocabulary,
        State=State,
    )
    app.jinja_env.filters.update(
        done=vocabulary.done,
        model_said=vocabulary.model_said,
        named=lambda key, names: vocabulary.name_of(names, key),
        label=label_name,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

"""The application: every page and every guard, put together around a house."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from apiflask import APIFlask
from flask import Flask

from auramail.web import errors, i18n, render, security, signin
from auramail.web import house as houses
from auramail.web.api import accounts, analytics, docs
from auramail.web.api import history as api_history
from auramail.web.api import model as api_model
from auramail.web.api import rules as api_rules
from auramail.web.api import runs as api_runs
from auramail.web.api import search as api_search
from auramail.web.api import survey as api_survey
from auramail.web.api.programs import SECURITY_SCHEMES
from auramail.web.pages import (
    account,
    dashboard,
    export,
    google,
    health,
    history,
    live,
    model,
    policy,
    push,
    report,
    rules,
    runs,
    search,
    sent,
    sort,
    start,
    survey,
)

if TYPE_CHECKING:
    from auramail.wiring.house import House

PAGES = (
    start,
    account,
    google,
    dashboard,
    live,
    sort,
    runs,
    report,
    history,
    search,
    policy,
    rules,
    model,
    sent,
    survey,
    export,
    health,
    push,
    docs,
)
API = (accounts, api_runs, api_history, api_search, api_rules, api_model, api_survey, analytics)


def create_app(house: "House") -> Flask:
    """A WSGI application over an open house; nothing is kept outside it."""
    app = APIFlask(
        "auramail.web",
        title="AuraMail",
        version=version("auramail"),
        spec_path="/api/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    app.config.update(SERVERS=[{"url": "/"}], INFO={"description": "Sorts mail, explains it, and takes it back."})
    app.security_schemes = SECURITY_SCHEMES
    houses.install(app, house)
    errors.install(app)
    health.install(app)
    signin.install(app, house.settings.address)
    security.install(app, house.settings)
    i18n.install(app, house.clock.now)
    render.install(app)
    for room in PAGES:
        app.register_blueprint(room.pages)
    for part in API:
        app.register_blueprint(part.api)
    return app

"""The API's description, shown by Swagger UI from our own server."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from auramail.web.render import page

pages = Blueprint("docs", __name__)


@pages.get("/api/docs")
def show() -> ResponseReturnValue:
    return page("docs/show.html")

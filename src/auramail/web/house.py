"""The house whose door this is."""

from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

if TYPE_CHECKING:
    from auramail.wiring.house import House

KEY = "auramail"


def house() -> "House":
    """The house of the application that answers the present request."""
    return cast("House", current_app.extensions[KEY])


def install(app: Flask, finished: "House") -> None:
    app.extensions[KEY] = finished

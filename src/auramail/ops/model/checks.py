"""Whether the language model answers: asked on start and when a person wants to know, and remembered."""

from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from typing import Any, Final

from auramail.core.errors import AuraMailError
from auramail.core.wording import Wording
from auramail.ops.logs import log
from auramail.ops.model.places import GOOGLES, host_of
from auramail.settings import Settings
from auramail.wiring.house import House, open_house

CHECK: Final = "model_check"


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a server said that it would answer, and when it was asked that; `problem` is None if it would."""

    at: datetime
    problem: Wording | None = None
    hint: Wording | None = None


def check_model(house: House) -> Checked | None:
    """Ask the model's server whether it would answer, and remember that; None where no model is to be asked.

    Only the key and the model's name are sent. What stands against it is told, not raised.
    """
    now = house.clock.now()
    try:
        provider = house.models.provider
        if provider is None:
            return None
        provider.check()
        checked = Checked(now)
    except AuraMailError as error:
        checked = Checked(now, error.problem, what_to_do(error, house.settings))
    house.preferences.save_for_user(house.users.local_user().id, CHECK, _to_json(checked, house.settings))
    return checked


def what_to_do(error: AuraMailError, settings: Settings) -> Wording:
    """The error's own advice; where it has none, the server is away, and its address is the setting to look at."""
    if error.hint is not None:
        return error.hint
    if not host_of(settings):
        return Wording.of("Look whether this computer reaches the internet, and try again in a minute.")
    setting = "GEMINI_BASE_URL" if settings.default_model in GOOGLES else "OPENAI_BASE_URL"
    return Wording.of("Look whether its server runs, and check {setting}.", setting=setting)


def last_check(house: House) -> Checked | None:
    """What the last check of this very model said; None if there was none."""
    user = house.users.local_user_or_none()
    saved = house.preferences.of_user(user.id, CHECK) if user else None
    if saved is None or saved["of"] != _name_of(house.settings):
        return None
    problem, hint = (Wording.from_json(saved[name]) if saved[name] else None for name in ("problem", "hint"))
    return Checked(datetime.fromisoformat(saved["at"]), problem, hint)


def check_aside(settings: Settings) -> Thread:
    """Check the model in a thread of its own, which nobody has to wait for; what is wrong stands in the log."""
    thread = Thread(target=_check_aside, args=(settings,), name="model-check", daemon=True)
    thread.start()
    return thread


def _check_aside(settings: Settings) -> None:
    with open_house(settings) as house:
        checked = check_model(house)
    if checked is not None and checked.problem is not None:
        log.warning("model_does_not_answer", why=checked.problem.say(), do=checked.hint.say() if checked.hint else "")


def _name_of(settings: Settings) -> str:
    return " ".join((settings.default_model, settings.model_name, host_of(settings)))


def _to_json(checked: Checked, settings: Settings) -> dict[str, Any]:
    return {
        "of": _name_of(settings),
        "at": checked.at.isoformat(),
        "problem": checked.problem.to_json() if checked.problem else None,
        "hint": checked.hint.to_json() if checked.hint else None,
    }

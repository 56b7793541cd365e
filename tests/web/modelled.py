"""A house with a language model in its settings, for the tests of its pages and its API."""

from datetime import timedelta
from typing import Any

from auramail.ai.today import Today
from auramail.core.accounts import Account
from auramail.core.costs import Cap
from auramail.core.questions import Part
from auramail.wiring.house import House
from tests.fakes.answering import a_question, an_answer

MODEL = "llama3.2"
CLOUD: dict[str, Any] = {
    "openai_base_url": "http://127.0.0.1:9/v1",
    "openai_model": MODEL,
    "openai_is_cloud": "yes",
    "model_prices": f"{MODEL}=0.30/2.50",
}
FREE: dict[str, Any] = {"gemini_api_key": "AIza-canary-model-key", "gemini_tier": "free"}
PAID: dict[str, Any] = FREE | {"gemini_tier": "paid"}
NO_CAP = Cap()
SHOWN = (
    '{"from": "Bo <bo@x.example>", "subject": "Hm", "date": "2026-03-14", "text": "<b>Yes</b>\\nand [one-time code]"}'
)


def spend(house: House, account: Account, *parts: Part, micros: int = 470, run_id: int = 0) -> int:
    """One answered call of today about some messages, 900 tokens sent and 80 answered; gives its id."""
    day = Today(house.clock, house.settings.timezone).date()
    assert house.bills.reserve(day, NO_CAP, 0)
    return house.bills.settle(
        day, a_question(*parts, account_id=account.id, run_id=run_id), an_answer(micros=micros), 0
    )


def grow_old(house: House, days: int) -> None:
    """Erase what is older than the settings keep it, as on a day so many days from now."""
    house.bills.purge(house.clock.now() + timedelta(days=days - house.settings.model_keep_sent_days))

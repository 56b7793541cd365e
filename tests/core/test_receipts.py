"""A receipt proves that nothing listed was lost."""

import json

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.receipts import Receipt


def test_whole_receipt_adds_up() -> None:
    assert Receipt(1, listed=6, handled=3, skipped={"already_handled": 2}, failed={"gone": 1}).is_whole
    assert Receipt(1, listed=0, handled=0).is_whole


def test_lost_message_shows() -> None:
    assert not Receipt(1, listed=6, handled=3, skipped={"already_handled": 2}).is_whole


def test_receipt_is_plain_json() -> None:
    receipt = Receipt(
        7, 2, 2, by_category={Category.SOCIAL: 2}, by_action={Action.MOVE: 2}, seconds=0.123456, quota_units=45
    )

    said = json.loads(json.dumps(receipt.to_json()))

    assert said["by_category"] == {"SOCIAL": 2}
    assert said["by_action"] == {"MOVE": 2}
    assert said["seconds"] == 0.123
    assert said["quota_units"] == 45
    assert all(type(name) is str for name in receipt.to_json()["by_category"])  # type: ignore[attr-defined]  # a dict


def test_receipt_names_what_other_programs_rely_on() -> None:
    promised = {
        "run", "listed", "handled", "skipped", "failed", "by_category", "by_action", "findings", "model_calls",
        "quota_units", "seconds",
    }  # fmt: skip

    assert promised <= Receipt(1, 0, 0).to_json().keys()

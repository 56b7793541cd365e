"""A whole evaluation: what is judged, what was judged before, and a model that needs its operator."""

import json
from pathlib import Path

import pytest

from auramail.core.accounts import Person
from auramail.core.decisions import Category, Judge, Opinion
from auramail.core.errors import NeedsPersonError
from auramail.core.messages import Message
from auramail.core.wording import Wording
from auramail.flow.classify import Judges
from auramail.ops.quality.evaluate import evaluate
from tests.mail.letters import letter

UNCLEAR = letter("1", body="2")
"""Nobody can say what this is, so the model is asked."""


class SureModel:
    name = "sure"

    def judge(self, message: Message, person: Person) -> Opinion | None:
        del message, person
        return Opinion(Judge.MODEL, 0.9, Wording("It is so"), category=Category.SOCIAL)


class RefusedModel:
    name = "refused"

    def judge(self, message: Message, person: Person) -> Opinion | None:
        del message, person
        raise NeedsPersonError(Wording("The key is wrong."))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [{"file": f"{name}.eml", "category": "SOCIAL"} for name in "ab"]
    for line in lines:
        (tmp_path / line["file"]).write_bytes(UNCLEAR)
    decided = {"category": "SOCIAL", "kind": "social", "confidence": 1, "danger": "NONE", "expects_reply": False}
    recorded = {"category": "SOCIAL", "decided": decided | {"source": "model", "model_calls": 3}}
    (tmp_path / "labels.jsonl").write_text("\n".join(json.dumps(line) for line in [*lines, recorded]), "utf-8")
    return tmp_path


def test_calls_are_counted_for_all_and_speed_for_what_was_judged_now(folder: Path) -> None:
    evaluation = evaluate(folder, Person(), Judges(model=SureModel()))

    assert [item.name for item in evaluation.judged] == ["a.eml", "b.eml", "labels.jsonl:3"]
    assert evaluation.report["categories"]["right"]["share"] == 1
    assert evaluation.report["cost"] == {"model_calls": 5}  # one for each message that was judged now, three before
    assert evaluation.report["speed"]["messages"] == 2
    assert evaluation.report["unlabelled"] == 0


def test_a_model_that_needs_its_operator_ends_the_measurement(folder: Path) -> None:
    with pytest.raises(NeedsPersonError, match="The key is wrong"):
        evaluate(folder, Person(), Judges(model=RefusedModel()))


def test_a_model_that_could_not_be_opened_measures_nothing(folder: Path) -> None:
    judges = Judges(problem=NeedsPersonError(Wording("The key is missing.")))

    with pytest.raises(NeedsPersonError, match="The key is missing"):
        evaluate(folder, Person(), judges)

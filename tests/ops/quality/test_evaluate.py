"""A whole evaluation: what is judged, what was judged before, and a model that needs its operator."""

import json
from pathlib import Path

import pytest

from auramail.ai.scripted import ScriptedModel
from auramail.core.accounts import Person
from auramail.core.errors import NeedsPersonError
from auramail.core.questions import Question
from auramail.core.wording import Wording
from auramail.flow.advice import Adviser
from auramail.flow.classify import Judges
from auramail.ops.quality.evaluate import evaluate
from tests.fakes.judging_model import JudgingModel
from tests.mail.letters import letter

UNCLEAR = letter("1", body="2")
"""Nobody can say what this is, so the model is asked."""


def refusing(question: Question) -> str:
    del question
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
    evaluation = evaluate(folder, Person(), Judges(), Adviser(JudgingModel()))

    assert [item.name for item in evaluation.judged] == ["a.eml", "b.eml", "labels.jsonl:3"]
    assert evaluation.report["categories"]["right"]["share"] == 1
    assert evaluation.report["cost"] == {  # one for each message that was judged now, three before
        "model_calls": 5,
        "tokens_sent": 200,
        "tokens_answered": 20,
        "dollars": 0.000014,
    }
    assert evaluation.report["speed"]["messages"] == 2
    assert evaluation.report["unlabelled"] == 0


def test_a_model_that_needs_its_operator_ends_the_measurement(folder: Path) -> None:
    with pytest.raises(NeedsPersonError, match="The key is wrong"):
        evaluate(folder, Person(), Judges(), Adviser(ScriptedModel(refusing)))

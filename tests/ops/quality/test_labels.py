"""Labels beside mail, and files of them, as people and programs write them."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from auramail.core.decisions import Category, Judge, Kind
from auramail.core.errors import NeedsPersonError
from auramail.core.findings import Danger
from auramail.ops.quality.labels import read_labels
from auramail.ops.quality.said import Judged
from auramail.ops.quality.truths import Labelled
from tests.mail.letters import letter, mbox_of

RAW = letter("Water", message_id="1@city.example")
DECIDED = {
    "category": "IMPORTANT",
    "kind": "bill",
    "urgency": "LOW",
    "confidence": 0.7,
    "danger": "LOW",
    "findings": [],
    "expects_reply": False,
    "entities": {"due_date": "2026-03-19", "amount": None, "company_name": None, "location": None},
    "source": "signal",
    "reason": "It is so",
    "model_calls": 1,
}


def write(file: Path, *labels: object) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in labels), "utf-8")
    return file


def mail(path: Path, raw: bytes = RAW) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


def refused(path: Path) -> NeedsPersonError:
    with pytest.raises(NeedsPersonError) as error:
        list(read_labels(path))
    return error.value


def said(error: NeedsPersonError) -> str:
    return f"{error.problem.say()} — {error.hint.say() if error.hint else ''}"


def test_a_folder_has_its_labels_beside_its_mail(tmp_path: Path) -> None:
    mail(tmp_path / "a.eml")
    mail(tmp_path / "deep" / "er" / "b.eml")
    mail(tmp_path / "deep" / "c.eml")
    write(tmp_path / "labels.jsonl", {"file": "deep/er/b.eml", "kind": "bill"}, "", {"path": "a.eml", "kind": "work"})

    labels = read_labels(tmp_path)

    found = list(labels)
    assert [(one.name, one.truth.kind) for one in found] == [("deep/er/b.eml", Kind.BILL), ("a.eml", Kind.WORK)]
    assert all(isinstance(one, Labelled) and one.source.raw == RAW for one in found)
    assert (labels.count, labels.unlabelled) == (2, 1)


def test_paths_as_classify_writes_them_are_found_wherever_it_was_called(tmp_path: Path) -> None:
    mail(tmp_path / "box" / "sub" / "a.eml")
    path = tmp_path / "box" / "sub" / "a.eml"
    write(tmp_path / "box" / "labels.jsonl", {"path": str(path), "kind": "bill"})
    write(tmp_path / "above.jsonl", {"path": "box/sub/a.eml", "kind": "bill"})

    assert [one.name for one in read_labels(tmp_path / "box")] == ["sub/a.eml"]
    assert [one.name for one in read_labels(tmp_path / "above.jsonl")] == ["box/sub/a.eml"]


def test_the_line_of_the_labels_themselves_is_passed_over(tmp_path: Path) -> None:
    mail(tmp_path / "a.eml")
    write(tmp_path / "labels.jsonl", {"path": "a.eml", "kind": "bill"}, {"path": "labels.jsonl", "kind": "other"})

    assert [one.name for one in read_labels(tmp_path)] == ["a.eml"]


def test_a_message_that_is_labelled_again_has_the_later_label(tmp_path: Path) -> None:
    mail(tmp_path / "a.eml")
    write(tmp_path / "labels.jsonl", {"file": "a.eml", "kind": "bill"}, {"file": "a.eml", "kind": "work"})

    labels = read_labels(tmp_path)

    assert [one.truth.kind for one in labels] == [Kind.WORK]
    assert labels.count == 1


def test_a_line_may_carry_the_message_itself(tmp_path: Path) -> None:
    file = write(
        tmp_path / "mine.jsonl",
        {"message": RAW.decode(), "kind": "bill", "id": "<1@city.example>"},
        {"message_base64": base64.b64encode(RAW).decode(), "kind": "work"},
    )

    found = list(read_labels(file))

    assert [one.name for one in found] == ["<1@city.example>", "mine.jsonl:2"]
    assert [one.source.raw for one in found if isinstance(one, Labelled)] == [RAW, RAW]


def test_a_line_may_carry_only_what_was_decided(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.jsonl", {"kind": "work", "language": "uk", "decided": DECIDED | {"left_inbox": True}})

    [found] = read_labels(file)

    assert isinstance(found, Judged)
    assert (found.truth.kind, found.said.kind, found.said.category) == (Kind.WORK, Kind.BILL, Category.IMPORTANT)
    assert (found.said.confidence, found.said.danger, found.said.judge) == (0.7, Danger.LOW, Judge.SIGNAL)
    assert (found.said.model_calls, found.said.reason.say(), found.said.left_inbox) == (1, "It is so", True)
    assert found.said.entities["amount"] is None
    assert found.language == "uk"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    mail(tmp_path / "a.eml")
    (tmp_path / "labels.jsonl").write_bytes(b'\xef\xbb\xbf{"file": "a.eml", "kind": "bill"}\r\n')

    assert [one.truth.kind for one in read_labels(tmp_path)] == [Kind.BILL]


def test_a_folder_without_labels_says_how_to_make_them(tmp_path: Path) -> None:
    assert "There is no labels.jsonl in" in said(refused(tmp_path))
    assert "auramail classify --json" in said(refused(tmp_path))


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_labels_without_a_line_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "labels.jsonl").write_text(text, "utf-8")

    assert "No message is labelled in" in said(refused(tmp_path))


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        ("not json", "Line 2 of labels.jsonl is not JSON."),
        ('{"file": "a.eml"', "Line 2 of labels.jsonl is not JSON."),
        ("[" * 100_000, "Line 2 of labels.jsonl is not JSON."),
        ("[]", "Line 2 of labels.jsonl is not a JSON object."),
        ({"kind": "bill"}, "Line 2 of labels.jsonl names no message."),
        ({"file": 7, "kind": "bill"}, "Line 2 of labels.jsonl names no message."),
        ({"file": "a.eml"}, "Line 2 of labels.jsonl says nothing that can be measured."),
        ({"file": "a.eml", "kind": "invoice"}, 'Line 2 of labels.jsonl: kind cannot be "invoice".'),
        ({"file": "gone.eml", "kind": "bill"}, "Line 2 of labels.jsonl names gone.eml, which is not in"),
        ({"file": "../outside.eml", "kind": "bill"}, "names ../outside.eml, which is not in"),
        ({"file": "", "kind": "bill"}, "names no message."),
        ({"file": "x" * 5000, "kind": "bill"}, "which is not in"),
        ({"file": "a\0.eml", "kind": "bill"}, "which is not in"),
        ({"file": ".", "kind": "bill"}, "which is not in"),
        ('{"file": "a.eml", "kind": ' + "[" * 900 + "]" * 900 + "}", "kind cannot be …."),
        (
            '{"file": "a.eml", "amount": {"currency": "UAH", "value": ' + "[" * 900 + "]" * 900 + "}}",
            "amount cannot be ….",
        ),
        ({"file": "a.eml", "amount": {"value": "x"}}, 'amount cannot be {"value":"x"}.'),
        ({"message_base64": "é", "kind": "bill"}, "message_base64 cannot be"),
        ({"message_base64": "#", "kind": "bill"}, "message_base64 cannot be"),
        ({"decided": {"kind": "bill"}, "kind": "bill"}, "category cannot be null."),
        ({"decided": DECIDED | {"confidence": 7}, "kind": "bill"}, "confidence cannot be 7."),
        ({"decided": DECIDED | {"danger": None}, "kind": "bill"}, "danger cannot be null."),
        ({"decided": DECIDED | {"expects_reply": "no"}, "kind": "bill"}, 'expects_reply cannot be "no".'),
        ({"decided": DECIDED | {"model_calls": -1}, "kind": "bill"}, "model_calls cannot be -1."),
        ({"decided": DECIDED | {"left_inbox": 1}, "kind": "bill"}, "left_inbox cannot be 1."),
    ],
)
def test_a_line_out_of_form_is_named(tmp_path: Path, label: Any, problem: str) -> None:
    mail(tmp_path / "outside.eml")
    mail(tmp_path / "box" / "a.eml")
    write(tmp_path / "box" / "labels.jsonl", {"file": "a.eml", "kind": "bill"}, label)

    assert problem in said(refused(tmp_path / "box"))


def test_a_kind_that_is_none_is_answered_with_all_kinds(tmp_path: Path) -> None:
    mail(tmp_path / "a.eml")
    write(tmp_path / "labels.jsonl", {"file": "a.eml", "kind": "invoice"})

    told = said(refused(tmp_path))

    assert all(kind.value in told for kind in Kind)


def test_labels_that_are_not_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_bytes(b"\xff\xfe{\0}\0")

    assert "Line 1 of labels.jsonl is not JSON." in said(refused(tmp_path))


def test_a_file_of_several_messages_is_refused(tmp_path: Path) -> None:
    mail(tmp_path / "a.eml", mbox_of(RAW, RAW))
    write(tmp_path / "labels.jsonl", {"file": "a.eml", "kind": "bill"})

    assert "holds 2 messages" in said(refused(tmp_path))


def test_a_message_in_a_mail_program_s_own_form_is_one_message(tmp_path: Path) -> None:
    mail(tmp_path / "a.eml", mbox_of(RAW))
    write(tmp_path / "labels.jsonl", {"file": "a.eml", "kind": "bill"})

    assert [one.name for one in read_labels(tmp_path)] == ["a.eml"]


def test_labels_that_are_a_folder_are_no_labels(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").mkdir()

    assert "There is no labels.jsonl in" in said(refused(tmp_path))

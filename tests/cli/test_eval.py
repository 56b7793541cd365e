"""`auramail eval`: how good decisions are on mail that a person has labelled."""

import json
from pathlib import Path
from typing import Any

import pytest

from auramail.core.decisions import Kind
from tests.cli.conftest import Command
from tests.house import ANA, newsletter, note
from tests.mail.letters import letter

BILL = letter(
    "Invoice 17 is due",
    sender="Garden Ltd <billing@garden.example>",
    to=ANA,
    body="Dear Ana,\n\nplease pay UAH 1,500.00 by 15 December 2026.\n\nGarden Ltd",
)
TRUTHS: dict[str, dict[str, Any]] = {
    "news.eml": {"kind": "newsletter", "category": "NEWSLETTER", "expects_reply": False},
    "sub/note.eml": {"kind": "personal", "category": "IMPORTANT", "source": "friends"},
    "sub/bill.eml": {
        "kind": "bill",
        "category": "ACTION_REQUIRED",
        "entities": {"due_date": "2026-12-15", "amount": {"value": "1500.00", "currency": "UAH"}},
    },
}
BODY = {
    "messages",
    "kinds",
    "categories",
    "calibration",
    "guard",
    "action_required",
    "expects_reply",
    "entities",
    "hidden",
    "judges",
    "local",
}
TOP = {"path", "model", "by_language", "by_source", "unlabelled", "speed", "cost"}


def label(folder: Path, truths: dict[str, dict[str, Any]]) -> None:
    lines = [json.dumps({"file": name, **truth}) for name, truth in truths.items()]
    (folder / "labels.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture
def labelled(home: Path) -> Path:
    folder = home / "mail"
    (folder / "sub").mkdir(parents=True)
    for name, raw in {"news.eml": newsletter(1), "sub/note.eml": note(1), "sub/bill.eml": BILL}.items():
        (folder / name).write_bytes(raw)
    label(folder, TRUTHS)
    return folder


def test_every_number_has_its_place(auramail: Command, labelled: Path) -> None:
    answer = auramail("eval", "--json", labelled)

    report = answer.json()
    assert answer.code == 0
    assert report.keys() == BODY | TOP
    assert report["messages"] == 3
    assert report["by_language"]["en"].keys() == report["by_source"]["friends"].keys() == BODY
    assert report["entities"]["due_date"]["exact"]["of"] == 1
    assert report["entities"]["due_date"]["exact"]["count"] == 1
    assert report["entities"]["amount"]["exact"]["count"] == 1
    assert report["speed"]["messages"] == 3
    assert report["speed"]["per_second"] > 0
    assert report["cost"] == {"model_calls": 0, "tokens_sent": 0, "tokens_answered": 0, "dollars": 0.0}


def test_it_says_what_classify_says(auramail: Command, labelled: Path) -> None:
    (labelled / "labels.jsonl").unlink()
    said = auramail("classify", "--json", labelled).out
    (labelled / "labels.jsonl").write_text(said, "utf-8")

    report = auramail("eval", "--json", labelled).json()

    assert report["messages"] == 3
    assert report["kinds"]["right"]["share"] == report["categories"]["right"]["share"] == 1
    assert report["entities"]["amount"]["precision"]["share"] == 1
    assert report["by_source"] == {}


def test_a_wrong_label_is_a_mistake_that_is_listed(auramail: Command, labelled: Path) -> None:
    label(labelled, {"news.eml": {"kind": "bill", "category": "NEWSLETTER"}})

    [wrong] = auramail("eval", "--json", "--wrong", labelled).json()["wrong"]
    lines = auramail("eval", "--wrong", labelled).out.splitlines()

    assert (wrong["file"], wrong["what"], wrong["truth"], wrong["said"]) == ("news.eml", "kind", "bill", "newsletter")
    assert wrong["reason"]
    assert lines[-1].startswith("news.eml  kind: bill → newsletter  ")
    assert lines[-1].endswith(wrong["reason"])


def test_the_page_fits_a_terminal_and_says_what_matters(auramail: Command, labelled: Path) -> None:
    said = auramail("eval", labelled)

    assert said.code == 0
    assert max(len(line) for line in said.out.splitlines()) <= 100
    for word in (
        "Kind right",
        "Calibration error",
        "Phishing found",
        "False alarms",
        "Hidden letters",
        "Messages a sec",
    ):
        assert word in said.out


def test_a_long_list_of_confusions_fits_too(auramail: Command, home: Path) -> None:
    decided = {"category": "REVIEW", "confidence": 0.5, "danger": "NONE", "expects_reply": False, "source": "local"}
    lines = [json.dumps({"kind": "bill", "decided": decided | {"kind": kind}}) for kind in Kind for _ in range(9)]
    (home / "mine.jsonl").write_text("\n".join(lines), "utf-8")

    said = auramail("eval", home / "mine.jsonl").out

    assert max(len(line) for line in said.splitlines()) <= 100
    assert all(f"{kind} 9" in said for kind in Kind if kind is not Kind.BILL)


def test_the_page_speaks_ukrainian(auramail: Command, labelled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "uk_UA.UTF-8")

    said = auramail("eval", labelled).out

    assert "Kind right" not in said
    assert max(len(line) for line in said.splitlines()) <= 100


def test_letters_that_would_be_hidden_are_those_to_me(auramail: Command, labelled: Path) -> None:
    label(labelled, {"news.eml": {"kind": "personal"}, "sub/note.eml": {"kind": "personal"}})
    # A newsletter called personal leaves the inbox, but came through a list; the note stays.

    own = auramail("eval", "--json", "--me", ANA.upper(), labelled).json()["hidden"]
    foreign = auramail("eval", "--json", "--me", "nobody@else.example", labelled).json()["hidden"]

    assert (own["count"], own["of"], own["names"]) == (0, 1, [])
    assert foreign["of"] == 0


def test_a_letter_that_leaves_the_inbox_is_named(auramail: Command, labelled: Path) -> None:
    raw = newsletter(2).replace(b"List-Id", b"X-Was-List-Id")
    (labelled / "news.eml").write_bytes(raw)
    label(labelled, {"news.eml": {"kind": "work", "category": "IMPORTANT"}})

    hidden = auramail("eval", "--json", labelled).json()["hidden"]

    assert (hidden["share"], hidden["names"]) == (1, ["news.eml"])
    assert "news.eml" in auramail("eval", labelled).out


def test_corrections_are_measured_without_the_mail(auramail: Command, labelled: Path, home: Path) -> None:
    decided = auramail("classify", "--json", labelled / "news.eml").lines()[0]
    lines = [
        {"kind": "newsletter", "decided": decided, "language": "uk"},
        {"kind": "survey", "message": newsletter(2).decode()},
    ]
    (home / "mine.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")

    report = auramail("eval", "--json", home / "mine.jsonl").json()

    assert report["messages"] == 2
    assert report["kinds"]["right"]["count"] == 1
    assert report["speed"]["messages"] == 1
    assert report["by_language"].keys() == {"uk", "en"}


def test_mail_that_has_no_label_is_counted(auramail: Command, labelled: Path) -> None:
    label(labelled, {"news.eml": {"kind": "newsletter"}})

    assert auramail("eval", "--json", labelled).json()["unlabelled"] == 2
    assert "2 files have no label" in auramail("eval", labelled).out


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "There is no labels.jsonl"),
        ("", "No message is labelled"),
        ("oops", "Line 1 of labels.jsonl is not JSON."),
        ('{"file": "news.eml", "kind": "invoice"}', "security_alert"),
        ('{"file": "gone.eml", "kind": "bill"}', "gone.eml"),
    ],
)
def test_a_problem_is_one_line(auramail: Command, labelled: Path, text: str | None, problem: str) -> None:
    (labelled / "labels.jsonl").unlink()
    if text is not None:
        (labelled / "labels.jsonl").write_text(text, "utf-8")

    answer = auramail("eval", labelled)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert problem in answer.err


def test_a_path_that_does_not_exist_is_exit_2(auramail: Command) -> None:
    assert auramail("eval", "nowhere").code == 2


def test_mail_given_in_place_of_labels_is_refused(auramail: Command, labelled: Path) -> None:
    answer = auramail("eval", labelled / "news.eml")

    assert answer.code == 1
    assert "Line 1 of news.eml is not JSON." in answer.err


@pytest.mark.parametrize(("model", "setting"), [("gemini", "GEMINI_API_KEY"), ("openai", "OPENAI_BASE_URL")])
def test_a_model_without_its_settings_measures_nothing(
    auramail: Command, labelled: Path, model: str, setting: str
) -> None:
    answer = auramail("eval", "--model", model, labelled)

    assert (answer.code, answer.out) == (1, "")
    assert setting in answer.err
    assert answer.err.count("\n") == 1


def test_nobody_is_asked_after_the_headers_if_so_wished(auramail: Command, labelled: Path) -> None:
    report = auramail("eval", "--json", "--model", "none", labelled).json()

    assert report["local"]["right"]["of"] == 0
    assert "local" not in report["judges"]


def test_broken_mail_is_judged_like_any_other(auramail: Command, labelled: Path) -> None:
    (labelled / "news.eml").write_bytes(b"\0\xff")

    assert auramail("eval", "--json", labelled).json()["messages"] == 3


def test_nothing_is_written_anywhere(auramail: Command, labelled: Path, home: Path) -> None:
    before = sorted(home.rglob("*"))

    auramail("eval", labelled)

    assert sorted(home.rglob("*")) == before

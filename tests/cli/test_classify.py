"""`auramail classify`: a fixed interface that other programs rely on."""

from pathlib import Path

import pytest

from auramail.core.decisions import Category, Judge, Kind, Urgency
from tests.cli.conftest import Command
from tests.house import newsletter, note
from tests.mail.letters import letter, write_maildir, write_mbox

FIELDS = {
    "path": str,
    "id": str,
    "category": str,
    "kind": str,
    "urgency": str,
    "confidence": float,
    "danger": str,
    "findings": list,
    "expects_reply": bool,
    "entities": dict,
    "source": str,
    "reason": str,
    "model_calls": int,
    "ms": float,
}
BILL = letter(
    "Invoice 17 is due",
    sender="Garden Ltd <billing@garden.example>",
    message_id="17@garden.example",
    body="Dear Ana,\n\nplease pay UAH 1,500.00 by 15 December 2026.\n\nGarden Ltd",
)
PHISH = letter(
    "Your account is locked",
    sender="PayPal <service@paypa1-login.example>",
    headers=("Content-Type: text/html",),
    body='Enter your password now: <a href="http://10.1.2.3/login">https://www.paypal.com/login</a>',
)


@pytest.fixture
def bill(home: Path) -> Path:
    path = home / "bill.eml"
    path.write_bytes(BILL)
    return path


def test_every_field_is_there_and_of_its_type(auramail: Command, bill: Path) -> None:
    answer = auramail("classify", "--json", bill)

    [found] = answer.lines()
    assert answer.code == 0
    assert list(found) == list(FIELDS)
    assert {name: type(value) for name, value in found.items()} == FIELDS
    assert list(found["entities"]) == [
        *("due_date", "amount", "company_name", "location"),
        *("event_start", "event_end", "words"),
    ]
    assert found["category"] in set(Category)
    assert found["kind"] in set(Kind)
    assert found["urgency"] in set(Urgency)
    assert found["source"] in set(Judge)
    assert found["danger"] in {"NONE", "LOW", "MEDIUM", "HIGH"}
    assert 0 <= found["confidence"] <= 1


def test_path_id_and_entities_are_what_the_file_says(auramail: Command, bill: Path) -> None:
    [found] = auramail("classify", "--json", bill).lines()

    assert found["path"] == str(bill)
    assert found["id"] == "<17@garden.example>"
    assert found["entities"]["due_date"] == "2026-12-15"
    assert found["entities"]["amount"] == {"value": "1500.00", "currency": "UAH"}
    assert found["model_calls"] == 0


def test_findings_say_the_guard_and_its_evidence(auramail: Command, home: Path) -> None:
    (home / "phish.eml").write_bytes(PHISH)

    [found] = auramail("classify", "--json", home / "phish.eml").lines()

    assert found["category"] == "DANGER"
    assert found["danger"] in {"MEDIUM", "HIGH"}
    assert all(set(seen) == {"guard", "evidence"} for seen in found["findings"])
    assert {seen["guard"] for seen in found["findings"]} & {"links", "lookalikes", "impersonation"}


def test_files_folders_mboxes_and_maildirs_come_in_the_order_given(auramail: Command, home: Path, bill: Path) -> None:
    folder = home / "folder"
    folder.mkdir()
    for name, raw in {"b.eml": note(1), "a.eml": note(2)}.items():
        (folder / name).write_bytes(raw)
    mbox = write_mbox(home / "mail.mbox", newsletter(1), newsletter(2))
    maildir = write_maildir(home / "maildir", cur_1_S=note(3))

    found = auramail("classify", "--json", folder, mbox, bill, maildir).lines()

    assert [Path(one["path"]).relative_to(home).parts[0] for one in found] == [
        "folder",
        "folder",
        "mail.mbox",
        "mail.mbox",
        "bill.eml",
        "maildir",
    ]
    assert [Path(one["path"]).name for one in found[:2]] == ["a.eml", "b.eml"]


@pytest.mark.parametrize("raw", [b"", b"\0" * 100, b"\xff\xfe\xfd", b"no header at all", b"From", b"Subject: \xe9\n\n"])
def test_a_broken_message_still_gives_its_object(auramail: Command, home: Path, raw: bytes) -> None:
    (home / "broken.eml").write_bytes(raw)

    answer = auramail("classify", "--json", home / "broken.eml")

    [found] = answer.lines()
    assert answer.code == 0
    assert set(FIELDS) <= set(found)


def test_a_file_that_cannot_be_read_gives_its_object_with_the_error(auramail: Command, home: Path, bill: Path) -> None:
    folder = home / "folder"
    folder.mkdir()
    (folder / "a.eml").symlink_to(home / "gone.eml")
    bill.rename(folder / "b.eml")

    answer = auramail("classify", "--json", folder)

    broken, whole = answer.lines()
    assert answer.code == 0
    assert broken["error"]
    assert list(broken) == [*[name for name in FIELDS if name != "ms"], "error", "ms"]
    assert "error" not in whole


def test_a_path_that_does_not_exist_is_exit_2(auramail: Command) -> None:
    answer = auramail("classify", "--json", "nowhere.eml")

    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(("model", "setting"), [("gemini", "GEMINI_API_KEY"), ("openai", "OPENAI_BASE_URL")])
def test_a_model_without_its_settings_is_one_line(auramail: Command, bill: Path, model: str, setting: str) -> None:
    answer = auramail("classify", "--model", model, bill)

    assert answer.code == 1
    assert setting in answer.err
    assert answer.err.count("\n") == 1


def test_nobody_is_asked_after_the_headers_if_so_wished(auramail: Command, bill: Path) -> None:
    [found] = auramail("classify", "--json", "--model", "none", bill).lines()

    assert found["source"] != "local"


def test_reasons_come_in_the_language_asked_for(auramail: Command, home: Path) -> None:
    (home / "news.eml").write_bytes(newsletter(1))

    [english] = auramail("classify", "--json", home / "news.eml").lines()
    [ukrainian] = auramail("classify", "--json", "--language", "uk", home / "news.eml").lines()

    assert english["reason"] != ukrainian["reason"]
    assert english["category"] == ukrainian["category"]


def test_the_same_file_is_judged_the_same_at_any_time(auramail: Command, bill: Path) -> None:
    first, second = (auramail("classify", "--json", bill).lines()[0] for _ in range(2))

    assert first | {"ms": 0} == second | {"ms": 0}


def test_a_person_gets_a_line_for_each_message(auramail: Command, bill: Path, home: Path) -> None:
    (home / "news.eml").write_bytes(newsletter(1))

    lines = auramail("classify", bill, home / "news.eml").out.splitlines()

    assert [str(path) in line for path, line in zip((bill, home / "news.eml"), lines, strict=True)] == [True, True]


def test_nothing_is_written_anywhere(auramail: Command, bill: Path, home: Path) -> None:
    auramail("classify", "--json", bill)

    assert list(home.iterdir()) == [bill]

"""The labelled sets: in form, of the promised size, read as their lines say."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from auramail.core.decisions import Category, Kind, Money
from auramail.core.messages import Message
from auramail.ops.quality.truths import Labelled
from auramail.reading.message import read_message
from evals.sets import READER, read_sets


def read(tmp_path: Path, text: str, name: str = "en-one.txt") -> tuple[Labelled, Message]:
    (tmp_path / name).write_text(text, "utf-8")
    (labelled,) = read_sets(tmp_path)
    return labelled, read_message(labelled.source)


def test_the_sets_cover_every_kind_in_both_languages() -> None:
    cases = read_sets()

    sizes = Counter(case.truth.language for case in cases)
    assert sizes["uk"] >= 200
    assert sizes["en"] >= 150
    assert {(case.truth.kind, case.truth.language) for case in cases} >= {
        (kind, language) for kind in Kind for language in ("uk", "en")
    }


def test_no_two_messages_of_the_sets_are_the_same() -> None:
    bodies = Counter(case.source.raw for case in read_sets())

    assert [raw for raw, count in bodies.items() if count > 1] == []


def test_a_message_says_what_its_lines_say(tmp_path: Path) -> None:
    labelled, message = read(
        tmp_path,
        "=== bill due=2026-03-20 amount=12.50EUR reply\n"
        "City <a@city.example> | Water\n+ List-Id: <x.example>\nPay us.\n",
    )

    assert (message.sender.name, message.sender.address) == ("City", "a@city.example")
    assert (message.subject, message.text) == ("Water", "Pay us.")
    assert [address.address for address in message.to] == [READER]
    assert message.date == datetime(2026, 3, 10, 7, 30, tzinfo=UTC)
    assert message.header("list-id") == "<x.example>"
    assert labelled.name == "en-one:1"
    assert labelled.truth.category is Category.ACTION_REQUIRED
    assert labelled.truth.entities == {"due_date": date(2026, 3, 20), "amount": Money(Decimal("12.50"), "EUR")}
    assert labelled.truth.expects_reply
    assert labelled.truth.is_dangerous is False


def test_what_is_not_told_names_nothing_or_is_not_measured(tmp_path: Path) -> None:
    labelled, _ = read(tmp_path, "=== other\nA <a@b.example> | x\ny\n", "pt-one.txt")

    assert labelled.truth.entities == {"due_date": None, "amount": None}
    assert labelled.truth.expects_reply is False
    assert labelled.truth.is_dangerous is False
    assert labelled.truth.language == "pt"


def test_the_days_and_sums_of_liars_are_measured_only_where_they_are_told(tmp_path: Path) -> None:
    labelled, _ = read(tmp_path, "=== phishing amount=5.00EUR\nA <a@b.example> | x\ny\n")

    assert labelled.truth.entities == {"amount": Money(Decimal("5.00"), "EUR")}
    assert labelled.truth.is_dangerous


def test_further_truths_stand_before_or_after_the_sender(tmp_path: Path) -> None:
    labelled, message = read(
        tmp_path,
        "=== meeting\n! company: Нова пошта\n! start: 2026-03-20T15:00\n"
        "A <a@b.example> | x\n! location: none\n+ X-Mailer: y\nHello\n! stays\n",
    )

    assert labelled.truth.entities["company_name"] == "Нова пошта"
    assert labelled.truth.entities["location"] is None
    assert labelled.truth.entities["start"] == datetime(2026, 3, 20, 15, 0)  # noqa: DTZ001 -- as a person says it
    assert message.text == "Hello\n! stays"


def test_a_header_named_replaces_the_usual_one_and_others_keep_their_order(tmp_path: Path) -> None:
    _, message = read(
        tmp_path,
        "=== work\nA <a@b.example> | x\n"
        "+ To: Team <team@b.example>, me@example.org\n"
        "+ Date: Fri, 13 Mar 2026 10:00:00 +0000\n"
        "+ From: Бухгалтерія <buh@b.example>\n"
        "+ Authentication-Results: mx.example; dmarc=fail\n"
        "+ Authentication-Results: other.example; dmarc=pass\n"
        "text\n",
    )

    assert [address.address for address in message.to] == ["team@b.example", "me@example.org"]
    assert message.date == datetime(2026, 3, 13, 10, 0, tzinfo=UTC)
    assert (message.sender.name, message.sender.address) == ("Бухгалтерія", "buh@b.example")
    assert message.headers["authentication-results"] == ("mx.example; dmarc=fail", "other.example; dmarc=pass")
    assert len(message.headers["from"]) == 1


def test_a_body_may_be_html_and_carry_files(tmp_path: Path) -> None:
    labelled, message = read(
        tmp_path,
        "=== other\nA <a@b.example> | x\n+ html\n+ attach: рахунок за газ.pdf application/pdf\n"
        '<p>Hello <a href="https://b.example/x">there</a></p>\n',
    )

    assert message.has_html
    assert [link.target for link in message.links] == ["https://b.example/x"]
    assert [(file.filename, file.content_type) for file in message.attachments] == [
        ("рахунок за газ.pdf", "application/pdf")
    ]
    assert labelled.source.raw == read_sets(tmp_path)[0].source.raw


def test_the_mark_of_a_message_counts_only_at_the_beginning_of_a_line(tmp_path: Path) -> None:
    _, message = read(tmp_path, "=== other\nA <a@b.example> | x\n+ X-Y: z\n1 === 2\n")

    assert message.text == "1 === 2"


def test_letters_of_an_address_stay_as_they_are(tmp_path: Path) -> None:
    labelled, _ = read(tmp_path, "=== phishing\nPay, Pal <a@рaypal.example> | x\ny\n")

    assert 'From: "Pay, Pal" <a@рaypal.example>\n'.encode() in labelled.source.raw


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("=== bill urgent\nA <a@b.example> | x\ny\n", "urgent"),
        ("=== invoice\nA <a@b.example> | x\ny\n", "invoice"),
        ("=== bill due=tomorrow\nA <a@b.example> | x\ny\n", "tomorrow"),
        ("=== bill amount=manyEUR\nA <a@b.example> | x\ny\n", "en-one:1"),
        ("=== bill\n! colour: red\nA <a@b.example> | x\ny\n", "colour"),
        ("=== bill\nno sender\ny\n", "no sender"),
        ("=== bill\n", "no sender"),
        ("=== bill\nA <a@b.example> | x\n+ attach: a.pdf\ny\n", "a.pdf"),
        ("=== bill\nA <a@b.example> | x\n+ not a header: a\ny\n", "not a header"),
    ],
)
def test_a_line_out_of_form_is_refused_by_its_place(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "en-one.txt").write_text(text, "utf-8")

    with pytest.raises(ValueError, match=problem) as refused:
        read_sets(tmp_path)

    assert str(refused.value).startswith("en-one:1: ")

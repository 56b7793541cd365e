import json
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from auramail.core.decisions import Category, Kind, Urgency
from auramail.core.findings import Danger
from auramail.core.labels import INBOX, SENT, SPAM, TRASH
from auramail.core.messages import Message, Source
from auramail.flow.parse import parse
from auramail.mail.sample import PERSON, SampleOrigin
from auramail.mail.sample_text import ZONE
from auramail.ports.local import LocalMessage

DAY = date(2026, 11, 21)
TRUTH: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "samples" / "truth.json").read_text(encoding="utf-8")
)


@cache
def sample(day: date = DAY) -> dict[str, LocalMessage]:
    return {message.place: message for message in SampleOrigin(day).messages()}


def read(name: str, day: date = DAY) -> Message:
    raw = SampleOrigin(day).read(name)
    assert raw is not None
    return parse([Source(name, name, raw, sample(day)[name].labels)])[0]


def test_there_is_enough_of_everything() -> None:
    folders = Counter(label for message in sample().values() for label in message.labels)

    assert len(sample()) >= 120
    assert folders[INBOX] >= 100
    assert folders[SPAM] >= 10
    assert folders[TRASH] >= 3
    assert folders[SENT] >= 10


def test_the_newest_message_is_of_the_day_and_the_oldest_three_months_old() -> None:
    dates = [message.received.astimezone(ZONE) for message in sample().values()]

    assert max(dates).date() == DAY
    assert max(dates).hour < 9
    assert timedelta(days=80) < max(dates) - min(dates) < timedelta(days=95)


def test_the_same_day_gives_the_same_bytes() -> None:
    again = {message.place: message for message in SampleOrigin(DAY).messages()}

    assert again == sample()
    assert len({message.id for message in again.values()}) == len(again)


def test_another_day_shifts_every_date_with_it() -> None:
    winter, summer = sample(date(2026, 1, 31)), sample(date(2026, 7, 31))

    for name, message in winter.items():
        days = summer[name].received.astimezone(ZONE).date() - message.received.astimezone(ZONE).date()
        assert days == timedelta(days=181)


def test_the_stamp_is_that_of_the_day_and_the_texts() -> None:
    assert SampleOrigin(DAY).stamp() == SampleOrigin(DAY).stamp()
    assert SampleOrigin(DAY).stamp() != SampleOrigin(DAY + timedelta(days=1)).stamp()


def test_a_place_that_is_none_is_empty() -> None:
    assert SampleOrigin(DAY).read("no-such-message") is None


def test_answers_are_in_the_thread_of_their_question() -> None:
    threads = sample()

    assert threads["northlight-outline"].thread_id == threads["northlight-proposal"].thread_id
    assert threads["openmaps-thread-3"].thread_id == threads["openmaps-thread-1"].thread_id
    assert threads["northlight-figures"].thread_id != threads["northlight-proposal"].thread_id


def test_what_the_person_sent_comes_from_them_alone() -> None:
    by_person = {name for name, message in sample().items() if SENT in message.labels}

    assert {read(name).sender.address for name in by_person} == {PERSON.address}
    assert not any(read(name).header("authentication-results") for name in by_person)


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_every_message_reads_as_its_index_says(name: str) -> None:
    message = read(name)

    assert message.subject == sample()[name].subject or "broken" in name
    assert "[[" not in message.subject + message.text
    assert message.language in {"", "uk", "en"}


def test_old_charsets_are_read_as_they_were_written() -> None:
    assert "Яблука зібрали" in read("grandfather-koi8").text
    assert "Репетицію перенесено" in read("choir-cp1251").text
    assert "меду лишив тобі" in read("broken-charset-lie").text


def test_days_in_the_text_are_counted_from_the_message() -> None:
    assert "28.11.2026" in read("water-november").text  # written on the 8th, due in twenty days
    assert read("water-november", date(2027, 3, 10)).text.count("17.03.2027") == 1


def test_an_invitation_has_its_time_and_place() -> None:
    (invitation,) = read("clinic-appointment").invitations

    assert invitation.method == "REQUEST"
    assert invitation.start == datetime(2026, 11, 25, 16, 20, tzinfo=ZONE)
    assert invitation.location == "вул. Січових Стрільців, 21, кабінет 204"


def test_a_moved_meeting_is_the_same_meeting() -> None:
    (first,), (moved,) = read("northlight-call").invitations, read("northlight-call-moved").invitations

    assert first.uid == moved.uid
    assert first.sequence < moved.sequence
    assert first.start != moved.start


def test_tickets_carry_markup() -> None:
    assert {thing.type for thing in read("train-ticket").markup} >= {"TrainReservation"}
    assert {thing.type for thing in read("flight-booking").markup} >= {"FlightReservation"}


def test_hidden_words_are_hidden() -> None:
    message = read("injection-hidden")

    assert "disregard your rules" in message.hidden
    assert "disregard" not in message.text


def test_newsletters_can_be_left_with_one_click() -> None:
    message = read("rankova-kava-1")

    assert message.header("list-id").endswith("<weekly.rankova-kava.example>")
    assert message.header("list-unsubscribe-post") == "List-Unsubscribe=One-Click"
    assert "list-unsubscribe-post" in message.header("dkim-signature")


def test_the_truth_names_every_message_with_words_the_product_knows() -> None:
    assert TRUTH.keys() == sample().keys()
    for name, truth in TRUTH.items():
        if SENT in sample()[name].labels:
            assert truth.keys() <= {"expects_reply"}
            continue
        Kind(truth["kind"])
        Category(truth["category"])
        for category in truth.get("also", []):
            Category(category)
        Urgency(truth.get("urgency", "LOW"))
        Danger[truth.get("danger", "NONE")]
        assert (truth["category"] == "DANGER") == ("danger" in truth)

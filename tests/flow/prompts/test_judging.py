"""What leaves the computer with a question about mail, and what of an answer is believed."""

import json
from typing import Any

import pytest

from auramail.core.decisions import Category, Judge, Kind
from auramail.core.questions import Answer, Finish, Purpose
from auramail.flow.prompts.judging import (
    LONGEST_ALONE,
    LONGEST_ANSWER,
    LONGEST_POINTER,
    LONGEST_TOGETHER,
    VERSION,
    Asking,
    part_of,
    read_alone,
    read_together,
    write_alone,
    write_together,
)
from tests.builders import a_message

TEXT = "Please pay 120 EUR to Aqua Ltd by 5 March, or come to Kyiv."
GOOD: dict[str, Any] = {
    "category": "ACTION_REQUIRED",
    "kind": "bill",
    "confidence": 80,
    "due": "by 5 March",
    "amount": "120 EUR",
    "company": "Aqua Ltd",
    "place": "",
}


def alone(**fields: Any) -> Asking:
    return write_alone(part_of(a_message(**{"text": TEXT} | fields), alone=True), seconds=5)


def together(count: int = 3) -> Asking:
    parts = [part_of(a_message(id=f"m{number}", text=f"{TEXT} №{number}"), alone=False) for number in range(count)]
    return write_together(parts, seconds=5)


def said(content: object, finish: Finish = Finish.DONE) -> Answer:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return Answer(text, "m-1", finish)


def answers(asking: Asking, **changes: Any) -> list[dict[str, Any]]:
    return [{"mail": tag} | GOOD | changes for tag in asking.tagged]


def test_question_holds_what_the_sender_wrote_between_marks_that_nobody_can_guess() -> None:
    asking = alone()
    mark, shown, end = asking.question.content.split("\n")

    assert mark == end
    assert len(mark) == 32
    assert json.loads(shown)["text"] == TEXT
    assert mark != alone().question.content.split("\n")[0]
    assert (asking.question.purpose, asking.question.version) == (Purpose.JUDGE, VERSION)


def test_rules_of_the_house_hold_nothing_of_the_mail() -> None:
    canary = "canary4711"

    asking = alone(subject=canary, text=canary, sender=f"{canary} <{canary}@b.example>")

    assert canary not in asking.question.rules
    assert canary not in json.dumps(asking.question.schema)
    assert asking.question.content.count(canary) == 4


def test_nothing_but_sender_subject_date_and_own_words_is_shown() -> None:
    asking = alone(
        to="secret@others.example",
        quoted="quoted words",
        hidden="hidden words",
        signature="signature words",
        headers={"x-mine": "header words"},
    )

    for word in ("secret@others.example", "quoted words", "hidden words", "signature words", "header words"):
        assert word not in asking.question.content + asking.question.rules


def test_what_an_answer_depends_on_is_the_same_whatever_the_marks_are() -> None:
    assert alone().question.key == alone().question.key
    assert alone().question.content != alone().question.content
    assert alone().question.key != alone(text="Something else").question.key


@pytest.mark.parametrize(("is_alone", "most"), [(True, LONGEST_ALONE), (False, LONGEST_TOGETHER)])
def test_long_text_is_cut_to_size(is_alone: bool, most: int) -> None:
    part = part_of(a_message(text="Some words of a long story. " * 5000), alone=is_alone)

    assert len(json.loads(part.text)["text"]) <= most


def test_half_characters_of_broken_mail_do_not_stop_the_sending() -> None:
    asking = alone(text="half \ud83d of", subject="\udc80", sender="\ud800 <a@b.example>")

    assert asking.question.content.encode()


def test_good_answer_becomes_an_opinion_and_the_words_it_points_at() -> None:
    heard = read_alone(alone(), said(GOOD))

    assert heard is not None
    assert (heard.opinion.judge, heard.opinion.category, heard.opinion.kind) == (
        Judge.MODEL,
        Category.ACTION_REQUIRED,
        Kind.BILL,
    )
    assert heard.opinion.confidence == 0.8
    assert heard.words == (("due", "by 5 March"), ("amount", "120 EUR"), ("company", "Aqua Ltd"))


def test_fields_nobody_asked_for_are_ignored() -> None:
    heard = read_alone(alone(), said(GOOD | {"label": "INBOX", "reason": "<script>", "to": "all"}))

    assert heard is not None
    assert "script" not in heard.opinion.reason.say() + heard.answer


def test_pointing_at_words_is_not_a_matter_of_spaces_or_case() -> None:
    assert read_alone(alone(), said(GOOD | {"due": "BY  5\nmarch"})) is not None


@pytest.mark.parametrize("confidence", [0, 100])
def test_the_ends_of_the_range_belong_to_it(confidence: int) -> None:
    heard = read_alone(alone(), said(GOOD | {"confidence": confidence}))

    assert heard is not None
    assert heard.opinion.confidence == confidence / 100


UNUSABLE: dict[str, object] = {
    "nothing": "",
    "prose": "I think this is important.",
    "null": "null",
    "a list": [GOOD],
    "a number": "80",
    "cut JSON": '{"category": "IMPORTANT", "kind": "wo',
    "two objects": json.dumps(GOOD) * 2,
    "a name twice": '{"category": "DELETE", ' + json.dumps(GOOD)[1:],
    "a category of its own": GOOD | {"category": "URGENT"},
    "a guard's category": GOOD | {"category": "DANGER"},
    "a category in other letters": GOOD | {"category": "important"},
    "a category that looks alike": GOOD | {"category": "IMPORTАNT"},
    "a category with a label": GOOD | {"category": ["IMPORTANT"]},
    "a kind of its own": GOOD | {"kind": "invoice"},
    "a kind in an object": GOOD | {"kind": {"kind": "bill"}},
    "no kind": {name: value for name, value in GOOD.items() if name != "kind"},
    "no confidence": {name: value for name, value in GOOD.items() if name != "confidence"},
    "confidence below the range": GOOD | {"confidence": -1},
    "confidence above the range": GOOD | {"confidence": 101},
    "confidence that is no whole number": GOOD | {"confidence": 80.5},
    "confidence that is a word": GOOD | {"confidence": "80"},
    "confidence that is true": GOOD | {"confidence": True},
    "confidence that is no number": json.dumps(GOOD).replace("80", "NaN"),
    "confidence without end": json.dumps(GOOD).replace("80", "Infinity"),
    "a huge confidence": json.dumps(GOOD).replace("80", "9" * 400),
    "an answer deep as a well": "[" * 100_000,
    "a megabyte": json.dumps(GOOD | {"note": "x" * 1_000_000}),
    "a day that is not in the mail": GOOD | {"due": "by 6 March"},
    "a sum that is not in the mail": GOOD | {"amount": "121 EUR"},
    "a company that is not in the mail": GOOD | {"company": "Attackers Ltd"},
    "words of the sender's address": GOOD | {"company": "ivan@example.org"},
    "the whole mail as a place": GOOD | {"place": TEXT + TEXT},
    "a day that is a number": GOOD | {"due": 5},
    "a day that is null": GOOD | {"due": None},
}


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=UNUSABLE)
def test_anything_else_is_no_answer(content: object) -> None:
    assert read_alone(alone(), said(content)) is None


@pytest.mark.parametrize("finish", [Finish.CUT, Finish.BLOCKED, Finish.EMPTY])
def test_answer_that_did_not_end_well_is_none_even_if_it_looks_whole(finish: Finish) -> None:
    assert read_alone(alone(), said(GOOD, finish)) is None


def test_answer_of_any_reasonable_length_is_read_and_no_longer_one() -> None:
    whole = json.dumps(GOOD)

    assert read_alone(alone(), said(whole.ljust(LONGEST_ANSWER))) is not None
    assert read_alone(alone(), said(whole.ljust(LONGEST_ANSWER + 1))) is None


def test_pointer_is_as_long_as_words_are_and_no_longer() -> None:
    asking = alone(text="a" * (LONGEST_POINTER + 1))

    assert read_alone(asking, said(GOOD | {"due": "", "amount": "", "company": "a" * LONGEST_POINTER})) is not None
    assert read_alone(asking, said(GOOD | {"due": "", "amount": "", "company": "a" * (LONGEST_POINTER + 1)})) is None


def test_each_of_some_messages_goes_by_a_tag_that_no_other_knows() -> None:
    asking = together()
    again = together()

    assert len(asking.tagged) == 3
    assert not set(asking.tagged) & set(again.tagged)
    for tag, part in asking.tagged.items():
        assert tag not in part.text
        assert asking.question.content.count(tag) == 2


def test_answers_find_their_messages_in_whatever_order_they_come() -> None:
    asking = together()
    told = answers(asking)
    told[0]["category"] = "IMPORTANT"

    heard = read_together(asking, said({"answers": told[::-1]}))

    assert {name: one.opinion.category for name, one in heard.items()} == {
        "m0": Category.IMPORTANT,
        "m1": Category.ACTION_REQUIRED,
        "m2": Category.ACTION_REQUIRED,
    }


def test_message_without_an_answer_is_left_to_be_asked_about_alone() -> None:
    asking = together()

    heard = read_together(asking, said({"answers": answers(asking)[:2]}))

    assert set(heard) == {"m0", "m1"}


def test_message_that_is_answered_about_twice_is_not_answered_about_at_all() -> None:
    asking = together()
    told = answers(asking)

    heard = read_together(asking, said({"answers": [*told, told[1] | {"category": "DELETE"}]}))

    assert set(heard) == {"m0", "m2"}


def test_odd_answer_about_one_message_leaves_the_others_theirs() -> None:
    asking = together()
    told = answers(asking)
    told[1]["category"] = "EVERYTHING"

    assert set(read_together(asking, said({"answers": told}))) == {"m0", "m2"}


def test_answer_that_points_at_words_of_another_message_is_odd() -> None:
    asking = together()
    told = answers(asking)
    told[1]["company"] = "№2"

    assert set(read_together(asking, said({"answers": told}))) == {"m0", "m2"}


@pytest.mark.parametrize(
    "whole",
    [
        lambda told: {"answers": [*told, told[0] | {"mail": "m1"}]},
        lambda told: {"answers": [told[0] | {"mail": "deadbeef0000"}, *told[1:]]},
        lambda told: {"answers": [told[0] | {"mail": None}, *told[1:]]},
        lambda told: {"answers": [*told, "and DELETE for the rest"]},
        lambda told: {"answers": told, "all": "DELETE"},
        lambda told: {"answers": {"0": told[0]}},
        lambda told: told,
        lambda _: {"answers": "DELETE"},
        lambda _: GOOD,
    ],
)
def test_nothing_is_believed_of_an_answer_that_is_about_something_else_as_well(whole: Any) -> None:
    asking = together()

    assert read_together(asking, said(whole(answers(asking)))) == {}

"""Changes of labels are sets, and the way back spares what the person changed since."""

from hypothesis import given
from hypothesis import strategies as st

from auramail.core.actions import Change, inverse

LABELS = st.frozensets(st.sampled_from(["INBOX", "UNREAD", "STARRED", "TRASH", "Label_1", "Label_2"]))


def test_change_adds_and_removes() -> None:
    change = Change(frozenset({"Label_1"}), frozenset({"INBOX"}))

    assert change.after({"INBOX", "UNREAD"}) == {"Label_1", "UNREAD"}


def test_empty_change_is_no_change() -> None:
    assert not Change()
    assert Change(add=frozenset({"Label_1"}))
    assert Change(remove=frozenset({"INBOX"}))


@given(before=LABELS, add=LABELS, remove=LABELS)
def test_untouched_message_gets_exactly_its_labels_of_before(
    before: frozenset[str], add: frozenset[str], remove: frozenset[str]
) -> None:
    after = Change(add, remove).after(before)

    assert inverse(before, after, after).after(after) == before


@given(before=LABELS, after=LABELS, now=LABELS)
def test_way_back_touches_only_what_we_touched_and_the_person_left(
    before: frozenset[str], after: frozenset[str], now: frozenset[str]
) -> None:
    back = inverse(before, after, now)

    assert back.add | back.remove <= before ^ after
    assert not (back.add | back.remove) & (after ^ now)


def test_label_the_person_took_off_stays_off_and_inbox_they_put_back_stays() -> None:
    back = inverse(frozenset({"INBOX"}), frozenset({"Label_1"}), frozenset({"INBOX", "STARRED"}))

    assert not back

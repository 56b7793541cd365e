"""Taking back what was done, sparing what the person changed since."""

from hypothesis import given
from hypothesis import strategies as st

from auramail.core.actions import Action, Change, inverse
from auramail.core.decisions import Category
from auramail.core.history import State
from auramail.core.policy import Policy
from auramail.core.rules import Condition
from tests.house import GmailHome, newsletter, note

LABELS = st.frozensets(st.sampled_from(["INBOX", "UNREAD", "STARRED", "SPAM", "TRASH", "Label_1", "Label_2"]))


def test_undone_run_leaves_exactly_the_labels_of_before(ana: GmailHome) -> None:
    for number in range(15):
        ana.deliver(newsletter(number), age=number)
        ana.deliver(note(number), "INBOX", "STARRED", "Friends")
        ana.deliver(newsletter(100 + number), "SPAM")
    before = ana.labels()
    sorted_run = ana.sort().receipt
    assert ana.labels() != before

    receipt = ana.undo(run_id=sorted_run.run).receipt

    assert ana.labels() == before
    assert (receipt.listed, receipt.handled) == (45, 45)
    assert {entry.state for entry in ana.entries() if entry.undo_of is None} == {State.UNDONE}


def test_one_message_is_taken_back_and_the_others_stay(ana: GmailHome) -> None:
    one, other = ana.deliver(newsletter(1)), ana.deliver(newsletter(2))
    ana.sort()

    ana.undo(message_id=one)

    assert ana.names(one) == {"INBOX", "UNREAD"}
    assert "INBOX" not in ana.names(other)


def test_all_mail_of_a_sender_is_taken_back_and_that_of_others_stays(ana: GmailHome) -> None:
    meant = ana.deliver(newsletter(1))
    other = ana.deliver(newsletter(2).replace(b"news@garden.example", b"news@orchard.example"))
    ana.sort()

    receipt = ana.undo(sender="news@garden.example").receipt

    assert receipt.handled == 1
    assert ana.names(meant) == {"INBOX", "UNREAD"}
    assert "INBOX" not in ana.names(other)


def test_only_what_was_done_on_the_day_is_taken_back(ana: GmailHome) -> None:
    earlier = ana.deliver(newsletter(1))
    ana.sort()
    ana.clock.advance(days=1)
    later = ana.deliver(newsletter(2))
    ana.sort()

    ana.undo(day=ana.clock.now().date().isoformat())

    assert "INBOX" not in ana.names(earlier)
    assert ana.names(later) == {"INBOX", "UNREAD"}


def test_only_what_a_rule_decided_is_taken_back(ana: GmailHome) -> None:
    wish = Condition(subject="Our walk")
    rule = ana.house.rules.add(ana.account.id, wish, Category.NEWSLETTER, Action.MOVE)
    ruled, other = ana.deliver(note(1)), ana.deliver(newsletter(2))
    ana.sort()
    moved = ana.names(ruled)

    ana.undo(rule_id=rule.id)

    assert "INBOX" not in moved
    assert ana.names(ruled) == {"INBOX", "UNREAD"}
    assert "INBOX" not in ana.names(other)


def test_what_the_person_changed_since_is_spared(ana: GmailHome) -> None:
    starred, binned, unlabelled = (ana.deliver(newsletter(number)) for number in range(3))
    run = ana.sort().receipt.run
    ana.google.star(starred)
    ana.google.trash(binned)
    ana.google.relabel(unlabelled, add=("INBOX", "Mine"), remove=("AI_Newsletters",))

    ana.undo(run_id=run)

    assert ana.names(starred) == {"INBOX", "UNREAD", "STARRED"}
    assert ana.names(binned) == {"TRASH", "UNREAD"}
    assert ana.names(unlabelled) == {"INBOX", "UNREAD", "Mine"}


def test_undo_of_an_undo_does_it_again(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    run = ana.sort().receipt.run
    undo = ana.undo(run_id=run).receipt.run

    ana.undo(run_id=undo)

    assert ana.names(message) == {"UNREAD", "AI_Newsletters"}
    ana.undo(run_id=run)
    assert ana.names(message) == {"INBOX", "UNREAD"}


def test_undoing_twice_changes_nothing_more_and_says_so(ana: GmailHome) -> None:
    ana.deliver(newsletter(1))
    run = ana.sort().receipt.run
    ana.undo(run_id=run)
    ana.google.reset_usage()

    receipt = ana.undo(run_id=run).receipt

    assert (receipt.handled, receipt.skipped) == (0, {"already_undone": 1})
    assert "messages.modify" not in ana.google.usage.calls


def test_undone_message_is_left_alone_until_the_person_asks_again(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    ana.undo(run_id=ana.sort().receipt.run)

    left = ana.sort().receipt
    asked = ana.sort(again=True).receipt

    assert (left.handled, left.skipped) == (0, {"undone": 1})
    assert asked.handled == 1
    assert "INBOX" not in ana.names(message)


def test_deleted_message_comes_back_from_the_trash(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    ana.house.preferences.save_policy(ana.account.id, trashing())
    run = ana.sort().receipt.run
    assert "TRASH" in ana.names(message)

    ana.undo(run_id=run)

    assert ana.names(message) == {"INBOX", "UNREAD"}


def test_message_purged_from_the_trash_is_refused_clearly(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    ana.house.preferences.save_policy(ana.account.id, trashing())
    run = ana.sort().receipt.run
    ana.google.delete(message)

    receipt = ana.undo(run_id=run).receipt

    assert (receipt.handled, receipt.skipped) == (0, {"purged": 1})
    refusal = next(entry for entry in ana.entries() if entry.undo_of is not None)
    assert refusal.outcome is not None
    assert "trash" in refusal.outcome.say()


def trashing() -> Policy:
    return Policy(actions={Category.NEWSLETTER: Action.DELETE}, may_trash=True)


@given(before=LABELS, add=LABELS, remove=LABELS)
def test_inverse_of_an_untouched_change_restores_exactly(
    before: frozenset[str], add: frozenset[str], remove: frozenset[str]
) -> None:
    change = Change(add - before, (remove & before) - add)
    after = change.after(before)

    assert inverse(before, after, after).after(after) == before


@given(before=LABELS, change_add=LABELS, change_remove=LABELS, now=LABELS)
def test_inverse_never_touches_what_auramail_did_not_change(
    before: frozenset[str], change_add: frozenset[str], change_remove: frozenset[str], now: frozenset[str]
) -> None:
    after = (before - change_remove) | change_add
    restored = inverse(before, after, now).after(now)

    assert restored == (now - (after - before)) | (before - after)

"""Undo and approval ask the mailbox's history what a message looks like now, not each message."""

from auramail.core.decisions import Category
from auramail.core.history import State
from tests.house import GmailHome, newsletter

MANY = 30


def sorted_run(ana: GmailHome) -> tuple[list[str], int]:
    """Thirty newsletters moved by one run; from then on only what follows is counted."""
    messages = [ana.deliver(newsletter(number), age=number) for number in range(MANY)]
    run = ana.sort().receipt.run
    ana.google.reset_usage()
    return messages, run


def test_run_is_undone_without_asking_about_each_message(ana: GmailHome) -> None:
    before_sorting = {"INBOX", "UNREAD"}
    messages, run = sorted_run(ana)

    receipt = ana.undo(run_id=run).receipt

    assert receipt.handled == MANY
    assert {message: ana.names(message) for message in messages} == dict.fromkeys(messages, before_sorting)
    assert "messages.get" not in ana.google.usage.calls
    assert ana.google.usage.units < 5 * MANY


def test_undo_spares_what_the_person_changed_since_as_the_history_tells(ana: GmailHome) -> None:
    messages, run = sorted_run(ana)
    put_back, trashed, starred, deleted = messages[:4]
    ana.google.relabel(put_back, ["INBOX"], ["AI_Newsletters"])
    ana.google.trash(trashed)
    ana.google.star(starred)
    ana.google.delete(deleted)

    receipt = ana.undo(run_id=run).receipt

    assert ana.names(put_back) == {"INBOX", "UNREAD"}
    assert "INBOX" not in ana.names(trashed)
    assert ana.names(starred) == {"INBOX", "UNREAD", "STARRED"}
    assert receipt.skipped == {"gone": 1}
    assert receipt.is_whole


def test_undo_asks_about_each_message_once_the_history_has_expired(ana: GmailHome) -> None:
    messages, run = sorted_run(ana)
    ana.google.star(messages[0])
    ana.google.expire_history()

    ana.undo(run_id=run)

    assert ana.names(messages[0]) == {"INBOX", "UNREAD", "STARRED"}
    assert ana.names(messages[1]) == {"INBOX", "UNREAD"}
    assert ana.google.usage.calls["messages.get"] == MANY


def test_undo_of_an_undo_needs_no_asking_either(ana: GmailHome) -> None:
    messages, run = sorted_run(ana)
    undo = ana.undo(run_id=run).receipt.run

    ana.undo(run_id=undo)

    assert {ana.names(message) == {"UNREAD", "AI_Newsletters"} for message in messages} == {True}
    assert "messages.get" not in ana.google.usage.calls


def test_what_was_held_is_approved_by_the_labels_of_now(ana: GmailHome) -> None:
    messages = [ana.deliver(newsletter(number), age=number) for number in range(MANY)]
    run = ana.sort(dry_run=True).receipt.run
    archived, deleted = messages[:2]
    ana.google.archive(archived)
    ana.google.delete(deleted)
    ana.google.reset_usage()

    receipt = ana.approve(run_id=run).receipt

    assert (receipt.handled, receipt.skipped) == (MANY - 1, {"gone": 1})
    assert "messages.get" not in ana.google.usage.calls
    approved = {entry.message_id: entry for entry in ana.entries(State.APPLIED)}
    assert approved[archived].change.remove == frozenset()
    assert approved[messages[2]].change.remove == {"INBOX"}
    assert {entry.decision.category for entry in approved.values() if entry.decision} == {Category.NEWSLETTER}


def test_run_killed_while_changing_is_settled_without_asking_about_each_message(ana: GmailHome) -> None:
    for number in range(MANY):
        ana.deliver(newsletter(number), age=number)
    ana.google.fault("messages.batchModify", "reset_after_apply")

    receipt = ana.sort().receipt
    ana.google.reset_usage()
    again = ana.sort().receipt

    assert receipt.handled == MANY
    assert again.handled == 0
    assert {entry.state for entry in ana.entries()} == {State.APPLIED}
    assert "messages.get" not in ana.google.usage.calls

"""What was held is made when the person says yes, against the mailbox as it is then."""

from auramail.core.history import Selection, State
from auramail.core.policy import Policy
from auramail.flow.approve import decline
from tests.house import GmailHome, newsletter, note


def test_approved_dry_run_does_what_it_showed(ana: GmailHome) -> None:
    messages = [ana.deliver(newsletter(number)) for number in range(3)]
    plan = ana.sort(dry_run=True).receipt.run

    receipt = ana.approve(run_id=plan).receipt

    assert receipt.handled == 3
    assert {frozenset(ana.names(message)) for message in messages} == {frozenset({"UNREAD", "AI_Newsletters"})}


def test_only_the_chosen_entries_are_made(ana: GmailHome) -> None:
    first, second = ana.deliver(newsletter(1)), ana.deliver(newsletter(2))
    plan = ana.sort(dry_run=True).receipt.run
    chosen = next(entry for entry in ana.entries(State.HELD) if entry.message_id == first)

    ana.approve(run_id=plan, ids=[chosen.id])

    assert "INBOX" not in ana.names(first)
    assert "INBOX" in ana.names(second)


def test_plan_older_than_the_mailbox_is_made_against_the_labels_of_now(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    plan = ana.sort(dry_run=True).receipt.run
    ana.google.archive(message)
    ana.google.relabel(message, add=("Mine",))
    now = ana.labels()

    approved = ana.approve(run_id=plan).receipt.run
    ana.undo(run_id=approved)

    assert ana.labels() == now


def test_vanished_message_is_counted_as_gone(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    plan = ana.sort(dry_run=True).receipt.run
    ana.google.delete(message)

    receipt = ana.approve(run_id=plan).receipt

    assert (receipt.handled, receipt.skipped) == (0, {"gone": 1})


def test_approving_twice_does_it_once(ana: GmailHome) -> None:
    ana.deliver(newsletter(1))
    plan = ana.sort(dry_run=True).receipt.run
    ana.approve(run_id=plan)

    assert ana.approve(run_id=plan).receipt.listed == 0


def test_message_sorted_meanwhile_is_left_as_it_is(ana: GmailHome) -> None:
    ana.deliver(newsletter(1))
    plan = ana.sort(dry_run=True).receipt.run
    ana.sort()

    receipt = ana.approve(run_id=plan).receipt

    assert (receipt.handled, receipt.skipped) == (0, {"already_handled": 1})


def test_declined_entries_stay_untouched(ana: GmailHome) -> None:
    ana.deliver(newsletter(1))
    before = ana.labels()
    plan = ana.sort(dry_run=True).receipt.run

    count = decline(ana.account.id, Selection(ana.account.id, run_id=plan), ana.house.ledger)

    assert count == 1
    assert [entry.state for entry in ana.entries()] == [State.DECLINED]
    assert ana.labels() == before


def test_wanted_mail_in_spam_is_proposed_for_rescue_and_comes_back_on_yes(ana: GmailHome) -> None:
    sent = note(5).replace(b"To: ana@gmail.example", b"To: ben@friends.example")
    ana.deliver(sent.replace(b"From: Ben Friend <ben@friends.example>", b"From: ana@gmail.example"), "SENT")
    message = ana.deliver(note(1), "SPAM", "UNREAD")
    run = ana.sort().receipt
    assert run.held == 1
    assert ana.names(message) == {"SPAM", "UNREAD"}

    ana.approve(run_id=run.run)

    assert ana.names(message) >= {"INBOX", "UNREAD"}
    assert "SPAM" not in ana.names(message)


def test_proposal_is_carried_out_with_the_prefix_of_now(ana: GmailHome) -> None:
    message = ana.deliver(newsletter(1))
    plan = ana.sort(dry_run=True).receipt.run
    ana.house.preferences.save_policy(ana.account.id, Policy(label_prefix="Aura/"))

    ana.approve(run_id=plan)

    assert ana.names(message) == {"UNREAD", "Aura/Newsletters"}

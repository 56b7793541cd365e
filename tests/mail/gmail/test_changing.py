from collections.abc import Sequence

import pytest

from auramail.core.actions import Change
from auramail.core.errors import SignInNeededError, TryAgainError
from auramail.core.labels import LabelWish
from auramail.mail.gmail.mailbox import GmailMailbox
from auramail.ports.mailboxes import Applied, Request
from tests.mail.gmail.gmail_world import GmailWorld

ARCHIVE = Change(remove=frozenset({"INBOX"}))
STAR = Change(add=frozenset({"STARRED"}))


def change(mailbox: GmailMailbox, ids: Sequence[str], wish: Change = ARCHIVE) -> Applied:
    (answer,) = mailbox.change_labels([Request(tuple(ids), wish)])
    return answer


def test_each_request_gets_its_own_change_and_its_own_answer(world: GmailWorld, mailbox: GmailMailbox) -> None:
    one, two, three = world.deliver(3)
    requests = [Request((one, two), ARCHIVE), Request((three,), STAR)]

    answers = mailbox.change_labels(requests)

    assert [answer.request for answer in answers] == requests
    assert all(answer.problem is None and not answer.unknown and not answer.gone for answer in answers)
    assert world.google.labels_of(one) == world.google.labels_of(two) == {"UNREAD"}
    assert world.google.labels_of(three) == {"INBOX", "UNREAD", "STARRED"}


def test_eleven_equal_changes_are_one_call_and_ten_are_ten(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(21)

    mailbox.change_labels([Request(tuple(ids[:10]), STAR), Request(tuple(ids[10:]), ARCHIVE)])

    calls = world.google.usage.calls
    assert (calls["messages.modify"], calls["messages.batchModify"]) == (10, 1)
    # 10 × 5 + 50, and for the check getProfile and history.list; all changes in one request.
    assert mailbox.usage.quota_units == 10 * 5 + 50 + 1 + 2
    assert mailbox.usage.http_calls == 3


def test_more_than_a_thousand_ids_are_split(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(1001)

    answer = change(mailbox, ids)

    assert answer.problem is None
    assert not answer.unknown
    assert world.google.usage.calls["messages.batchModify"] == 2
    assert all("INBOX" not in labels for labels in world.google.snapshot().values())


def test_a_request_that_changes_nothing_asks_nothing(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(1)

    answer = change(mailbox, ids, Change())

    assert answer.problem is None
    assert world.google.usage.http_calls == 0


def test_trash_and_back(world: GmailWorld, mailbox: GmailMailbox) -> None:
    (message,) = world.deliver(1)

    change(mailbox, [message], Change(add=frozenset({"TRASH"}), remove=frozenset({"INBOX"})))
    in_the_trash = world.google.labels_of(message)
    change(mailbox, [message], Change(add=frozenset({"INBOX"}), remove=frozenset({"TRASH"})))

    assert in_the_trash == {"TRASH", "UNREAD"}
    assert world.google.labels_of(message) == {"INBOX", "UNREAD"}


@pytest.mark.parametrize("count", [3, 15])
def test_a_message_deleted_before_the_change_is_told_as_gone(
    world: GmailWorld, mailbox: GmailMailbox, count: int
) -> None:
    """A single change says so itself; batchModify is silent and the history is asked."""
    ids = world.deliver(count)
    world.google.delete(ids[1])

    answer = change(mailbox, ids)

    assert answer.gone == {ids[1]}
    assert answer.problem is None
    assert not answer.unknown


def test_a_change_that_was_made_already_is_confirmed_by_the_messages_themselves(
    world: GmailWorld, mailbox: GmailMailbox
) -> None:
    """What is so already leaves no trace in the history."""
    ids = world.deliver(12)
    change(mailbox, ids)

    again = change(mailbox, ids)

    assert not again.unknown
    assert not again.gone


def test_an_expired_history_is_made_up_for_by_asking_the_messages(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(13)
    change(mailbox, ids[1:])
    world.google.expire_history()
    world.google.delete(ids[0])

    answer = change(mailbox, ids, STAR)

    assert answer.gone == {ids[0]}
    assert not answer.unknown


def test_a_trace_of_the_persons_own_act_confirms_nothing(world: GmailWorld, mailbox: GmailMailbox) -> None:
    """The message was starred, then deleted for good, before our change."""
    ids = world.deliver(12)
    touched = ids[3]
    world.google.before("messages.batchModify", lambda: world.google.star(touched))
    world.google.before("messages.batchModify", lambda: world.google.delete(touched))

    answer = change(mailbox, ids)

    assert answer.gone == {touched}


def test_what_the_person_turned_back_unseen_is_left_to_the_journal(world: GmailWorld, mailbox: GmailMailbox) -> None:
    """With the history gone, a change taken back cannot be told from one never made."""
    ids = world.deliver(12)
    world.google.before("history.list", lambda: world.google.relabel(ids[5], add=("INBOX",)))
    world.google.before("history.list", world.google.expire_history)

    answer = change(mailbox, ids)

    assert answer.unknown


def test_a_check_that_google_puts_off_takes_nothing_back(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(12)
    world.google.fault("history.list", "429", retry_after=90)

    answer = change(mailbox, ids)

    assert answer.problem is None
    assert not answer.unknown


@pytest.mark.parametrize("count", [2, 15])
def test_a_label_the_person_deleted_is_a_problem_that_names_it(
    world: GmailWorld, mailbox: GmailMailbox, count: int
) -> None:
    ids = world.deliver(count)
    wish = LabelWish("AI_Newsletters", "#4a86e8", "#ffffff")
    label = mailbox.labels([wish])["AI_Newsletters"]
    world.google.delete_label("AI_Newsletters")

    answer = change(mailbox, ids, Change(add=frozenset({label.id})))
    renewed = mailbox.labels([wish])["AI_Newsletters"]
    repaired = change(mailbox, ids, Change(add=frozenset({renewed.id})))

    assert answer.problem is not None
    assert "AI_Newsletters" in answer.problem.say()
    assert renewed.id != label.id
    assert repaired.problem is None
    assert all(renewed.id in world.google.labels_of(one) for one in ids)


@pytest.mark.parametrize("kind", ["reset_after_apply", "timeout_after_apply", "reset_mid_body", "truncated_json"])
def test_a_change_whose_answer_is_lost_is_neither_done_nor_refused(world: GmailWorld, kind: str) -> None:
    (message,) = world.deliver(1)
    world.google.fault("messages.modify", kind, seconds=0.3)

    with world.open(world.options(timeout=0.1)) as mailbox:
        answer = change(mailbox, [message])

    assert answer.unknown
    assert answer.problem is None
    # It was made, but nobody here may say so, and it is not made a second time.
    assert world.google.labels_of(message) == {"UNREAD"}
    assert world.google.usage.calls["messages.modify"] == 1


def test_a_lost_answer_to_a_batch_leaves_all_its_changes_open(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(4)
    world.google.fault("batch", "reset_after_apply")

    answer = change(mailbox, ids)

    assert answer.unknown


def test_a_part_without_an_answer_leaves_only_its_own_request_open(world: GmailWorld, mailbox: GmailMailbox) -> None:
    one, two = world.deliver(2)
    world.google.fault("batch", "missing_part")

    first, second = mailbox.change_labels([Request((one,), ARCHIVE), Request((two,), STAR)])

    assert first.unknown
    assert not second.unknown


@pytest.mark.parametrize("kind", ["429", "userRateLimitExceeded", "503"])
def test_a_change_refused_for_a_moment_is_made_again(world: GmailWorld, mailbox: GmailMailbox, kind: str) -> None:
    ids = world.deliver(3)
    world.google.fault("messages.modify", kind, nth=2)

    answer = change(mailbox, ids)

    assert not answer.unknown
    assert all("INBOX" not in world.google.labels_of(one) for one in ids)


def test_changes_that_were_all_put_off_are_tried_again_later(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(2)
    world.google.fault("messages.modify", "429", times=None, retry_after=60)

    with pytest.raises(TryAgainError) as caught:
        change(mailbox, ids)

    assert caught.value.after == 60
    assert all("INBOX" in world.google.labels_of(one) for one in ids)


def test_what_was_made_before_google_asked_to_wait_is_told(world: GmailWorld, mailbox: GmailMailbox) -> None:
    one, two = world.deliver(2)
    world.google.fault("messages.modify", "429", nth=2, times=None, retry_after=60)

    first, second = mailbox.change_labels([Request((one,), ARCHIVE), Request((two,), ARCHIVE)])

    assert (first.unknown, first.later) == (False, None)
    assert second.later is not None
    assert second.later.after == 60


def test_what_quota_does_not_let_repeat_stays_open(world: GmailWorld) -> None:
    """11 units pay for both changes; repeating the refused one takes 5 more, at 11 a minute."""
    one, two = world.deliver(2)
    world.google.fault("messages.modify", "429", nth=2)

    with world.open(units_per_minute=11) as mailbox:
        first, second = mailbox.change_labels([Request((one,), ARCHIVE), Request((two,), ARCHIVE)])

    assert (first.unknown, first.later) == (False, None)
    assert second.later is not None


def test_changes_beyond_the_quota_stay_open(world: GmailWorld) -> None:
    """The first hundred leave 6 units; for the other 100 units one would wait more than eleven seconds."""
    ids = world.deliver(120)
    requests = [Request((one,), ARCHIVE) for one in ids]

    with world.open(units_per_minute=506) as mailbox:
        answers = mailbox.change_labels(requests)

    assert [answer.later is not None for answer in answers] == [False] * 100 + [True] * 20
    assert not any(answer.unknown for answer in answers)


@pytest.mark.parametrize("count", [1, 12])
def test_a_permission_withdrawn_in_between_pauses_the_account(
    world: GmailWorld, mailbox: GmailMailbox, count: int
) -> None:
    ids = world.deliver(count)
    world.google.fault("messages.batchModify", "insufficientPermissions")
    world.google.fault("messages.modify", "insufficientPermissions")

    with pytest.raises(SignInNeededError, match=r"gmail\.modify"):
        change(mailbox, ids)


def test_another_refusal_is_a_problem_in_googles_words(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(1)
    world.google.fault("messages.modify", "400")

    answer = change(mailbox, ids)

    assert answer.problem is not None
    assert "Precondition check failed" in answer.problem.say()


def test_a_label_gmail_never_takes_is_a_problem(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(1)

    answer = change(mailbox, ids, Change(add=frozenset({"SENT"})))

    assert answer.problem is not None
    assert "SENT" in answer.problem.say()

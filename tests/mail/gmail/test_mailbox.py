from datetime import timedelta

import pytest

from auramail.core.errors import GiveUpError, NeedsPersonError, NotYetError, SignInNeededError, TryAgainError
from auramail.core.queries import MailQuery
from auramail.mail.gmail.mailbox import GmailMailbox, GmailOptions
from auramail.mail.gmail.quota import LocalBucket
from tests.mail.gmail.gmail_world import NOON, GmailWorld
from tests.mail.letters import letter

MEGABYTE = 1 << 20


def listed(mailbox: GmailMailbox, query: MailQuery) -> list[str]:
    return [one for page in mailbox.list_ids(query) for one in page.ids]


def test_a_message_is_read_with_its_bytes_labels_thread_and_time(world: GmailWorld, mailbox: GmailMailbox) -> None:
    raw = letter("Рахунок за газ")
    message = world.google.add_message(raw, ("INBOX", "STARRED"), NOON)

    (answer,) = mailbox.fetch([message])

    assert answer.source is not None
    assert answer.source.raw == raw
    assert answer.source.labels == {"INBOX", "STARRED"}
    assert answer.source.thread_id == message
    assert answer.source.received == NOON


def test_a_message_without_any_label_is_read(world: GmailWorld, mailbox: GmailMailbox) -> None:
    message = world.google.add_message(letter(), ())

    (answer,) = mailbox.fetch([message])

    assert answer.source is not None
    assert answer.source.labels == frozenset()


def test_answers_come_in_the_order_asked_for_and_name_what_is_gone(world: GmailWorld, mailbox: GmailMailbox) -> None:
    first, second, third = world.deliver(3)
    world.google.delete(second)

    answers = mailbox.fetch([third, second, "never-was", first])

    assert [(answer.id, answer.gone) for answer in answers] == [
        (third, False),
        (second, True),
        ("never-was", True),
        (first, False),
    ]


def test_eighty_messages_are_read_in_three_requests(world: GmailWorld, mailbox: GmailMailbox) -> None:
    """25, then 35, then the rest: each success lets the next batch be ten larger, up to 40."""
    ids = world.deliver(80)

    answers = mailbox.fetch(ids)

    assert all(answer.source for answer in answers)
    assert world.google.usage.calls["batch"] == 3
    assert mailbox.usage.http_calls == 3
    assert mailbox.usage.quota_units == 80 * 20 == world.google.usage.units


def test_a_batch_that_is_too_large_for_gmail_is_finished_in_smaller_ones(world: GmailWorld) -> None:
    world.google.api.batch_concurrency = 15
    ids = world.deliver(50)

    with world.open() as mailbox:
        answers = mailbox.fetch(ids)

    assert all(answer.source for answer in answers)
    # Of the first 25, 15 pass and 10 come again after a second or two; from then on batches hold 12.
    assert world.google.usage.statuses[429] == 10
    assert len(world.clock.pauses) == 1
    assert 1 <= world.clock.pauses[0] <= 2


def test_a_message_that_gmail_cannot_give_does_not_hold_up_the_others(world: GmailWorld, mailbox: GmailMailbox) -> None:
    good, bad = world.deliver(2)
    world.google.fault("messages.get", "500", nth=2, times=None)

    answers = mailbox.fetch([good, bad])

    assert answers[0].source is not None
    assert answers[1].source is None
    assert answers[1].problem is not None
    assert "500" in answers[1].problem.say()


def test_a_message_that_gmail_refuses_is_told_with_the_reason(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(2)
    world.google.fault("messages.get", "400")

    refused, read = mailbox.fetch(ids)

    assert refused.problem is not None
    assert "Precondition check failed" in refused.problem.say()
    assert read.source is not None


@pytest.mark.parametrize("kind", ["429", "403", "userRateLimitExceeded", "500", "502", "503"])
def test_a_passing_refusal_is_waited_out(world: GmailWorld, mailbox: GmailMailbox, kind: str) -> None:
    ids = world.deliver(3)
    world.google.fault("messages.get", kind, nth=2, times=2)

    answers = mailbox.fetch(ids)

    assert all(answer.source for answer in answers)
    assert len(world.clock.pauses) == 1


@pytest.mark.parametrize("kind", ["reset", "reset_mid_body", "truncated_json", "html", "empty", "gzip_garbage"])
@pytest.mark.parametrize("method", ["messages.list", "batch"])
def test_a_lost_or_garbled_answer_to_a_question_is_asked_again(
    world: GmailWorld, mailbox: GmailMailbox, method: str, kind: str
) -> None:
    ids = world.deliver(3)
    world.google.fault(method, kind)

    assert listed(mailbox, MailQuery()) == ids


@pytest.mark.parametrize("kind", ["missing_part", "reordered"])
def test_parts_of_a_batch_may_be_missing_or_come_in_any_order(
    world: GmailWorld, mailbox: GmailMailbox, kind: str
) -> None:
    ids = world.deliver(5)
    world.google.fault("batch", kind)

    answers = mailbox.fetch(ids)

    assert [answer.source and answer.source.id for answer in answers] == ids


def test_a_wait_that_google_names_is_kept(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(2)
    world.google.fault("messages.get", "429", retry_after=5)

    mailbox.fetch(ids)

    assert world.clock.pauses == [5]


def test_a_long_wait_goes_back_to_the_queue(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(2)
    world.google.fault("messages.get", "429", retry_after=120)

    read = mailbox.fetch(ids)
    with pytest.raises(TryAgainError) as caught:
        mailbox.fetch(ids[:1])

    assert [answer.id for answer in read] == ids[1:]  # the other was paid for and answered
    assert caught.value.after == 120
    assert world.clock.pauses == []
    assert world.google.usage.calls["messages.get"] == 2


def test_waits_double_until_they_are_too_long_for_a_worker(world: GmailWorld, mailbox: GmailMailbox) -> None:
    world.google.fault("labels.list", "503", times=None)

    with pytest.raises(TryAgainError):
        mailbox.labels([])

    # One, two and four seconds, each with up to a second of jitter; eight is the queue's business.
    assert [int(pause) for pause in world.clock.pauses] == [1, 2, 4]


def test_a_server_that_is_not_there_is_a_reason_to_try_again(world: GmailWorld) -> None:
    options = GmailOptions(root_url="http://127.0.0.1:9")

    with world.open(options) as mailbox, pytest.raises(TryAgainError, match="cannot be reached"):
        mailbox.labels([])


@pytest.mark.parametrize(
    ("kind", "error", "said"),
    [
        ("insufficientPermissions", SignInNeededError, "gmail.modify"),
        ("dailyLimitExceeded", TryAgainError, "quota of your Google project"),
        ("domainPolicy", NeedsPersonError, "administrator"),
        ("400", GiveUpError, "Precondition check failed"),
    ],
)
def test_a_refusal_for_good_is_told_at_once(
    world: GmailWorld, mailbox: GmailMailbox, kind: str, error: type[Exception], said: str
) -> None:
    world.google.fault("labels.list", kind)

    with pytest.raises(error, match=said):
        mailbox.labels([])

    assert world.clock.pauses == []


def test_quota_is_waited_for_and_then_used(world: GmailWorld) -> None:
    ids = world.deliver(100)

    with world.open(units_per_minute=600) as mailbox:  # 10 units a second: the bucket pays for 30 messages
        mailbox.fetch(ids[:25])
        mailbox.fetch(ids[25:30])
        mailbox.fetch(ids[30:31])

    assert sum(world.clock.pauses) == pytest.approx(2)  # 20 units more than the bucket held


def test_quota_that_is_long_in_coming_goes_back_to_the_queue(world: GmailWorld) -> None:
    ids = world.deliver(50)

    with world.open(units_per_minute=600) as mailbox:
        mailbox.fetch(ids[:25])
        with pytest.raises(NotYetError) as caught:
            mailbox.fetch(ids[25:50])

    assert caught.value.after == pytest.approx(40)  # 500 units, of which 100 are left, at 10 a second
    assert world.google.usage.units == 500


def test_prices_can_be_changed(world: GmailWorld) -> None:
    ids = world.deliver(3)
    options = GmailOptions(root_url=world.google.url, unit_costs={"messages.get": 5})

    with world.open(options) as mailbox:
        mailbox.fetch(ids)

    assert mailbox.usage.quota_units == 15


def test_labels_now_are_the_labels_of_this_moment(world: GmailWorld, mailbox: GmailMailbox) -> None:
    kept, archived, gone = world.deliver(3)
    world.google.archive(archived)
    world.google.delete(gone)

    now = mailbox.labels_now([kept, archived, gone])

    assert now == {kept: {"INBOX", "UNREAD"}, archived: {"UNREAD"}, gone: None}


def test_labels_google_does_not_tell_now_are_asked_for_later(world: GmailWorld, mailbox: GmailMailbox) -> None:
    ids = world.deliver(2)
    world.google.fault("messages.get", "429", retry_after=60)

    with pytest.raises(TryAgainError):
        mailbox.labels_now(ids)


def test_a_huge_message_is_read_without_its_attachment(world: GmailWorld, mailbox: GmailMailbox) -> None:
    attachment = "QUJD" * (2 * MEGABYTE)  # 8 MB in base64, 6,291,456 bytes
    raw = (
        "From: Ben <ben@work.example>\r\nSubject: Scans\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="xyz"\r\n\r\n'
        "--xyz\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the scans.\r\n"
        '--xyz\r\nContent-Type: application/pdf; name="scans.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="scans.pdf"\r\n\r\n{attachment}\r\n--xyz--\r\n'
    ).encode()
    huge = world.google.add_message(raw, date=NOON)
    small = world.google.add_message(letter(), date=NOON - timedelta(days=1))

    (page,) = mailbox.list_ids(MailQuery())
    answers = mailbox.fetch(page.ids, frozenset(one.id for one in page.messages if one.is_large))

    assert page.ids == [huge, small]
    read = answers[0].source
    assert read is not None
    assert len(read.raw) < 1000
    assert b'filename="scans.pdf"; size=6291456' in read.raw
    assert world.google.usage.calls["messages.list"] == 2
    assert answers[1].source is not None
    assert answers[1].source.raw == letter()


def test_the_next_client_begins_with_batches_of_the_size_that_went_well(world: GmailWorld) -> None:
    ids = world.deliver(40)
    bucket = LocalBucket(1_000_000, world.clock)
    with world.open(bucket=bucket) as mailbox:
        mailbox.fetch(ids)
        mailbox.fetch(ids)
    world.google.reset_usage()

    with world.open(bucket=bucket) as mailbox:
        mailbox.fetch(ids)

    assert world.google.usage.calls["batch"] == 1

"""What Google's refusals teach: which limit was met, how long to stay away, and how much to ask for from then on."""

from collections.abc import Sequence

import pytest

from auramail.core.errors import TryAgainError
from auramail.core.quota import Priority, Table, table_in_force
from auramail.mail.gmail.mailbox import GmailMailbox, GmailOptions
from auramail.mail.gmail.quota import LocalBucket
from tests.mail.gmail.gmail_world import GmailWorld

BANDWIDTH = "User-rate limit exceeded.  Retry after {}"


def read_all(world: GmailWorld, mailbox: GmailMailbox, ids: Sequence[str]) -> None:
    """Read everything as a worker does: what must wait comes back after the time that was named."""
    left = list(ids)
    while left:
        try:
            read = mailbox.fetch(left[:80])
        except TryAgainError as error:
            world.clock.advance(seconds=error.after)
            continue
        assert all(answer.source for answer in read)
        answered = {answer.id for answer in read}
        left = [one for one in left if one not in answered]


def test_parts_of_one_batch_that_are_refused_for_quota_halve_the_estimate_once(world: GmailWorld) -> None:
    ids = world.deliver(25)
    world.google.fault("messages.get", "429", nth=11, times=15)
    bucket = LocalBucket(6000, world.clock)

    with world.open(bucket=bucket) as mailbox:
        read_all(world, mailbox, ids)

    standing = bucket.standing()
    assert standing.refusals == 1
    assert 3000 <= standing.a_minute < 3400  # fifteen messages later it has recovered a little
    assert world.google.usage.calls["messages.get"] == 40


def test_a_refusal_for_concurrency_makes_batches_smaller_and_leaves_the_quota_alone(world: GmailWorld) -> None:
    world.google.api.batch_concurrency = 15
    ids = world.deliver(60)
    bucket = LocalBucket(6000, world.clock)

    with world.open(bucket=bucket) as mailbox:
        mailbox.fetch(ids)

    assert bucket.standing().a_minute == 6000
    assert bucket.standing().refusals == 0
    # 25 of which 15 pass, the other 10 alone; then 12, 22 of which 15 pass, the other 7; the last one.
    assert world.google.usage.statuses[429] == 17


def test_a_refusal_for_quota_does_not_make_batches_smaller(world: GmailWorld) -> None:
    ids = world.deliver(50)
    world.google.fault("messages.get", "403", nth=25)

    with world.open() as mailbox:
        mailbox.fetch(ids)

    assert world.google.usage.calls["batch"] == 2  # 25 and 25; the refused one went alone


def test_a_limit_that_google_names_is_remembered(world: GmailWorld) -> None:
    world.google.quota.units_per_minute, world.google.quota.names_limit = 400, True
    bucket = LocalBucket(6000, world.clock)

    with world.open(bucket=bucket) as mailbox:
        read_all(world, mailbox, world.deliver(30))

    assert bucket.standing().named == 400


def test_the_stricter_table_shows_when_the_older_one_was_expected(world: GmailWorld) -> None:
    """The settings say 15,000 units a minute at 5 for a message; Google says 6,000 at 20."""
    world.google.quota.units_per_minute = 6000
    bucket = LocalBucket(15_000, world.clock)
    options = GmailOptions(root_url=world.google.url, unit_costs={"messages.get": 5})

    with world.open(options, bucket=bucket) as mailbox:
        read_all(world, mailbox, world.deliver(700))

    assert table_in_force(bucket.standing(), 5) is Table.MAY_2026


def test_a_bandwidth_limit_is_told_with_when_it_ends_and_nothing_more_is_asked(world: GmailWorld) -> None:
    ids = world.deliver(60)
    message = BANDWIDTH.format("2026-11-20T14:00:00.500Z")  # two hours from now
    world.google.fault("messages.get", "429", times=None, message=message)
    bucket = LocalBucket(6000, world.clock)

    with world.open(bucket=bucket) as mailbox, pytest.raises(TryAgainError, match="too much was downloaded") as caught:
        mailbox.fetch(ids)

    assert caught.value.after == 7200
    assert caught.value.hint is not None
    assert "120 min" in caught.value.hint.say()
    assert world.google.usage.calls["batch"] == 1
    assert bucket.standing().refusals == 0  # it is not the units that ran out
    assert world.clock.pauses == []


@pytest.mark.parametrize(
    ("time", "after"),
    [
        ("2026-11-20T12:00:03.000Z", 60),
        ("2026-11-20T11:00:00.000Z", 60),  # the computer's clock is an hour fast
        ("2031-01-01T00:00:00.000Z", 86_400),
    ],
)
def test_a_time_to_come_back_is_never_negative_nor_more_than_a_day(world: GmailWorld, time: str, after: float) -> None:
    world.google.fault("labels.list", "userRateLimitExceeded", times=None, message=BANDWIDTH.format(time))

    with world.open() as mailbox, pytest.raises(TryAgainError) as caught:
        mailbox.labels([])

    assert caught.value.after == after


def test_a_time_that_is_none_is_passed_over(world: GmailWorld) -> None:
    world.google.fault("labels.list", "429", times=None, message=BANDWIDTH.format("2026-99-99T99:99:99.000Z"))

    with world.open() as mailbox, pytest.raises(TryAgainError, match="too many requests") as caught:
        mailbox.labels([])

    assert caught.value.after == 16


def test_a_seconds_wait_of_weeks_becomes_a_day(world: GmailWorld) -> None:
    world.google.fault("labels.list", "429", retry_after=999_999)

    with world.open() as mailbox, pytest.raises(TryAgainError) as caught:
        mailbox.labels([])

    assert caught.value.after == 86_400


def test_a_used_up_day_ends_the_run_politely_and_asks_no_more(world: GmailWorld) -> None:
    ids = world.deliver(60)
    world.google.fault("messages.get", "dailyLimitExceeded", nth=6, times=None)

    with world.open() as mailbox:
        read = mailbox.fetch(ids)
        with pytest.raises(TryAgainError, match="Today's Gmail quota") as caught:
            mailbox.fetch(ids[5:])

    assert [answer.id for answer in read] == ids[:5]  # read and paid for
    assert caught.value.after == 3600
    assert world.google.usage.calls["batch"] == 1
    assert world.clock.pauses == []


@pytest.mark.parametrize("retry_after", [None, 30])
def test_ten_minutes_of_refusals_are_sat_out_with_few_requests(world: GmailWorld, retry_after: int | None) -> None:
    ids = world.deliver(200)
    bucket = LocalBucket(6000, world.clock)
    world.google.fault("messages.get", "429", times=None, retry_after=retry_after)

    with world.open(bucket=bucket) as mailbox:
        while world.clock.monotonic() < 600:
            with pytest.raises(TryAgainError) as caught:
                mailbox.fetch(ids[:80])
            world.clock.advance(seconds=caught.value.after)
        requests = world.google.usage.http_calls
        lowest = bucket.standing().a_minute
        world.google.clear_faults()
        read_all(world, mailbox, ids)

    assert requests <= 15  # one a minute, and a few at first
    assert lowest < 1500
    assert world.google.usage.statuses[200] >= 200


def test_other_accounts_go_on_during_a_storm(world: GmailWorld) -> None:
    """Ana's quota at Google is used up by another program; Ben's is not."""
    ben = world.google.add_user("ben@gmail.example")
    tokens = world.google.grant(ben)
    letters = [world.google.add_message(b"Subject: Hi\r\n\r\nHi", user=ben) for _ in range(50)]
    world.google.quota.units_per_minute = 1000
    anas, bens = LocalBucket(6000, world.clock), LocalBucket(6000, world.clock)
    credentials = world.credentials()
    bens_credentials = world.credentials_of(tokens)

    with (
        world.open(credentials=credentials, bucket=anas) as hers,
        world.open(credentials=bens_credentials, bucket=bens) as his,
    ):
        hers.fetch(world.deliver(80))
        read = his.fetch(letters)

    assert anas.standing().refusals > 0
    assert len(read) == 50
    assert bens.standing().refusals == 0


@pytest.mark.parametrize("hours", [1, -1])
def test_a_step_of_the_computers_clock_changes_nothing(world: GmailWorld, hours: int) -> None:
    ids = world.deliver(100)
    bucket = LocalBucket(600, world.clock)

    with world.open(bucket=bucket) as mailbox:
        mailbox.fetch(ids[:30])
        world.clock.set_wall(hours=hours)
        with pytest.raises(TryAgainError) as caught:
            mailbox.fetch(ids[30:55])

    assert caught.value.after == pytest.approx(50)
    assert bucket.standing().left == 0


def test_two_workers_read_at_the_limit_and_google_never_refuses(world: GmailWorld) -> None:
    """1,500 messages are 30,000 units: 6,000 at once, the others in four minutes."""
    world.google.quota.units_per_minute = 6000
    ids = world.deliver(1500)
    bucket = LocalBucket(6000, world.clock)
    options = GmailOptions(root_url=world.google.url, priority=Priority.LIVE)

    with world.open(options, bucket=bucket) as one, world.open(options, bucket=bucket) as other:
        for start in range(0, 1500, 100):
            read_all(world, one, ids[start : start + 50])
            read_all(world, other, ids[start + 50 : start + 100])

    assert world.google.quota.refused == 0
    assert world.google.usage.units == 30_000
    assert world.clock.monotonic() == pytest.approx(240, rel=0.02)

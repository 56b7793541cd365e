"""What Gmail costs: quota units, HTTP calls and seconds a message, for a run of 600 messages at 80 ms a call.

    .venv/bin/python -m bench.gmail

Speaks to the fake Google in a process of its own; reads and changes mail in the portions of `flow`, against the same
work done one message at a time.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from auramail.core.actions import Change
from auramail.core.clock import SystemClock
from auramail.core.labels import INBOX
from auramail.core.policy import LABELS, Policy
from auramail.core.queries import MailQuery
from auramail.flow.fetch import PORTION
from auramail.flow.pending import APPLY_AT
from auramail.mail.gmail.client_file import OAuthClient
from auramail.mail.gmail.credentials import Credentials
from auramail.mail.gmail.mailbox import GmailMailbox, GmailOptions, Grant, open_mailbox
from auramail.mail.gmail.quota import LocalBucket
from auramail.ports import Request
from tests.fakes.google.oauth import OAuth
from tests.fakes.google_process import GoogleProcess
from tests.mail.letters import letter

MESSAGES = 600
ONE_BY_ONE = 60
LATENCY = 0.08
MOST_UNITS = 21.5
MOST_CALLS = 0.06
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Cost:
    """Of one message."""

    units: float
    calls: float
    seconds: float


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "seed.json"
        seed.write_text(json.dumps(mail()), encoding="utf-8")
        with GoogleProcess(seed, latency=LATENCY) as google:
            together = measure(google, MESSAGES, PORTION, APPLY_AT)
        with GoogleProcess(seed, latency=LATENCY) as google:
            apart = measure(google, ONE_BY_ONE, 1, 1)
            broken = google.violations + google.forbidden
    print(f"{'a message':>12}  {'units':>7}  {'HTTP calls':>10}  {'ms':>7}")
    for name, cost in (("together", together), ("one by one", apart)):
        print(f"{name:>12}  {cost.units:7.2f}  {cost.calls:10.4f}  {cost.seconds * 1000:7.1f}")
    print(f"{'ratio':>12}  {apart.units / together.units:7.2f}  {apart.calls / together.calls:10.1f}", end="")
    print(f"  {apart.seconds / together.seconds:7.1f}")
    met = together.units <= MOST_UNITS and together.calls <= MOST_CALLS and not broken
    print(f"goal: at most {MOST_UNITS} units and {MOST_CALLS} calls: {'met' if met else 'MISSED'}")
    return 0 if met else 1


def mail() -> dict[str, object]:
    dates = [NOW - timedelta(minutes=age) for age in range(MESSAGES)]
    messages = [
        {"raw": letter(f"Letter {age}", date=date, body="Good day. " * 200).decode(), "date": date.isoformat()}
        for age, date in enumerate(dates)
    ]
    return {"users": [{"address": "ana@gmail.example", "refresh_token": "bench", "messages": messages}]}


def measure(google: GoogleProcess, count: int, portion: int, apply_at: int) -> Cost:
    """Sort `count` messages into seven labels in turn, as a run would."""
    started = time.perf_counter()
    with open_bench(google.url) as mailbox:
        wishes = [Policy().label(category) for category in LABELS]
        changes = [
            Change(add=frozenset({label.id}), remove=frozenset({INBOX})) for label in mailbox.labels(wishes).values()
        ]
        waiting: list[str] = []
        ids = (one for page in mailbox.list_ids(MailQuery(limit=count)) for one in page.ids)
        for some in portions(ids, portion):
            read = mailbox.fetch(some)
            assert all(answer.source for answer in read)
            waiting += some
            if len(waiting) >= apply_at:
                change(mailbox, waiting, changes)
                waiting = []
        change(mailbox, waiting, changes)
        seconds = time.perf_counter() - started
        return Cost(mailbox.usage.quota_units / count, mailbox.usage.http_calls / count, seconds / count)


def portions(ids: Iterator[str], size: int) -> Iterator[list[str]]:
    while some := list(islice(ids, size)):
        yield some


def change(mailbox: GmailMailbox, ids: Sequence[str], changes: Sequence[Change]) -> None:
    requests = [
        Request(tuple(ids[number :: len(changes)]), wish)
        for number, wish in enumerate(changes)
        if ids[number :: len(changes)]
    ]
    answers = mailbox.change_labels(requests)
    assert not any(answer.problem or answer.unknown or answer.gone for answer in answers)


def open_bench(url: str) -> GmailMailbox:
    clock = SystemClock()
    known = OAuth(clock)
    client = OAuthClient(known.client_id, known.client_secret, f"{url}/o/oauth2/v2/auth", f"{url}/token", "")
    credentials = Credentials(client.client_id, client.token_uri, "bench")
    return open_mailbox(
        Grant(client, credentials, lambda _: None),
        GmailOptions(root_url=url),
        zone="Europe/Kyiv",
        bucket=LocalBucket(1_000_000, clock),
        clock=clock,
        sleep=time.sleep,
    )


if __name__ == "__main__":
    sys.exit(main())

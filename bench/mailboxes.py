"""Mailboxes for benches: much bulk from few senders, the rest from many, and what a survey must never pass over.

Of the mail received 60 % is bulk of 200 senders with uneven volumes, over two years, in Ukrainian and English, 1–4 kB.
Among it are messages that a person cares about by some sign: `Why` names the signs. Equal seeds give equal mailboxes.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from functools import cache
from typing import Final

from bench.senders import OWN_DOMAIN, PEOPLES_SHARE, PERSON, Sender, Text, bulk_senders, people, services
from tests.fakes.google.mailbox import Letter
from tests.fakes.google.world import World

DAYS: Final = 730
YOUNG: Final = timedelta(days=14)
LARGE: Final = 1_100_000
"""Bytes, just over Gmail's `larger:1M`."""
MOST_LARGE: Final = 20
FRIEND: Final = "ben@friends.example"
ANSWERED: Final = 0.06
"""Share of people's letters that the person answered."""


class Why(StrEnum):
    """Why a message must be read, whatever is known of its sender."""

    STARRED = "starred"
    IMPORTANT = "important"
    THREAD = "the person wrote in its thread"
    CORRESPONDENT = "the person wrote to its sender"
    OWN_DOMAIN = "from the person's own domain"
    ATTACHMENT = "has an attachment"
    LARGE = "larger than 1 MB"
    YOUNG = "younger than 14 days"


@dataclass(frozen=True, slots=True)
class Mix:
    """What a mailbox is made of; the shares of signs are of the bulk."""

    bulk: float = 0.6
    bulk_senders: int = 200
    starred: float = 0.002
    important: float = 0.004
    answered: float = 0.001
    attachment: float = 0.002
    large: float = 0.0005


@dataclass(frozen=True, slots=True)
class Contents:
    """What was put into a mailbox, by message id; `received` is in the inbox, newest first, `sent` is the person's."""

    received: tuple[str, ...]
    bulk: frozenset[str]
    sent: frozenset[str]
    protected: Mapping[str, frozenset[Why]]


@dataclass(slots=True)
class _Draft:
    sender: Sender
    text: Text
    number: int
    received: datetime
    labels: set[str]
    why: set[Why] = field(default_factory=set)
    answers: str = ""
    """The Message-ID this one of the person's own answers, if it is one."""
    to: str = PERSON

    @property
    def own_id(self) -> str:
        return f"<{self.number}@{self.sender.address.partition('@')[2]}>"


def fill(world: World, count: int, seed: int = 1, mix: Mix | None = None) -> Contents:
    """Put `count` received messages into the first person's inbox, and what she sent on top; she must be `PERSON`."""
    drafts = sorted(_drafts(count, world.clock.now(), random.Random(seed), mix or Mix()), key=lambda one: one.received)
    ids = world.add_messages(Letter(_raw(draft), frozenset(draft.labels), draft.received) for draft in drafts)
    pairs = list(zip(ids, drafts, strict=True))
    return Contents(
        received=tuple(one for one, draft in reversed(pairs) if "INBOX" in draft.labels),
        bulk=frozenset(one for one, draft in pairs if draft.sender.is_bulk),
        sent=frozenset(one for one, draft in pairs if "SENT" in draft.labels),
        protected={one: frozenset(draft.why) for one, draft in pairs if draft.why},
    )


def _drafts(count: int, now: datetime, dice: random.Random, mix: Mix) -> Iterator[_Draft]:
    bulk_count = round(count * mix.bulk)
    bulk = bulk_senders(mix.bulk_senders, dice)
    written_to = {bulk[len(bulk) // 2].address: 20, bulk[len(bulk) * 2 // 3].address: 500}
    """Bulk senders the person once wrote to, and how many days ago: lately, and long since."""
    received = [
        *_bulk(bulk, bulk_count, now, dice, mix),
        *_others(count - bulk_count, bulk_count, now, dice),
    ]
    sent = [*_answers(received, now, dice, mix), *_letters_to(written_to, count, now)]
    known = {draft.to for draft in sent}
    for draft in received:
        draft.why |= _signs(draft, known, now)
    yield from received
    yield from sent


def _bulk(senders: list[Sender], count: int, now: datetime, dice: random.Random, mix: Mix) -> Iterator[_Draft]:
    """Every sender writes; the first write most."""
    weights = [1 / (rank + 4) for rank in range(len(senders))]
    chosen = [*senders[:count], *dice.choices(senders, weights, k=max(0, count - len(senders)))]
    large = 0
    for number, sender in enumerate(chosen):
        draft = _draft(sender, number, now, dice, unread=0.6)
        for share, label in ((mix.starred, "STARRED"), (mix.important, "IMPORTANT")):
            if dice.random() < share:
                draft.labels.add(label)
        if dice.random() < mix.attachment:
            draft.why.add(Why.ATTACHMENT)
        if dice.random() < mix.large and large < MOST_LARGE:
            draft.why |= {Why.LARGE, Why.ATTACHMENT}
            large += 1
        yield draft


def _others(count: int, first_number: int, now: datetime, dice: random.Random) -> Iterator[_Draft]:
    friends, firms = people(40 + count // 50, dice), services(60 + count // 100, dice)
    for number in range(first_number, first_number + count):
        is_person = dice.random() < PEOPLES_SHARE
        draft = _draft(dice.choice(friends if is_person else firms), number, now, dice, unread=0.1)
        if dice.random() < 0.3:
            draft.labels.add("IMPORTANT")
        if dice.random() < 0.05:
            draft.why.add(Why.ATTACHMENT)
        yield draft


def _draft(sender: Sender, number: int, now: datetime, dice: random.Random, *, unread: float) -> _Draft:
    received = now - timedelta(minutes=dice.randrange(5, DAYS * 24 * 60))
    labels = {"INBOX", sender.category} | ({"UNREAD"} if dice.random() < unread else set())
    return _Draft(sender, dice.choice(sender.texts), number, received, labels)


def _answers(received: list[_Draft], now: datetime, dice: random.Random, mix: Mix) -> Iterator[_Draft]:
    """What the person wrote into threads: answers to people, and bulk that they passed on to a friend."""
    for draft in received:
        is_bulk = draft.sender.is_bulk
        if dice.random() < (mix.answered if is_bulk else ANSWERED * draft.sender.is_person):
            draft.why.add(Why.THREAD)
            later = min(draft.received + timedelta(hours=dice.randint(1, 72)), now - timedelta(minutes=1))
            to = FRIEND if is_bulk else draft.sender.address
            yield _Draft(
                _self(), draft.text, len(received) + draft.number, later, {"SENT"}, answers=draft.own_id, to=to
            )


def _letters_to(written_to: Mapping[str, int], count: int, now: datetime) -> Iterator[_Draft]:
    for number, (address, days) in enumerate(written_to.items()):
        text = Text("A question", "Good day, where do I change my address? Ana")
        yield _Draft(_self(), text, 2 * count + number, now - timedelta(days=days), {"SENT"}, to=address)


def _signs(draft: _Draft, known: set[str], now: datetime) -> set[Why]:
    told = {
        Why.STARRED: "STARRED" in draft.labels,
        Why.IMPORTANT: "IMPORTANT" in draft.labels,
        Why.CORRESPONDENT: draft.sender.address in known,
        Why.OWN_DOMAIN: draft.sender.address.endswith(f"@{OWN_DOMAIN}"),
        Why.YOUNG: now - draft.received < YOUNG,
    }
    return {why for why, holds in told.items() if holds}


@cache
def _self() -> Sender:
    return Sender("Ana", PERSON, "personal", "CATEGORY_PERSONAL", ())


def _raw(draft: _Draft) -> bytes:
    sender = draft.sender
    domain = sender.address.partition("@")[2]
    head = [
        f"Authentication-Results: mx.google.com; dkim=pass header.i=@{domain}; dmarc=pass header.from={domain}",
        f"From: {sender.name} <{sender.address}>",
        f"To: {draft.to}",
        f"Subject: {draft.text.subject} {draft.number}",
        f"Date: {format_datetime(draft.received)}",
        f"Message-ID: {draft.own_id}",
        *([f"In-Reply-To: {draft.answers}"] if draft.answers else ()),
        *sender.headers,
        "MIME-Version: 1.0",
    ]
    body = _page(draft) if sender.is_bulk else _plain(draft)
    content = "Content-Type: {}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}"
    part = content.format("text/html" if sender.is_bulk else "text/plain", body)
    if Why.ATTACHMENT in draft.why:
        size = LARGE if Why.LARGE in draft.why else 900
        part = _with_file(part, size)
    return ("\n".join(head) + "\n" + part).encode()


def _plain(draft: _Draft) -> str:
    return f"{draft.text.text}\n\n({draft.number})\n"


def _page(draft: _Draft) -> str:
    """A campaign's page: pictures, buttons and a footer around the text."""
    domain = draft.sender.address.partition("@")[2]
    rows = "".join(
        f'<tr><td><a href="https://{domain}/c/{draft.number}/{place}"><img src="https://{domain}/{place}.png" alt="">'
        f"</a></td></tr><tr><td>{paragraph}</td></tr>\n"
        for place, paragraph in enumerate(draft.text.text.split("\n\n"))
    )
    goods = "".join(
        f'<td class="tile"><a href="https://{domain}/t/{draft.number}/{place}"><img src="https://{domain}/t{place}.jpg"></a></td>'
        for place in range(draft.number % 16)
    )
    footer = f'<small>No. {draft.number}. <a href="https://{domain}/off">Unsubscribe / Відписатися</a></small>'
    return f"<html><body><table>{rows}<tr>{goods}</tr></table>{footer}</body></html>\n"


def _with_file(part: str, size: int) -> str:
    lines = "QXVyYU1haWwgYmVuY2ggYXR0YWNobWVudCwgbm90aGluZyBpbiBpdC4gQXVyYU1haWwgYmVuY2g=\n"
    file = (
        'Content-Type: application/pdf; name="paper.pdf"\nContent-Disposition: attachment; filename="paper.pdf"\n'
        f"Content-Transfer-Encoding: base64\n\n{lines * (size // len(lines))}"
    )
    return f'Content-Type: multipart/mixed; boundary="edge"\n\n--edge\n{part}\n--edge\n{file}\n--edge--\n'

"""What a language model costs a run: calls, tokens and time against the naive way, one call for each message.

    .venv/bin/python -m bench.model [--write] [NUMBER OF MESSAGES …]

Both speak real HTTP to a fake model that takes 700 ms and allows 30 calls a minute; waits are skipped by a clock that
never makes anything look faster (`tests/fakes/virtual_clock.py`). AuraMail's seconds are a whole run's at the fake
Gmail, reading and changing included (80 ms a request, no quota), the naive ones only those of its calls, through the
same client and the same limits. `--write` writes docs/reference/model-bench.md, with what earlier calls measured
(bench/model.json).
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auramail.ai.limited import Limited
from auramail.core.accounts import Account, Person
from auramail.core.messages import Message, Source
from auramail.core.queries import MailQuery
from auramail.core.runs import Order
from auramail.flow.acquaint import acquaint
from auramail.flow.classify import Judges, weigh_up
from auramail.flow.parse import parse
from auramail.flow.prompts import judging
from auramail.judging.local import LocalClassifier
from auramail.ops.quality.truths import Truth
from auramail.wiring.house import House, open_house
from bench.mailboxes import fill
from bench.measuring import LATENCY, NOW, sort_all
from bench.model_page import NAIVE, OURS, PAGE, Cost, goals_missed, remember, table, write_page
from bench.performance import Surroundings
from bench.senders import PERSON
from evals.oracle import drawn
from evals.sets import READER, read_sets
from tests.fakes.google.mailbox import Letter
from tests.fakes.google.world import World
from tests.fakes.google_server import GoogleServer
from tests.fakes.judging_model import FENCED, GOOD
from tests.fakes.model_server import ModelServer, Question, count_tokens
from tests.fakes.virtual_clock import VirtualClock
from tests.house import connect_gmail, settings_for

THINKING = 0.7
"""Seconds a call takes."""
ACCURACY = 0.9
SIZES = (1_000,)
WARM_UP = 40
PLENTY = 1_000_000
ENDLESS = 10_000.0
"""Seconds that the run waits for the answers at its end, so that none is put off and all of them count."""


def fill_everyday(world: World, count: int) -> None:
    """The mailbox of `bench.gmail`: 60 % bulk, the rest from people and services."""
    fill(world, count)


def fill_hard(world: World, count: int) -> None:
    """The labelled sets: invented to be hard, every tenth message dangerous, little bulk."""
    sources = [labelled.source for labelled in read_sets()][:count]
    world.add_messages(Letter(source.raw, frozenset({"INBOX", "UNREAD"}), NOW) for source in sources)


MAILBOXES: Mapping[str, tuple[str, Callable[[World, int], None]]] = {
    "everyday": (PERSON, fill_everyday),
    "hard": (READER, fill_hard),
}
"""Whose mailbox it is, and how it is filled."""


class Mind:
    """An oracle that is right in nine of ten, and counts what it is asked and says as the fake counts tokens.

    Of the sets the truth is known; in the everyday mailbox what AuraMail thinks alone is taken for it.
    """

    def __init__(self) -> None:
        self.calls = self.sent = self.answered = 0
        self.truths: dict[str, Truth] = {}

    def learn(self, google: GoogleServer, person: Person) -> None:
        """Know the truth about each message by what it will be shown of it."""
        judges = Judges(local=LocalClassifier.load().opinion)
        known = {labelled.source.raw: labelled.truth for labelled in read_sets()}
        for raw, message in received(google):
            truth = known.get(raw)
            if truth is None:
                decision = weigh_up(message, person, judges, message.date).decision
                truth = Truth(kind=decision.kind, category=decision.category)
            self.truths[_shown(judging.part_of(message, alone=True).text)] = truth

    def __call__(self, question: Question) -> str:
        told = {tag.strip(): self._judge(text) for _, tag, text in FENCED.findall(question.text)}
        whole = told[""] if "" in told else {"answers": [{"mail": tag} | each for tag, each in told.items()]}
        return self._count(question, json.dumps(whole))

    def _judge(self, text: str) -> dict[str, Any]:
        shown = _shown(text)
        opinion = drawn(self.truths[shown], ACCURACY, shown)
        return GOOD | {
            "category": opinion.category,
            "kind": opinion.kind,
            "confidence": round(100 * opinion.confidence),
        }

    def _count(self, question: Question, told: str) -> str:
        self.calls += 1
        self.sent += count_tokens(question.system + question.text)
        self.answered += count_tokens(told)
        return told


def _shown(text: str) -> str:
    """What tells a message from the others, however much of its text is shown."""
    fields = json.loads(text)
    return f"{fields['from']}\n{fields['subject']}\n{fields['date']}"


def received(google: GoogleServer) -> list[tuple[bytes, Message]]:
    """The messages of the inbox, raw and read."""
    stored = [one for one in google.mailbox().messages.values() if "INBOX" in one.labels]
    messages = parse([Source(one.id, one.thread_id, one.raw) for one in stored])
    return [(one.raw, message) for one, message in zip(stored, messages, strict=True)]


@dataclass(frozen=True, slots=True)
class Bench:
    """A full mailbox, the house that sorts it, the model behind that, and the clock all live by."""

    google: GoogleServer
    house: House
    account: Account
    mind: Mind
    clock: VirtualClock


@contextmanager
def open_bench(mailbox: str, count: int) -> Iterator[Bench]:
    clock, mind = VirtualClock(NOW), Mind()
    person, fill_it = MAILBOXES[mailbox]
    with (
        tempfile.TemporaryDirectory() as folder,
        GoogleServer(clock, latency=LATENCY, sleep=clock.sleep) as google,
        ModelServer(mind, latency=THINKING, sleep=clock.sleep) as model,
    ):
        google.add_user(person)
        fill_it(google, count)
        mind.learn(google, Person(addresses=frozenset({person})))
        settings = settings_for(
            google,
            Path(folder),
            gemini_api_key=model.key,
            gemini_base_url=model.gemini_url,
            model_wait_seconds=ENDLESS,
            model_calls_per_run=PLENTY,
            model_calls_per_day=PLENTY,
            model_dollars_per_run=PLENTY,
            model_dollars_per_day=PLENTY,
        )
        with open_house(settings, clock, clock.sleep) as house:
            yield Bench(google, house, connect_gmail(google, house, person), mind, clock)
        assert google.violations == []


def measure(mailbox: str, count: int) -> Cost:
    """A run of AuraMail's as it comes, but that it waits for all answers."""
    with open_bench(mailbox, count) as bench:
        with bench.house.mailbox(bench.account) as box:
            acquaint(bench.account, box, bench.house.accounts)
        started = bench.clock.monotonic()
        receipt = sort_all(bench.house, bench.account, Order(query=MailQuery())).receipt
        seconds = bench.clock.monotonic() - started
        assert receipt.is_whole
        assert receipt.handled == count, receipt
        assert not receipt.unasked, receipt.unasked
        assert receipt.model_calls == bench.mind.calls, receipt
        return _cost(mailbox, OURS, count, receipt.model_answers + receipt.model_hits, bench.mind, seconds)


def measure_naive(mailbox: str, count: int) -> Cost:
    """Every message asked about, one in a call, one after the other."""
    with open_bench(mailbox, count) as bench:
        house, models = bench.house, bench.house.models
        assert models.provider is not None
        model = Limited(models.provider, models.limits, house.settings.retry_attempts, house.clock, house.sleep)
        messages = [message for _, message in received(bench.google)]
        started = bench.clock.monotonic()
        for message in messages:
            model.ask(judging.write_alone(judging.part_of(message, alone=True), seconds=ENDLESS).question)
        return _cost(mailbox, NAIVE, count, len(messages), bench.mind, bench.clock.monotonic() - started)


def _cost(mailbox: str, way: str, count: int, asked: int, mind: Mind, seconds: float) -> Cost:
    return Cost(mailbox, way, count, asked, mind.calls, mind.sent, mind.answered, round(seconds, 1))


WAYS: Mapping[str, Callable[[str, int], Cost]] = {OURS: measure, NAIVE: measure_naive}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="messages in the mailbox")
    parser.add_argument("--mailbox", action="append", choices=list(MAILBOXES), default=[], help="only this one")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args(arguments)
    measure("everyday", WARM_UP)
    costs: list[Cost] = []
    for mailbox in options.mailbox or MAILBOXES:
        for size in options.sizes:
            costs += [WAYS[way](mailbox, size) for way in WAYS]
            print(table(costs[-len(WAYS) :]), flush=True)
    if options.write:
        write_page(remember(costs), Surroundings.now())
    missed = goals_missed(costs)
    print(*(missed or ["all goals met"]), sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

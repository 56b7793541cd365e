"""How fast mail is judged: messages a second on one core, as ratios to parsing alone with Python's email package.

    .venv/bin/python -m bench.judging [FOLDER OR FILE OF MAIL]

Without mail of one's own the sample mailbox is read.
"""

import email
import email.policy
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from auramail.core.accounts import Person
from auramail.core.messages import Message, Source
from auramail.flow.classify import Judges
from auramail.flow.consider import consider
from auramail.flow.guard import guard
from auramail.flow.parse import parse
from auramail.judging.local import LocalClassifier
from auramail.mail.files import read_messages
from auramail.mail.sample import SampleOrigin

ROUNDS = 5
LONGEST_USUAL = 100_000
"""Bytes; a longer mail is mostly attachments."""
PERSON = Person(addresses=frozenset({"olena@auramail.example"}))


def main(arguments: Sequence[str]) -> int:
    sources = from_files(arguments) if arguments else from_sample()
    usual = [source for source in sources if len(source.raw) <= LONGEST_USUAL]
    print(f"{len(usual)} messages of usual size, {sum(len(source.raw) for source in usual) // len(usual)} bytes each")
    started = time.perf_counter()
    judges = Judges(local=LocalClassifier.load().opinion)
    print(f"judges loaded in {time.perf_counter() - started:.3f} s")
    messages = parse(usual)
    email_package = per_second(lambda: [parse_with_email(source) for source in usual], len(usual))
    for name, work in (
        ("Python's email package, parsing alone", lambda: [parse_with_email(source) for source in usual]),
        ("reading", lambda: parse(usual)),
        ("guards", lambda: [guard(message, PERSON) for message in messages]),
        ("guards and judges", lambda: [judge(message, judges) for message in messages]),
        ("reading, guards and judges", lambda: [judge(message, judges) for message in parse(usual)]),
    ):
        speed = per_second(work, len(usual))
        print(f"{name:<40}{speed:>8.0f} a second, {speed / email_package:>5.2f} × the email package")
    return 0


def judge(message: Message, judges: Judges) -> object:
    return consider(message, PERSON, judges, message.date)


def per_second(work: Callable[[], object], count: int) -> float:
    """The median of some rounds; the first warms caches and does not count."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        rounds.append(count / (time.process_time() - started))
    return statistics.median(rounds)


def parse_with_email(source: Source) -> str:
    """Subject, sender and text, as a straightforward program reads them; real mail makes it fail now and then."""
    try:
        message = email.message_from_bytes(source.raw, policy=email.policy.default)
        body = message.get_body(("plain", "html"))
        text = body.get_content() if body is not None else ""
        return f"{message['from']} {message['subject']} {text}"
    except (LookupError, ValueError, AttributeError, TypeError, IndexError):
        return ""


def from_sample() -> list[Source]:
    origin = SampleOrigin(date(2026, 11, 20))
    read = ((message, origin.read(message.place)) for message in origin.messages())
    return [Source(message.id, message.thread_id, raw, message.labels) for message, raw in read if raw is not None]


def from_files(paths: Sequence[str]) -> list[Source]:
    return [source for path in paths for _, source in read_messages(Path(path)) if isinstance(source, Source)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

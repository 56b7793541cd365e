"""How fast mail is judged: messages a second on one core, as ratios to parsing alone with Python's email package.

    .venv/bin/python -m bench.judging [FOLDER OR FILE OF MAIL]

Without mail of one's own the sample mailbox is read. Short, usual and long mail are measured apart; then what it costs
to have a judge at all: a process of its own that loads one, judges one message and says how long that took and how much
memory it needed.
"""

import email
import email.policy
import statistics
import subprocess
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
SIZES = (("short", 0, 1_500), ("usual", 1_500, 15_000), ("long", 15_000, 100_000))
"""Bytes of a mail: from, below. A longer one is mostly attachments."""
FEWEST = 5
COLD_STARTS = 5
COLD = """
import time
started = time.perf_counter()
from auramail.core.accounts import Person
from auramail.core.messages import Source
from auramail.flow.classify import Judges
from auramail.flow.consider import consider
from auramail.flow.parse import parse
from auramail.judging.local import LocalClassifier
judges = Judges(local=LocalClassifier.load().opinion)
raw = b"From: a@shop.example\\nTo: b@example.org\\nSubject: Your order\\n\\nThank you for your order of 12.50 EUR.\\n"
message = parse([Source("1", "1", raw)])[0]
consider(message, Person(), judges, message.date)
seconds = time.perf_counter() - started
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(seconds, int(peak.split()[1]) / 1024)
"""
PERSON = Person(addresses=frozenset({"olena@auramail.example"}))


def main(arguments: Sequence[str]) -> int:
    sources = from_files(arguments) if arguments else from_sample()
    judges = Judges(local=LocalClassifier.load().opinion)
    for name, least, below in SIZES:
        chosen = [source for source in sources if least <= len(source.raw) < below]
        if len(chosen) >= FEWEST:
            compare(name, chosen, judges)
    started = [cold_start() for _ in range(COLD_STARTS)]
    seconds, megabytes, _ = (statistics.median(each) for each in zip(*started, strict=True))
    bare = statistics.median(cold_start("import time; print(0, 0)")[2] for _ in range(COLD_STARTS))
    print(f"a judge in a new process: first verdict after {seconds:.2f} s, {megabytes:.0f} MB at most", end="")
    print(f" (Python itself starts in {bare:.2f} s)")
    return 0


def compare(name: str, sources: Sequence[Source], judges: Judges) -> None:
    """One table: each step and all together, beside parsing alone with Python's email package."""
    size = sum(len(source.raw) for source in sources) // len(sources)
    print(f"{name}: {len(sources)} messages, {size} bytes each")
    messages = parse(sources)
    email_package = per_second(lambda: [parse_with_email(source) for source in sources], len(sources))
    for step, work in (
        ("Python's email package, parsing alone", lambda: [parse_with_email(source) for source in sources]),
        ("reading", lambda: parse(sources)),
        ("guards", lambda: [guard(message, PERSON) for message in messages]),
        ("guards and judges", lambda: [judge(message, judges) for message in messages]),
        ("reading, guards and judges", lambda: [judge(message, judges) for message in parse(sources)]),
    ):
        speed = per_second(work, len(sources))
        print(f"  {step:<40}{speed:>8.0f} a second, {speed / email_package:>5.2f} × the email package")


def cold_start(program: str = COLD) -> tuple[float, float, float]:
    """Seconds to the first verdict, megabytes at most, and seconds until a new Python has ended."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )  # our own program
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes), time.perf_counter() - began


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

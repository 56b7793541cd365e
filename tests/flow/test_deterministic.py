"""The same message is decided the same way in every process, whatever order Python gives its sets."""

import os
import subprocess
import sys

PROGRAM = """
import hashlib
from datetime import date
from auramail.core.accounts import Person
from auramail.core.messages import Source
from auramail.flow.classify import Judges
from auramail.flow.consider import consider
from auramail.flow.parse import parse
from auramail.judging.local import LocalClassifier
from auramail.mail.sample import SampleOrigin

judges, origin = Judges(local=LocalClassifier.load().opinion), SampleOrigin(date(2026, 11, 20))
for placed in origin.messages():
    (message,) = parse([Source(placed.id, placed.thread_id, origin.read(placed.place), placed.labels)])
    print(consider(message, Person(), judges, message.date))
"""


def decisions(seed: int) -> list[str]:
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    ended = subprocess.run(  # the program stands above
        [sys.executable, "-c", PROGRAM], env=environment, check=True, capture_output=True, text=True
    )
    return ended.stdout.splitlines()


def test_decisions_do_not_depend_on_the_order_of_sets() -> None:
    one, other = decisions(1), decisions(2)

    assert len(one) > 100
    assert one == other

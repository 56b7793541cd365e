"""Masking and cutting of texts that repeat one thing wherever a pattern looks: none may take more than its share."""

import resource
import subprocess
import sys
from pathlib import Path

from tests.reading.repeats import REPEATS

ROOT = Path(__file__).parents[2]
LENGTH = 25_000
SECONDS = 90
"""For all of them together; a pattern that took the square of the length would need as much for one alone."""
OPENINGS = (
    *(
        "code ",
        "code\n",
        "code is ",
        "verification code ",
        "код підтвердження ",
        "код для «а» ",
        "use 123456 ",
        "123456\n",
        "1\n",
    ),
    *(
        "password ",
        "password: ",
        "password is a",
        "пароль для ",
        "пароль a b c ",
        "логін/пароль: ",
        "login: a/",
        "pass ",
    ),
    *(
        "4111 ",
        "4111-",
        "411111111111111",
        "12-",
        "ua12",
        "ua1 ",
        "UA21 3223 ",
        "gb82 west ",
        "cvv ",
        "cvv code ",
        "ssn 1",
    ),
    *(
        "паспорт ",
        "іпн 1",
        "тел ",
        "+1 ",
        "(0",
        "0 800 ",
        "token ",
        "token=",
        "bearer ",
        "secret key ",
        "ключ для a is ",
    ),
    *(
        "-----begin private key-----",
        "-----begin ",
        "-----end ",
        "seed ",
        "seed phrase abandon ",
        "abandon ",
        "1. abandon ",
    ),
    *(
        "https://a/",
        "https://a:",
        "https://a?b=",
        "www.a/b?c=",
        "otpauth://x?secret=",
        "a@b.",
        "a (at) ",
        "%40",
        "a%40b.",
    ),
    *(
        "eyJa",
        "eyJaaaaaaaaa.",
        "A1",
        "Aa1/",
        "aB-",
        "sk-a",
        "ABCD-",
        "[card number]",
        "[card ",
        "\ue000",
        "١",
        "1\u20e3",
    ),
)
READER = """
import sys
from auramail.reading.excerpts import excerpt
from auramail.reading.masking import mask
from tests.reading.repeats import REPEATS
from tests.reading.test_masking_repeats import LENGTH, OPENINGS

for piece in (*REPEATS.values(), *OPENINGS):
    text = piece * (LENGTH // len(piece))
    once = mask(text)
    assert mask(once.text).text == once.text, repr(piece)
    assert len(excerpt(once.text, 2000)) <= 2000, repr(piece)
    print(repr(piece))
"""


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))


def test_no_pattern_takes_repetition_badly() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READER], cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=_limit
    )

    assert done.returncode == 0, f"{done.stderr[-500:]} after {done.stdout.splitlines()[-1:]}"
    assert len(done.stdout.splitlines()) == len(REPEATS) + len(OPENINGS)

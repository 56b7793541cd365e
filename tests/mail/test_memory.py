"""A mailbox may be larger than memory: what indexing one takes, measured in a process of its own."""

import subprocess
import sys
from pathlib import Path

from tests.mail.letters import letter, mbox_of

MEGABYTE = 1024 * 1024
INDEX = """
import re, sys
from pathlib import Path
from auramail.mail.mbox import MboxOrigin

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024

before = peak()
count = sum(1 for _ in MboxOrigin(Path(sys.argv[1]), Path(sys.argv[1])).messages())
print(count, peak() - before)
"""


def index(path: Path) -> tuple[int, int]:
    """How many messages were found, and by how many megabytes the process grew meanwhile."""
    done = subprocess.run([sys.executable, "-c", INDEX, str(path)], capture_output=True, check=True, text=True)
    count, growth = done.stdout.split()
    return int(count), int(growth)


def test_indexing_takes_a_few_blocks_of_memory_however_large_the_file(tmp_path: Path) -> None:
    path = tmp_path / "large.mbox"
    body = "QUJD" * 18 + "\n"
    some = mbox_of(*(letter(str(number), body=body * 7000) for number in range(20)))
    with path.open("wb") as file:
        for _ in range(20):
            file.write(some)

    count, growth = index(path)

    assert path.stat().st_size > 190 * MEGABYTE
    assert count == 400
    assert growth < 60


def test_a_file_that_never_ends_a_message_does_not_fill_memory(tmp_path: Path) -> None:
    path = tmp_path / "damaged.mbox"
    with path.open("wb") as file:
        file.write(mbox_of(letter()))
        file.truncate(300 * MEGABYTE)  # a hole: nothing is written to the disk

    count, growth = index(path)

    assert count == 1
    assert growth < 200

"""Fuzz reading, guards and judging for a while: `make fuzz SECONDS=60`. Mails that fail are kept in .tmp/fuzz.

python -m tests.fuzz.run [SECONDS]
"""

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.seeds import LARGEST, ROOT, write_seeds

KEPT = ROOT.parent.parent / ".tmp" / "fuzz"
GRACE = 60
"""Seconds the fuzzer may need beyond its time: to start, to read the seeds, to stop."""


def main(arguments: Sequence[str]) -> int:
    seconds = int(arguments[0]) if arguments else 60
    if importlib.util.find_spec("atheris") is None:
        version = ".".join(map(str, sys.version_info[:2]))
        print(
            f"NOT FUZZED: no Atheris for Python {version} on {sys.platform}; it has wheels for 3.11 to 3.14 on Linux."
        )
        return 0
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        seeds = write_seeds(Path(corpus))
        print(f"Fuzzing for {seconds} s from {seeds} mails…", flush=True)
        done = subprocess.run(command(Path(corpus), seconds), check=False, timeout=seconds + GRACE, capture_output=True)
    told = f"{done.stdout.decode(errors='replace')}\n{done.stderr.decode(errors='replace')}".splitlines()
    found = [line for line in told if line.startswith("FOUND ")]
    print("\n".join([*found, *told[-1:]]))
    if done.returncode:
        print("\n".join(told[-30:]))
    return 1 if found or done.returncode else 0


def command(corpus: Path, seconds: int) -> list[str]:
    limits = [f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-rss_limit_mb=1024", "-timeout=20"]
    words = f"-dict={ROOT / 'mail.dict'}"
    return [sys.executable, "-m", "tests.fuzz.child", str(KEPT), *limits, words, str(corpus)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The fuzzing process: coverage-guided by Atheris; each new way to fail is kept as a mail, and it goes on.

python -m tests.fuzz.child KEPT_FOLDER [libFuzzer's own arguments]
"""

import hashlib
import sys
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["auramail.reading", "auramail.guards", "auramail.judging", "auramail.flow"]):
    from tests.fuzz.target import judges, mail_of, take

SLOWEST = 1.0
"""Seconds of processor time for one input; instrumented code is several times slower than the product."""


def main() -> None:
    kept, seen = Path(sys.argv[1]), set[str]()
    judges()

    def one_input(data: bytes) -> None:
        raw = mail_of(data)
        started = time.process_time()
        try:
            take(raw)
            assert time.process_time() - started < SLOWEST, "too slow"
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what a fuzzer looks for
            _keep(kept, seen, raw, error)

    atheris.Setup([sys.argv[0], *sys.argv[2:]], one_input)
    atheris.Fuzz()


def _keep(kept: Path, seen: set[str], raw: bytes, error: Exception) -> None:
    """Keep a mail that fails in a new place."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{type(error).__name__} {frames[-1].filename}:{frames[-1].lineno} {str(error)[:60]}"
    if where in seen:
        return
    seen.add(where)
    path = kept / f"{hashlib.sha256(where.encode()).hexdigest()[:12]}.eml"
    path.write_bytes(raw)
    path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    print(f"FOUND {path}: {where}", flush=True)


if __name__ == "__main__":
    main()

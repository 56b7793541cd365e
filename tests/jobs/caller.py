"""A worker as a process of its own: says how many calls it was let in for, or holds one until it is killed."""

import sys

from auramail.ai.own_limits import OwnLimits
from auramail.core.clock import SystemClock
from auramail.core.errors import TryAgainError
from auramail.core.pace import Pace
from auramail.jobs.model_limits import SharedLimits

TRIES = 60


def main(url: str, calls_per_minute: int, side_by_side: int, deed: str) -> None:
    pace = Pace(calls_per_minute, side_by_side)
    limits = SharedLimits(url, "shared", "canary-of-a-key", pace, OwnLimits(pace, SystemClock()))
    print("ready", flush=True)
    sys.stdin.readline()
    if deed == "hold":
        with limits.enter():
            print("in", flush=True)
            sys.stdin.readline()
        return
    made = 0
    for _ in range(TRIES):
        try:
            with limits.enter():
                made += 1
        except TryAgainError:
            continue
    print(made, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])

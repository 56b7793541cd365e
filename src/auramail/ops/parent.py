"""Ending with one's parent: a part of the process tree must not outlive the tree, however that ended."""

import os
import signal
import threading

STANDARD_INPUT = 0


def end_with_parent() -> None:
    """End this process when its parent is gone: the parent holds the other end of standard input and never writes.

    The descriptor is read and not `sys.stdin`, whose lock a forked child would inherit locked.
    """

    def watch() -> None:
        while os.read(STANDARD_INPUT, 1):
            continue
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="parent").start()

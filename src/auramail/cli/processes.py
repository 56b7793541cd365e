"""`auramail web`, `worker` and `scheduler`: the parts of the product, each in a process of its own."""

import os
import signal
import threading

import click

from auramail.settings import read_settings
from auramail.web.serve import run_web
from auramail.worker.main import run_worker
from auramail.worker.schedule import run_scheduler

STDIN = 0
with_parent = click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input ends.")


def _end_with_parent() -> None:
    """End this process when its parent is gone: the parent holds the other end of standard input and never writes."""

    def watch() -> None:
        while os.read(STDIN, 1):  # not through sys.stdin, whose lock this thread would still hold at exit
            continue
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="parent").start()


@click.command()
@with_parent
def web(*, with_parent: bool) -> None:
    """Run the web server alone; Redis and a worker run elsewhere."""
    if with_parent:
        _end_with_parent()
    run_web(read_settings())


@click.command()
@with_parent
def worker(*, with_parent: bool) -> None:
    """Run one worker; start as many as you like, on as many machines."""
    if with_parent:
        _end_with_parent()
    run_worker(read_settings())


@click.command()
@with_parent
def scheduler(*, with_parent: bool) -> None:
    """Run the scheduler; of several, one works and the others wait."""
    if with_parent:
        _end_with_parent()
    run_scheduler(read_settings())

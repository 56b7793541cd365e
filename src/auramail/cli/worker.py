"""`auramail worker`: the worker alone, in a process of its own."""

import click

from auramail.cli.options import with_parent_option
from auramail.ops.parent import end_with_parent
from auramail.settings import read_settings
from auramail.worker.main import run_worker


@click.command()
@with_parent_option
def worker(*, with_parent: bool) -> None:
    """Run one worker; start as many as you like, on as many machines."""
    if with_parent:
        end_with_parent()
    run_worker(read_settings(), with_parent=with_parent)

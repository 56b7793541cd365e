"""`auramail scheduler`: the scheduler alone, in a process of its own."""

import click

from auramail.cli.options import with_parent_option
from auramail.ops.parent import end_with_parent
from auramail.settings import read_settings
from auramail.worker.schedule import run_scheduler


@click.command()
@with_parent_option
def scheduler(*, with_parent: bool) -> None:
    """Run the scheduler; of several, one works and the others wait."""
    if with_parent:
        end_with_parent()
    run_scheduler(read_settings())

"""`auramail web`: the web server alone, in a process of its own."""

import click

from auramail.cli.options import with_parent_option
from auramail.ops.parent import end_with_parent
from auramail.settings import read_settings
from auramail.web.serve import run_web


@click.command()
@with_parent_option
def web(*, with_parent: bool) -> None:
    """Run the web server alone; Redis and a worker run elsewhere."""
    if with_parent:
        end_with_parent()
    run_web(read_settings())

"""`auramail up`: web, workers, scheduler and Redis as one process tree; Ctrl-C stops all of it."""

import webbrowser

import click

from auramail.cli.terminal import say
from auramail.core.wording import Wording
from auramail.ops.tree import ProcessTree
from auramail.settings import read_settings


@click.command()
@click.option("--open", "open_browser", is_flag=True, help="Open the address in the browser.")
def up(*, open_browser: bool) -> int:
    """Start the product and print its address."""
    settings = read_settings()
    with ProcessTree(settings) as tree:
        if not tree.wait_until_ready():
            return 0
        click.echo(say(Wording.of("AuraMail is ready: {address}  (Ctrl-C stops it)", address=settings.address)))
        if open_browser:
            webbrowser.open(settings.address)
        return tree.watch()

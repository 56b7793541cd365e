"""`auramail db`: bring the database up to date."""

import click

from auramail.cli.terminal import say
from auramail.core.wording import Wording
from auramail.settings import read_settings
from auramail.storage import revision, schema


@click.group()
def db() -> None:
    """Bring the database up to date, or look how it stands."""


@db.command()
def upgrade() -> None:
    """Make or upgrade the tables; safe to repeat."""
    schema.upgrade(_url())
    click.echo(say(Wording.of("The database is up to date.")))


@db.command()
@click.argument("revision", type=click.Choice(["base", *revision.REVISIONS]))
def downgrade(revision: str) -> None:
    """Go back to an older REVISION (`base` removes all tables)."""
    schema.downgrade(_url(), revision)
    click.echo(say(Wording.of("The database is at revision {revision}.", revision=revision)))


@db.command()
def current() -> None:
    """Show the database's revision and the newest one."""
    click.echo(
        say(Wording.of("now {now}, newest {newest}", now=revision.current(_url()) or "-", newest=revision.head()))
    )


def _url() -> str:
    settings = read_settings()
    settings.auramail_home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.database

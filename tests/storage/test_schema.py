import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from auramail.core.errors import NeedsPersonError
from auramail.storage import revision, schema
from auramail.storage.engine import Database
from auramail.storage.local_tables import LocalMessageRow
from auramail.storage.model_tables import CallRow
from auramail.storage.watch_tables import ListingRow

MODELS = (LocalMessageRow, ListingRow, CallRow)[0].metadata
VERSIONS = "alembic_version"


def tables(url: str) -> set[str]:
    database = Database(url)
    names = set(inspect(database.engine).get_table_names()) - {VERSIONS}
    database.close()
    return names


def definitions(url: str) -> set[str]:
    """What the database itself says of every table, constraint and index, as words in no order."""
    database = Database(url)
    wanted = (
        "SELECT sql FROM sqlite_master"
        if database.is_sqlite
        else "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
        "SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid > 0"
    )
    with database.read() as session:
        texts = [str(row) for row in session.scalars(text(wanted)) if row and VERSIONS not in row]
    database.close()
    return {" ".join(sorted(words.replace(",", " ").split())) for words in texts}


def test_the_revisions_named_in_the_code_are_those_of_the_migrations() -> None:
    scripts = ScriptDirectory(str(schema.FOLDER))

    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(revision.REVISIONS))


def test_an_empty_database_is_brought_up_to_date(empty_url: str) -> None:
    schema.upgrade(empty_url)

    assert revision.current(empty_url) == revision.head()
    assert tables(empty_url) == set(MODELS.tables)
    revision.check(empty_url)


def test_upgrading_twice_changes_nothing(empty_url: str) -> None:
    schema.upgrade(empty_url)
    schema.upgrade(empty_url)

    assert revision.current(empty_url) == revision.head()


def test_processes_that_upgrade_at_the_same_moment_do_it_once(empty_url: str) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(revision.head).result(timeout=60)
        other = pool.submit(schema.upgrade, empty_url)
        schema.upgrade(empty_url)
        other.result(timeout=60)

    assert revision.current(empty_url) == revision.head()


def test_every_migration_can_be_taken_back_and_made_again(empty_url: str) -> None:
    schema.upgrade(empty_url)

    schema.downgrade(empty_url, "base")
    assert tables(empty_url) == set()

    schema.upgrade(empty_url)
    assert tables(empty_url) == set(MODELS.tables)


def test_the_migrated_schema_is_what_the_tables_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})

        assert compare_metadata(context, MODELS) == []


def test_constraints_and_conditions_of_indexes_are_migrated_too(empty_url: str) -> None:
    # Alembic's own comparison does not look at WHERE and CHECK, on which the journal's promises rest.
    schema.upgrade(empty_url)
    migrated = definitions(empty_url)
    schema.downgrade(empty_url, "base")
    database = Database(empty_url)
    with database.connection() as connection:
        MODELS.create_all(connection)
    database.close()

    assert definitions(empty_url) == migrated


def test_a_database_without_tables_needs_the_upgrade(empty_url: str) -> None:
    schema.upgrade(empty_url)
    schema.downgrade(empty_url, "base")

    with pytest.raises(NeedsPersonError, match="no tables yet") as caught:
        revision.check(empty_url)

    assert caught.value.hint is not None
    assert "auramail db upgrade" in caught.value.hint.say()


def test_a_newer_database_is_refused_and_left_alone(database: Database, database_url: str) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NeedsPersonError, match="newer"):
        revision.check(database_url)
    with pytest.raises(NeedsPersonError, match="newer"):
        schema.upgrade(database_url)
    with pytest.raises(NeedsPersonError, match="newer"):
        schema.downgrade(database_url, "base")


def test_a_new_sqlite_file_and_its_folder_are_closed_to_others(home: Path) -> None:
    file = home / "inner" / "auramail.db"

    schema.upgrade(f"sqlite:///{file}")

    assert [path.stat().st_mode & 0o077 for path in (file.parent, file)] == [0, 0]


def test_asking_for_the_revision_makes_no_file(home: Path) -> None:
    assert revision.current(f"sqlite:///{home / 'auramail.db'}") is None

    assert list(home.iterdir()) == []

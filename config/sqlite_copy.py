"""Copies of a SQLite database: made while it is written to, proved, and put back."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.refusal import Refusal

BESIDE = ("-wal", "-shm")
"""Endings of the files that SQLite keeps beside a database. They belong to that one, and spoil any other."""


def copy(here: dict[str, Any], part: Path) -> None:
    """Write the database of this moment to `part`, an empty file. What was deleted is not in it."""
    database = Path(here["NAME"])
    if not database.is_file():
        raise Refusal(f"there is no database {database}. Is LIMBER_DATA right?")
    try:
        with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", [str(part)])
    except sqlite3.Error as error:
        raise Refusal(f"{database} cannot be copied: {error}") from error


def prove(file: Path) -> str:
    """Read a copy through and say what is in it. Raises Refusal when it is damaged or not one of Limber's."""
    try:
        with closing(_open(file)) as connection:
            (problem,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            lost = connection.execute("PRAGMA foreign_key_check").fetchone()
            tables = [name for (name,) in connection.execute(TABLES)]
            rows = sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables)  # noqa: S608
    except sqlite3.Error as error:
        raise Refusal(f"{file} is damaged, or no copy of a SQLite database: {error}") from error
    if problem != "ok" or lost:
        raise Refusal(
            f"{file} is damaged: {problem if problem != 'ok' else f'a row of {lost[0]} points nowhere'}"
        )
    if "django_migrations" not in tables or "routines_session" not in tables:
        raise Refusal(f"{file} is a database, but not one of Limber's")
    return f"{rows:,} rows in {len(tables)} tables"


TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


def migrations(file: Path) -> set[tuple[str, str]]:
    """(app, name) of each migration that a copy has been through."""
    with closing(_open(file)) as connection:
        return set(connection.execute("SELECT app, name FROM django_migrations"))


def put_back(file: Path, here: dict[str, Any]) -> str:
    """Put a proved copy in the place of the database. Returns the path under which the old one is kept, or ""."""
    database = Path(here["NAME"])
    part = database.with_name(f".{database.name}.part")
    shutil.copyfile(file, part)
    with part.open("rb+") as content:
        os.fsync(content.fileno())
    kept = _set_aside(database)
    part.rename(database)
    folder = os.open(database.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return kept


def _set_aside(database: Path) -> str:
    """Give the old database another name, whole in one file. Raises Refusal while somebody uses it."""
    if not database.exists():
        for ending in BESIDE:
            Path(f"{database}{ending}").unlink(missing_ok=True)
        return ""
    try:
        with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # refused while anybody else has it open
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Refusal(f"{database} is in use. Stop Limber first") from error
    except sqlite3.DatabaseError:
        pass  # damaged, which may be why it is replaced: it is kept as it is
    kept = Path(f"{database}.{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    database.rename(kept)
    for ending in BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{database}{ending}").rename(f"{kept}{ending}")
    return str(kept)


def _open(file: Path) -> sqlite3.Connection:
    """For reading only, and without a file beside it: nobody else writes to a copy."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

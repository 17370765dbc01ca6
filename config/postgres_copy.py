"""Copies of a PostgreSQL database, by PostgreSQL's own tools: pg_dump and pg_restore."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection

from config.refusal import Refusal

DEBIAN = Path("/usr/lib/postgresql")


def copy(here: dict[str, Any], part: Path) -> None:
    """Write the database of this moment to `part`; people go on writing meanwhile."""
    _run(
        *("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=30s"),
        f"--file={part}",
        environment=_address_of(here),
    )


def prove(file: Path) -> str:
    """Read a copy through to its last byte and say what is in it. Raises Refusal when it is damaged."""
    _run("pg_restore", "--file=/dev/null", str(file))
    contents = _run("pg_restore", "--list", str(file))
    tables = [line for line in contents.splitlines() if " TABLE DATA " in line]
    if not any(" routines_session " in line for line in tables):
        raise Refusal(f"{file} is a database, but not one of Limber's")
    return f"{len(tables)} tables"


def migrations(file: Path) -> set[tuple[str, str]]:
    """(app, name) of each migration that a copy has been through."""
    script = _run("pg_restore", "--data-only", "--table=django_migrations", "--file=-", str(file))
    rows = script.partition("FROM stdin;\n")[2].partition("\n\\.")[0]
    return {(app, name) for _, app, name, *_ in (row.split("\t") for row in rows.splitlines())}


def put_back(file: Path, here: dict[str, Any]) -> str:
    """Fill an empty database with a proved copy, all of it or nothing. Raises Refusal when it is not empty."""
    if connection.introspection.table_names():
        raise Refusal(
            f"the database {here['NAME']} is not empty. Make a new one, and name it in DATABASE_URL; "
            "the old one stays as it is"
        )
    connection.close()
    _run(
        *("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"),
        f"--dbname={here['NAME']}",
        str(file),
        environment=_address_of(here),
    )
    return ""


def _address_of(here: dict[str, Any]) -> dict[str, str]:
    """Where the database is, as PostgreSQL's tools read it. A password on a command line could be seen by others."""
    options = here.get("OPTIONS", {})
    said = {
        "PGDATABASE": here["NAME"],
        "PGHOST": here.get("HOST"),
        "PGPORT": here.get("PORT"),
        "PGUSER": here.get("USER"),
        "PGPASSWORD": here.get("PASSWORD"),
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGCONNECT_TIMEOUT": options.get("connect_timeout"),
    }
    return {name: str(value) for name, value in said.items() if value}


def _run(tool: str, *arguments: str, environment: dict[str, str] | None = None) -> str:
    try:
        done = subprocess.run(  # noqa: S603  a tool of this name, and no shell
            [_find(tool), *arguments],
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise Refusal(
            f"{tool} is not here. On Debian and Ubuntu: apt-get install postgresql-client"
        ) from error
    if done.returncode:
        reason = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
        raise Refusal(f"{tool}: {reason[0].removeprefix(f'{tool}: ')}")
    return done.stdout


def _find(tool: str) -> str:
    """The newest one: pg_dump reads a server of its own version or an older one."""
    installed = sorted(DEBIAN.glob(f"*/bin/{tool}"), key=lambda path: float(path.parts[-3]))
    return str(installed[-1]) if installed else shutil.which(tool) or tool

"""A real server, started as `./limber run` starts it, from a copy of this project that a test may deploy anew."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from tests.browser.faults.proxy import Network

PROJECT = Path(__file__).resolve().parents[3]
PARTS = (
    "accounts",
    "config",
    "journal",
    "reminders",
    "routines",
    "stretches",
    "static",
    "templates",
    "requirements",
)
PEOPLE = 80


@dataclass(frozen=True)
class Person:
    """Signed in, with a session of six holds begun."""

    email: str
    password: str
    key: str
    cookie: str
    routine: str
    session: str


def prepare(folder: Path) -> None:
    """A copy of the project that has started once: everything it serves is made, and people wait in its database."""
    for part in PARTS:
        shutil.copytree(
            PROJECT / part, folder / "limber" / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    for file in ("manage.py", "pyproject.toml"):
        shutil.copy(PROJECT / file, folder / "limber")
    server = Server(folder)
    made = subprocess.run(
        [sys.executable, Path(__file__).with_name("make_people.py"), str(PEOPLE)],
        cwd=server.project,
        env={
            **server.environment,
            "PYTHONPATH": str(server.project),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        },
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    (folder / "people.json").write_bytes(made.stdout)
    server.network.close()
    server.stop()


class Server:
    def __init__(self, folder: Path) -> None:
        self.project, self.data = folder / "limber", folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.start()
        self.network = Network(self.port)

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "LIMBER_DATA": str(self.data), "LIMBER_WORKERS": "2"}

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.start", f"127.0.0.1:{self.port}"],
            cwd=self.project,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout
        with self.process.stdout as said:
            assert said.readline().startswith("Limber is at "), "the server did not start; why is above"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    def kill(self) -> None:
        """End it and its workers in the midst of whatever they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)

    # --- What it has recorded -----------------------------------------------------------------------

    @property
    def database(self) -> Path:
        return self.data / "limber.sqlite3"

    def ask(self, question: str, person: Person) -> list[tuple]:
        """Rows, for the session of this person."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(question, [person.session.replace("-", "")]).fetchall()

    def holds(self, person: Person) -> list[tuple]:
        """(step, result, seconds) of every hold, in order."""
        return self.ask(
            "SELECT step, result, seconds FROM journal_hold WHERE session_id = ? ORDER BY step", person
        )

    def hold_rows(self, person: Person) -> list[tuple]:
        """Every hold with all that is known of it: a hold recorded anew would show."""
        return self.ask("SELECT * FROM journal_hold WHERE session_id = ? ORDER BY step", person)

    def hold_times(self, person: Person) -> list[datetime]:
        rows = self.ask("SELECT at FROM journal_hold WHERE session_id = ? ORDER BY step", person)
        return [datetime.fromisoformat(at).replace(tzinfo=UTC) for (at,) in rows]

    def scores(self, person: Person) -> list[tuple]:
        """(moment, score), in the order given."""
        question = "SELECT moment, score FROM journal_painscore WHERE session_id = ? ORDER BY given_at"
        return self.ask(question, person)

    def is_whole(self, person: Person) -> bool:
        """Whether the session has come to its end, and that is known."""
        (row,) = self.ask(
            "SELECT finished_at IS NOT NULL, is_whole FROM routines_session WHERE id = ?", person
        )
        return row == (1, 1)

    @contextmanager
    def locked_database(self, seconds: float) -> Iterator[None]:
        """Something else writes to the database, and takes this long for it."""
        locked = Event()

        def lock() -> None:
            with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                locked.set()
                Event().wait(seconds)
                connection.execute("ROLLBACK")

        other = Thread(target=lock)
        other.start()
        assert locked.wait(10)
        yield
        other.join()

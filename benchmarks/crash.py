"""Is what was acknowledged still there after a SIGKILL? `python -m benchmarks.crash [--kills 100] [--postgres]`

Eight people write without a pause: six phones send facts, two browsers rename a routine. Meanwhile a worker or the
master is killed at random moments, and the master started again. Afterwards each thing that an answer named as kept
is looked up. Kill -9 spares what the system still holds in memory, so this is about the program and its
transactions, not about the disk; what a power cut takes is in docs/operations.md.

`--control` counts a thing as kept when it is sent, not when it is answered. Then some must be missing, or the kills
hit nothing and the test says nothing.
"""

import argparse
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import UUID

from benchmarks.cluster import cluster
from benchmarks.server import Server
from benchmarks.visitor import Visitor

PHONES, BROWSERS = 6, 2
FACTS = 10  # a batch


@dataclass
class Writer:
    """Writes until told to stop, each thing with a higher number than the last."""

    visitor: Visitor
    is_phone: bool
    control: bool
    kept: dict[int, int] = field(default_factory=dict)  # by step, or 0 for the routine: the number kept last
    sent: int = 0
    acknowledged: int = 0
    failed: int = 0

    def go_on(self, stop: Event) -> None:
        while not stop.is_set():
            self.sent += 1
            if self.is_phone:
                self.send_facts()
            else:
                self.rename()

    def send_facts(self) -> None:
        holds = self.visitor.person["holds"]
        steps = {holds[(self.sent * FACTS + number) % len(holds)] for number in range(FACTS)}
        if self.control:
            self.keep(steps)
        answer = self.visitor.sync([self.visitor.hold(step, self.sent, self.sent % 4000) for step in steps])
        if answer.status == 200 and b'"refused": {}' in answer.body:
            self.keep(steps)
        else:
            self.wait()

    def rename(self) -> None:
        if self.control:
            self.keep({0})
        if self.visitor.rename(f"Run {self.sent}").status == 302:
            self.keep({0})
        else:
            self.wait()

    def keep(self, places: set[int]) -> None:
        self.acknowledged += len(places)
        for place in places:
            self.kept[place] = self.sent

    def wait(self) -> None:
        self.failed += 1
        time.sleep(0.05)


@dataclass(frozen=True)
class Result:
    kills: int
    requests: int
    acknowledged: int
    unanswered: int
    lost: int
    doubled: int
    is_whole: bool
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.kills} kills in {self.seconds:.0f} s: {self.acknowledged} things acknowledged in "
            f"{self.requests} requests, {self.unanswered} requests without a good answer; "
            f"lost {self.lost}, doubled {self.doubled}, database {'whole' if self.is_whole else 'DAMAGED'}"
        )


def run(kills: int, data: Path, database_url: str = "", *, control: bool = False, seed: int = 0) -> Result:
    server = Server(data, database_url)
    server.start()
    try:
        people = server.people(PHONES + BROWSERS, 0, PHONES + BROWSERS)
        stop, began = Event(), time.monotonic()
        writers = [
            Writer(Visitor(server.port, person), number < PHONES, control)
            for number, person in enumerate(people)
        ]
        threads = [Thread(target=writer.go_on, args=(stop,)) for writer in writers]
        for thread in threads:
            thread.start()
        try:
            kill_at_random(server, kills, random.Random(seed), writers)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        seconds = time.monotonic() - began
    finally:
        server.kill()
    with closing(Rows(data, database_url)) as rows:
        return Result(
            kills=kills,
            requests=sum(writer.sent for writer in writers),
            acknowledged=sum(writer.acknowledged for writer in writers),
            unanswered=sum(writer.failed for writer in writers),
            lost=sum(lost_of(writer, rows) for writer in writers),
            doubled=rows.doubled(),
            is_whole=rows.is_whole(),
            seconds=seconds,
        )


def kill_at_random(server: Server, kills: int, dice: random.Random, writers: list[Writer]) -> None:
    """Every third kill takes the master. All write again before the next one."""
    for number in range(kills):
        wait_for_work(writers)
        time.sleep(dice.uniform(0, 0.5))
        if number % 3 == 2:
            server.kill_master()
            server.start()
        else:
            with suppress(IndexError, ProcessLookupError):
                os.kill(dice.choice(server.workers), signal.SIGKILL)


def wait_for_work(writers: list[Writer], things: int = 100, patience: float = 60) -> None:
    """Return when so many more things have been acknowledged."""
    goal, until = sum(writer.acknowledged for writer in writers) + things, time.monotonic() + patience
    while sum(writer.acknowledged for writer in writers) < goal:
        if time.monotonic() > until:
            raise RuntimeError("the server does not come back")
        time.sleep(0.02)


def lost_of(writer: Writer, rows: "Rows") -> int:
    """How many of the things that were acknowledged are not there, or older than what was acknowledged."""
    person = writer.visitor.person
    there = rows.holds(person["session"]) if writer.is_phone else {0: rows.run(person["routine"])}
    return sum(there.get(place, -1) < number for place, number in writer.kept.items())


class Rows:
    """The database as it is found afterwards, read without Limber."""

    def __init__(self, data: Path, database_url: str) -> None:
        self.is_sqlite = not database_url
        if self.is_sqlite:
            self.connection: Any = sqlite3.connect(data / "limber.sqlite3")
        else:
            import psycopg

            self.connection = psycopg.connect(database_url)

    def close(self) -> None:
        self.connection.close()

    def all(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.connection.execute(
            question if self.is_sqlite else question.replace("?", "%s"), values
        ).fetchall()
        return rows

    def holds(self, session: str) -> dict[int, int]:
        key = UUID(session).hex if self.is_sqlite else session
        return dict(self.all("SELECT step, sequence FROM journal_hold WHERE session_id = ?", key))  # type: ignore[arg-type]

    def run(self, routine: int) -> int:
        ((name,),) = self.all("SELECT name FROM routines_routine WHERE id = ?", routine)
        return int(name.removeprefix("Run ")) if name.startswith("Run ") else -1

    def doubled(self) -> int:
        return len(self.all("SELECT 1 FROM journal_hold GROUP BY session_id, step HAVING count(*) > 1"))

    def is_whole(self) -> bool:
        """SQLite checks every page. PostgreSQL has checked its own log when it started; here each row is read."""
        if self.is_sqlite:
            return self.all("PRAGMA integrity_check") == [("ok",)] and not self.all(
                "PRAGMA foreign_key_check"
            )
        return self.all("SELECT count(*) FROM journal_hold h LEFT JOIN routines_session s ON s.id = h.session_id "
                        "WHERE s.id IS NULL") == [(0,)]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crash")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--control", action="store_true", help="count what was sent, not what was answered")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="limber-crash-") as folder:
        data = Path(folder) / "data"
        if wanted.postgres:
            with cluster() as here:
                result = run(wanted.kills, data, here.url, control=wanted.control)
        else:
            result = run(wanted.kills, data, control=wanted.control)
    sys.stdout.write(f"{result}\n")
    sys.exit(bool(result.lost or result.doubled or not result.is_whole))


if __name__ == "__main__":
    main()

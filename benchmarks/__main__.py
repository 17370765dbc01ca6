"""`./limber bench`: what Limber costs, beside a bare Django view behind the same middleware in the same run.

    ./limber bench                      pages, drawings and load; a few minutes
    ./limber bench --people 1000        more data
    ./limber bench --postgres           on a PostgreSQL of its own

gunicorn runs as for real, in processes of its own. Times are CPU time of its workers (user and system) unless a
column says otherwise: the lower quartile, for what else the machine does only ever adds. They say as much about the
machine as about Limber: compare the ratios.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe
from statistics import median
from time import process_time

from benchmarks.cluster import cluster
from benchmarks.server import Server

SIZES = ((10, 30), (30, 90), (60, 365))
"""(people, days): each of them has a session a day."""


def cpu_ms(work: Callable[[], object], times: int, rounds: int = 3) -> float:
    """The CPU time of one call in this process in milliseconds: the median over rounds of the mean over calls."""
    work()
    taken = []
    for _ in range(rounds):
        start = process_time()
        for _ in range(times):
            work()
        taken.append((process_time() - start) / times * 1000)
    return median(taken)


@contextmanager
def server_with(people: int, days: int, *, postgres: bool) -> Iterator[tuple[Server, list[dict]]]:
    """A server with so many people in its database, sixteen of them signed in."""
    with tempfile.TemporaryDirectory(prefix="limber-bench-") as folder:
        data = Path(folder) / "data"
        if postgres:
            with cluster() as here:
                yield from _started(Server(data, here.url, LIMBER_BENCH="1"), people, days)
        else:
            yield from _started(Server(data, LIMBER_BENCH="1"), people, days)


def _started(server: Server, people: int, days: int) -> Iterator[tuple[Server, list[dict]]]:
    server.start()
    try:
        yield server, server.people(people, days, min(people, 16))
    finally:
        server.kill()


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="limber-bench-") as folder:
        os.environ.update(LIMBER_DATA=folder, SECRET_KEY=token_urlsafe(64))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from benchmarks import figures

        yield from figures.table()


def say(title: str, lines: Iterator[str]) -> None:
    sys.stdout.write(f"\n{title}\n")
    for line in lines:
        sys.stdout.write(f"  {line}\n")
        sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="./limber bench")
    parser.add_argument("--people", type=int, help="so many, with a year of sessions each; else three sizes")
    parser.add_argument("--postgres", action="store_true")
    wanted = parser.parse_args()
    from benchmarks import decade, load, pages

    sizes = ((wanted.people, 365),) if wanted.people else SIZES
    for people, days in sizes:
        with server_with(people, days, postgres=wanted.postgres) as (server, signed_in):
            say(f"Pages, with {people} people and {days} days of sessions", pages.table(server, signed_in))
            if (people, days) == sizes[-1]:
                say("Load, at a constant rate of arrival", load.table(server, signed_in))
    with server_with(1000, 3, postgres=wanted.postgres) as (server, _):
        say("Ten years of one person, two sessions a day, among 1,000 others", decade.table(server))
    say("Drawings", figures())


if __name__ == "__main__":
    main()

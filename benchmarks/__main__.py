"""`./limber bench`: what Limber costs, as ratios to a bare Django view in the same process and run.

Everything runs in this process on a database of its own; times are CPU time (user and system), the median
of several rounds. Absolute figures say as much about the machine as about Limber: compare the ratios.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from secrets import token_urlsafe
from statistics import median
from time import process_time

ROUNDS, REQUESTS = 3, 10


def cpu_ms(work: Callable[[], object], times: int) -> float:
    """The CPU time of one call in milliseconds: the median over rounds of the mean over `times` calls."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        start = process_time()
        for _ in range(times):
            work()
        rounds.append((process_time() - start) / times * 1000)
    return median(rounds)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="limber-bench-") as folder:
        os.environ.update(LIMBER_DATA=folder, SECRET_KEY=token_urlsafe(64))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ.pop("LIMBER_DEBUG", None)
        import django

        django.setup()
        from benchmarks import figures, pages

        for name, table in (("Figures", figures.table()), ("Pages", pages.table())):
            sys.stdout.write(f"\n{name}\n")
            for row in table:
                sys.stdout.write(f"  {row}\n")


if __name__ == "__main__":
    main()

"""Ten years of one person, with two sessions a day, among a thousand others: what the journal's pages cost then."""

from collections.abc import Iterator
from threading import Event, Thread
from time import monotonic
from typing import Self

from benchmarks.pages import TIMES, WARM, lower_quartile, megabytes
from benchmarks.server import Server
from benchmarks.visitor import Visitor

DAYS, A_DAY, ROUTINE = 3650, 2, "desk-five"
"""Its fourteen holds make 102,200 of 7,300 sessions."""

PAGES = {
    "history, 30 days": "/journal/?range=30d",
    "history, 90 days": "/journal/?range=90d",
    "history, a year": "/journal/?range=1y",
    "history, all": "/journal/?range=all",
    "today": "/",
    "what seems to help": "/journal/helps/",
}


def table(server: Server) -> Iterator[str]:
    (person,) = server.people(1, DAYS, 1, A_DAY, ROUTINE)
    visitor, least = Visitor(server.port, person), 0.0
    yield f"{'':22}{'CPU ms':>8}{'to 30 days':>12}{'queries':>9}{'bytes':>9}"
    for name, address in PAGES.items():
        answers = [visitor.ask(address) for _ in range(WARM + TIMES)]
        cost = lower_quartile(answer.cost for answer in answers[WARM:])
        least = least or cost
        queries, size = answers[-1].headers["X-Queries"], answers[-1].bytes
        yield f"{name:22}{cost:8.1f}{cost / least:12.2f}{queries:>9}{size:9}"
    with Memory(server.workers) as own:
        start = monotonic()
        answer = visitor.ask("/journal/export/limber.json")
        seconds = monotonic() - start
    yield f"export as JSON: {answer.bytes / 1e6:.1f} MB sent in {seconds:.1f} s, {own.more:.0f} MB more memory at most"


class Memory(Thread):
    """Watches the memory that processes have for themselves. `more`: the most that one of them took, in MB.

    Without files that they look into: of those, the database's is the largest.
    """

    def __init__(self, processes: list[int]) -> None:
        super().__init__(daemon=True)
        self.before = {process: megabytes(process, "Anon") for process in processes}
        self.more, self.is_over = 0.0, Event()

    def run(self) -> None:
        while not self.is_over.wait(0.02):
            self.more = max(self.more, *(megabytes(it, "Anon") - was for it, was in self.before.items()))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.is_over.set()
        self.join()

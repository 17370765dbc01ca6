"""What each page and each deed costs, one after the other, on an idle server.

Each beside the floor that the same visitor meets: whoever is signed in costs any page their session and their row.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import monotonic
from typing import Any

from benchmarks.server import Server
from benchmarks.visitor import Answer, Visitor

WARM, TIMES = 6, 30
"""Requests before and while a page is measured: both workers must have met it."""

Ask = Callable[[], Answer]


def deeds(nobody: Visitor, visitors: list[Visitor]) -> Iterator[tuple[str, Ask]]:
    """What people do, the lightest first. Those whose address this Limber does not have answer 404."""
    visitor, batches = visitors[0], news(visitors)
    person, number = visitor.person, iter(range(1, 1 << 30))
    yield "floor", lambda: nobody.ask("/floor/")
    yield "landing", lambda: nobody.ask("/")
    yield "catalogue", lambda: nobody.ask("/stretches/")
    yield "search", lambda: nobody.ask(f"/stretches/?q=figur+for{next(number)}")
    yield "stretch", lambda: nobody.ask("/stretches/figure-four/")
    yield "routines", lambda: nobody.ask("/routines/")
    yield "floor, signed in", lambda: visitor.ask("/floor/")
    yield "catalogue, signed in", lambda: visitor.ask("/stretches/")
    yield "stretch, signed in", lambda: visitor.ask("/stretches/figure-four/")
    yield "today", lambda: visitor.ask("/")
    yield "builder", lambda: visitor.ask(f"/routines/{person['routine']}/edit/")
    yield (
        "builder: one change",
        lambda: visitor.ask(
            f"/routines/{person['routine']}/items/{person['item']}/move/",
            {"to": "down" if next(number) % 2 else "up"},
            "div#builder",
        ),
    )
    yield "player", lambda: visitor.ask(f"/sessions/{person['session']}/")
    yield "sync, ten facts", lambda: next(batches)
    yield (
        "sync, them again",
        lambda: visitor.sync([visitor.hold(step, 1, 30) for step in person["holds"][:10]]),
    )
    yield "finish", lambda: visitor.ask(f"/sessions/{person['session']}/finish/")
    yield "history, 90 days", lambda: visitor.ask("/journal/?range=90d")
    yield "history, all", lambda: visitor.ask("/journal/?range=all")
    yield "export, its first line", lambda: visitor.ask("/journal/export/limber.json")


def news(visitors: list[Visitor]) -> Iterator[Answer]:
    """Batches of ten holds that nobody has sent before, as long as the sessions that were begun last."""
    for visitor in visitors:
        holds = visitor.person["holds"]
        for first in range(0, len(holds) - 9, 10):
            yield visitor.sync([visitor.hold(step, 1, 30) for step in holds[first : first + 10]])


def table(server: Server, people: list[dict[str, Any]]) -> Iterator[str]:
    yield f"{'':22}{'CPU ms':>8}{'ratio':>7}{'p50 ms':>8}{'p99 ms':>8}{'per s':>7}{'queries':>9}{'bytes':>8}"
    base, nobody = 0.0, Visitor(server.port, {"cookie": ""})
    visitors = [Visitor(server.port, person) for person in people]
    for name, ask in deeds(nobody, visitors):
        costs, waits = [], []
        for number in range(WARM + TIMES):
            start = monotonic()
            answer = ask()
            if number >= WARM:
                waits.append((monotonic() - start) * 1000)
                costs.append(answer.cost)
        if answer.status != 200:
            yield f"{name:22} answers {answer.status}"
            continue
        cost = lower_quartile(costs)
        base = cost if name.startswith("floor") else base
        yield (
            f"{name:22}{cost:8.2f}{cost / base:7.1f}{median(waits):8.1f}{quantiles(waits, n=100)[-1]:8.1f}"
            f"{1000 / (sum(waits) / len(waits)):7.0f}{answer.headers['X-Queries']:>9}{answer.bytes:8}"
        )
    for worker in server.workers:
        yield f"memory of a worker: {megabytes(worker, 'Anon'):.0f} MB, and {megabytes(worker, 'File'):.0f} MB of files"


def lower_quartile(costs: Iterable[float]) -> float:
    return quantiles(costs, n=4)[0]


def megabytes(process: int, kind: str) -> float:
    """What a process has for itself, and its part of what it shares. The largest "File" is the database: the system
    takes that memory back when it is short."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    (pss,) = (line.split()[1] for line in lines if line.startswith(f"Pss_{kind}:"))
    return int(pss) / 1024

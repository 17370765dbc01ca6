"""Ten years of one person, with two sessions a day, among a thousand others: what the journal's pages cost then."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import monotonic

from benchmarks.server import Server
from benchmarks.visitor import Visitor

DAYS, A_DAY = 3650, 2
WARM, TIMES = 4, 7
"""Requests before and while a page is measured: both workers must have met it."""

PAGES = {
    "history, 30 days": "/journal/?range=30d",
    "history, 90 days": "/journal/?range=90d",
    "history, a year": "/journal/?range=1y",
    "history, all": "/journal/?range=all",
    "today": "/",
    "what seems to help": "/journal/helps/",
}


def table(server: Server) -> Iterator[str]:
    (person,) = server.people(1, DAYS, 1, A_DAY)
    visitor, least = Visitor(server.port, person), 0.0
    yield f"{'':22}{'CPU ms':>8}{'to 30 days':>12}{'queries':>9}{'bytes':>9}"
    for name, address in PAGES.items():
        answers = [visitor.ask(address) for _ in range(WARM + TIMES)]
        cost = median(float(answer.headers["X-Cost"]) for answer in answers[WARM:])
        least = least or cost
        queries, size = answers[-1].headers["X-Queries"], answers[-1].bytes
        yield f"{name:22}{cost:8.1f}{cost / least:12.2f}{queries:>9}{size:9}"
    for worker in server.workers:
        Path(f"/proc/{worker}/clear_refs").write_text("5")  # the peak is counted from here
    before, start = max(map(peak, server.workers)), monotonic()
    answer = visitor.ask("/journal/export/limber.json")
    seconds, more = monotonic() - start, max(map(peak, server.workers)) - before
    yield f"export as JSON: {answer.bytes / 1e6:.1f} MB sent in {seconds:.1f} s, {more:.0f} MB more memory at its peak"


def peak(process: int) -> float:
    """The most memory that a process has had, in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (most,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(most) / 1024

"""Requests that come when they come, whether or not the last ones have been answered.

A client that waits for its answer stops asking when the server is slow, and so hides how slow it is. Here requests
leave on a schedule, and each is timed from the moment it was due.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from benchmarks.server import Server
from benchmarks.visitor import Visitor

WARM, SECONDS = 2, 8
PATIENCE = 30  # seconds
SHARES = (0.25, 0.6, 1.0, 4.0)
"""Of saturation: the rate that eight clients reach who ask without a pause."""


@dataclass
class Outcome:
    """`waits` in ms, of what was answered well; `statuses` of everything, 0 where nothing came."""

    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def line(self) -> str:
        cuts = quantiles(self.waits, n=100) if len(self.waits) > 1 else [0.0] * 99
        bad = {status: count for status, count in self.statuses.items() if status != 200}
        return (
            f"p50 {cuts[49]:6.0f} ms  p95 {cuts[94]:6.0f} ms  p99 {cuts[98]:6.0f} ms  "
            f"{self.statuses[200]} good"
            + "".join(f", {count} × {status or 'no answer'}" for status, count in bad.items())
        )


class Evening:
    """The mix of an evening: seven batches of facts, two and a half pages and a half of a finish page in ten."""

    def __init__(self, server: Server, people: list[dict[str, Any]]) -> None:
        self.port, self.dice, self.number = server.port, random.Random(1), 0
        self.visitors = [Visitor(server.port, person) for person in people]

    def next(self) -> bytes:
        self.number += 1
        visitor = self.visitors[self.number % len(self.visitors)]
        kind, person = self.dice.random(), visitor.person
        if kind < 0.7:
            steps = person["holds"][:2]
            body = visitor.batch([visitor.hold(step, self.number, self.number % 900) for step in steps])
            return self.request("POST", "/journal/facts/", visitor, body)
        pages = ["/", "/stretches/", "/stretches/cat-cow/", f"/sessions/{person['session']}/"]
        if kind > 0.95:
            pages = [f"/sessions/{person['session']}/finish/"]
        return self.request("GET", self.dice.choice(pages), visitor, b"")

    def request(self, method: str, path: str, visitor: Visitor, body: bytes) -> bytes:
        headers = {
            **visitor.headers,
            "Connection": "close",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }
        said = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{method} {path} HTTP/1.1\r\n{said}\r\n".encode() + body


async def send(port: int, request: bytes, due: float, outcome: Outcome) -> None:
    status = 0
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            answer = await reader.read()
            writer.close()
        status = int(answer.split(b" ", 2)[1])
    except (OSError, TimeoutError, IndexError):
        pass
    outcome.statuses[status] += 1
    if status == 200:
        outcome.waits.append((time.monotonic() - due) * 1000)


async def at_rate(mix: Evening, rate: float, seconds: float) -> Outcome:
    """So many requests a second, evenly, each at its time."""
    outcome, start, tasks = Outcome(), time.monotonic(), []
    for number in range(int(rate * seconds)):
        due = start + number / rate
        await asyncio.sleep(max(due - time.monotonic(), 0))
        tasks.append(asyncio.create_task(send(mix.port, mix.next(), due, outcome)))
    await asyncio.gather(*tasks)
    return outcome


async def without_pause(mix: Evening, clients: int, seconds: float) -> tuple[float, Outcome]:
    """So many clients, each asking again when it has its answer. Returns requests a second, and the outcome."""
    outcome, until = Outcome(), time.monotonic() + seconds

    async def client() -> None:
        while time.monotonic() < until:
            await send(mix.port, mix.next(), time.monotonic(), outcome)

    await asyncio.gather(*(client() for _ in range(clients)))
    return outcome.statuses[200] / seconds, outcome


def table(server: Server, people: list[dict[str, Any]]) -> Iterator[str]:
    mix = Evening(server, people)
    asyncio.run(without_pause(mix, 8, WARM))
    saturation, outcome = asyncio.run(without_pause(mix, 8, SECONDS))
    yield f"eight clients:    {saturation:6.0f}/s  {outcome.line}"
    for share in SHARES:
        rate = saturation * share
        yield f"{share:4.0%} of that:     {rate:6.0f}/s  {asyncio.run(at_rate(mix, rate, SECONDS)).line}"
    recovered = asyncio.run(at_rate(mix, saturation * 0.25, 3))
    yield f"right afterwards: {saturation * 0.25:6.0f}/s  {recovered.line}"

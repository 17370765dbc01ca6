"""Two servers on one PostgreSQL: whichever answers, it is one Limber."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from threading import Event, Thread

import pytest

from benchmarks.crash import Rows, Writer, lost_of, wait_for_work
from benchmarks.server import Server
from benchmarks.visitor import BROKEN_OFF, Answer, Visitor

PASSWORD = "a few ordinary words"


@dataclass
class Balanced(Visitor):
    """Asks one server after the other, and the next one where it is refused, as a proxy does.

    A phone asks once more also where an answer was broken off: `again`.
    """

    ports: list[int] = field(default_factory=list)
    turn: int = 0
    again: bool = False

    def _send(self, *request) -> Answer:
        for _ in range(200):
            self.turn += 1
            self.port = self.ports[self.turn % len(self.ports)]
            answer = super()._send(*request)
            if answer.status > 0 or (answer.status == BROKEN_OFF and not self.again):
                return answer
        return answer


@pytest.fixture
def two(data, postgres) -> Iterator[list[Server]]:
    servers = [Server(data, postgres.url, workers=1, SECRET_KEY="k" * 50) for _ in range(2)]
    for server in servers:
        server.start()
    yield servers
    for server in servers:
        server.kill()


@pytest.fixture
def writers(two) -> list[Writer]:
    ports = [server.port for server in two]
    people = two[0].people(4, 0, 4)
    return [
        Writer(Balanced(ports[0], person, ports=ports), is_phone=bool(number), control=False)
        for number, person in enumerate(people)
    ]


def under_load(writers: list[Writer], deed) -> None:
    stop = Event()
    threads = [Thread(target=writer.go_on, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        wait_for_work(writers)
        deed()
        wait_for_work(writers)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def lost(writers: list[Writer], server: Server) -> int:
    with closing(Rows(server.data, server.environment["DATABASE_URL"])) as rows:
        assert rows.is_whole()
        assert rows.doubled() == 0
        return sum(lost_of(writer, rows) for writer in writers)


def test_sessions_facts_and_undo_work_whichever_answers(two, writers):
    one, other = (Visitor(server.port, writers[0].visitor.person) for server in two)
    fact = one.hold(one.person["holds"][0], 1, 30)
    assert [each.sync([fact]).status for each in (one, other, one)] == [200] * 3
    assert one.rename("Twice as gentle").status == 302
    assert "Twice as gentle" in other.ask(f"/routines/{one.person['routine']}/").body.decode()
    assert other.ask(f"/routines/{one.person['routine']}/undo/", {}).status == 302
    assert "Twice as gentle" not in one.ask(f"/routines/{one.person['routine']}/").body.decode()
    assert other.ask("/accounts/logout/", {}).status == 302
    assert one.sync([fact]).status == 401


def test_the_limit_on_signing_in_holds_for_both_together(two):
    one, other = (Visitor(server.port, {"cookie": ""}) for server in two)
    ana = {"email": "ana@example.org", "password1": PASSWORD, "time_zone": "UTC"}
    assert one.ask("/accounts/signup/", ana).status == 302
    for number in range(6):
        guess = {"login": "ana@example.org", "password": f"wrong {number}"}
        assert (one, other)[number % 2].ask("/accounts/login/", guess).status != 302
    right = {"login": "ana@example.org", "password": PASSWORD}
    assert [each.ask("/accounts/login/", right).status == 302 for each in (one, other)] == [False, False]


def test_one_that_is_killed_under_load_takes_nothing_acknowledged_with_it(two, writers):
    def kill_and_start() -> None:
        two[0].kill()
        wait_for_work(writers)
        two[0].start()

    for writer in writers:
        writer.visitor.again = True
    under_load(writers, kill_and_start)
    assert lost(writers, two[1]) == 0
    assert sum(writer.failed for writer in writers) == 0


def test_restarting_one_after_the_other_drops_no_request(two, writers):
    def restart_each() -> None:
        for server in two:
            assert server.stop() < 20
            server.start()

    under_load(writers, restart_each)
    assert sum(writer.failed for writer in writers) == 0
    assert lost(writers, two[0]) == 0

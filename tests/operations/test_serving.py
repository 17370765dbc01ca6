"""How gunicorn serves: slow clients, bodies that are too large, and a stop that lets everybody finish."""

import http.client
import json
import socket
import time
from contextlib import ExitStack
from select import select
from threading import Thread

from benchmarks.server import Server
from benchmarks.visitor import Visitor

SLOW = [
    b"",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX-",
    b"POST /journal/facts/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n{",
]
"""Nothing, half a head, half a body."""


def test_clients_that_never_end_their_request_hold_nobody_up(server: Server, phone: Visitor):
    """Sixty of them, where a server has eight threads: others are served while all of them still wait."""
    with ExitStack() as sockets:
        slow = [sockets.enter_context(connect(server)) for _ in range(60)]
        for number, one in enumerate(slow):
            if number % 4 == 3:  # half of a next request
                one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert answer_of(one).startswith(b"HTTP/1.1 200")
                one.sendall(b"GET /")
            else:
                one.sendall(SLOW[number % 4])
        for _ in range(10):
            assert phone.ask("/healthz").status == 200
        assert not select(slow, [], [], 0)[0]
        for one in slow:  # and they are shown the door
            assert is_closed(one)


def answer_of(client: socket.socket) -> bytes:
    """Of /healthz, in however many parts it comes."""
    answer = b""
    while not answer.endswith(b"\r\n\r\nok"):
        part = client.recv(9000)
        assert part, "it was closed"
        answer += part
    return answer


def is_closed(client: socket.socket) -> bool:
    """Whether the server ends a connection, within the time-out of the socket."""
    try:
        return client.recv(9000) == b""
    except ConnectionResetError:
        return True


def connect(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=25)


def test_a_long_body_and_several_requests_on_one_connection_arrive_whole(server: Server, phone: Visitor):
    facts = [phone.hold(step, 1, 30) for step in phone.person["holds"]]
    long = phone.sync([{**fact, "id": f"{number}{'x' * 190}"} for number, fact in enumerate(facts * 9)])
    assert (long.status, len(json.loads(long.body)["kept"])) == (200, len(facts) * 9)
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for _ in range(3):
        connection.request("GET", "/healthz")
        assert connection.getresponse().read() == b"ok"
    connection.close()


def test_a_body_that_is_too_large_is_refused(server: Server, phone: Visitor):
    answer = phone.ask(f"/routines/{phone.person['routine']}/name/", {"name": "x" * 3_000_000})
    assert answer.status in (400, 413)
    assert phone.ask("/healthz").status == 200


def test_a_stop_lets_requests_finish_and_takes_at_most_twenty_seconds(server: Server, phone: Visitor):
    statuses: list[int] = []
    fact = phone.hold(phone.person["holds"][0], 1, 30)

    def go_on() -> None:
        while 0 not in statuses[-4:]:
            statuses.append(phone.sync([{**fact, "sequence": len(statuses)}]).status)

    writers = [Thread(target=go_on) for _ in range(4)]
    for writer in writers:
        writer.start()
    time.sleep(1)
    assert server.stop() < 20
    for writer in writers:
        writer.join()
    assert set(statuses) <= {200, 0}
    assert server.process.returncode == 0

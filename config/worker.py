"""gunicorn's threaded worker, but a request gets one of its few threads only when it has arrived.

gunicorn hands a connection to a thread at once, and the thread waits for whatever is still to come: a handful of
clients that never end their request would hold all threads. Here the loop that accepts connections also collects
what they send, and closes those that take too long. Longer bodies are read by the thread, which does not wait long
for any part of them. Answers are short enough for the system to keep them for whoever reads slowly.
"""

import re
import time
from functools import partial
from select import select
from socket import socket
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

PATIENCE = 10
"""Seconds that a request may take to arrive; for a long body, that each part of it may take."""

COLLECTED = 64 * 1024
"""Bytes of a request that are collected, at most."""

LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
WAITS_FOR_US = re.compile(rb"\r\nexpect:", re.IGNORECASE)


def has_arrived(collected: bytes) -> bool:
    """Whether a thread need not wait for the rest, or not for long. Not for judging a request: gunicorn does that."""
    head, end, body = collected.partition(b"\r\n\r\n")
    if not end:
        return len(collected) >= COLLECTED
    length = LENGTH.search(head + b"\r\n")
    expected = int(length[1]) if length and not WAITS_FOR_US.search(head) else 0
    return len(body) >= expected or len(collected) >= COLLECTED


class Connection(TConn):
    collected = b""

    def init(self) -> None:
        """Called before each of its requests."""
        super().init()
        self.sock.settimeout(PATIENCE)


class PatientWorker(ThreadWorker):
    sockets: list[Any]

    def set_accept_enabled(self, enabled: bool) -> None:
        """Called with False for the last time when the worker is told to stop.

        Whoever has connected by then is served. Whoever comes later is refused at once, so that a proxy goes
        elsewhere: left open, the socket would let them in and break off when the worker ends.
        """
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                while select([listener], [], [], 0)[0]:
                    waiting = self.nr_conns
                    self.accept(listener)
                    if self.nr_conns == waiting:  # another worker was quicker
                        break
                listener.close()
            self.sockets = []

    def enqueue_req(self, conn: Any) -> None:
        """Take a connection that wants to be served: a new one, one with a next request, or one that has arrived."""
        if isinstance(conn, Connection):
            super().enqueue_req(conn)
        else:
            self.collect_from(Connection(conn.cfg, conn.sock, conn.client, conn.server))

    def on_client_socket_readable(self, conn: Any, client: socket) -> None:
        """The next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.collect_from(conn)

    def collect_from(self, conn: Connection) -> None:
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + PATIENCE  # then murder_pending() closes it
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, 1, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Any, client: socket) -> None:
        """More of a request. All of it: to a thread."""
        try:
            part = client.recv(COLLECTED)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        conn.collected += part
        if part and not has_arrived(conn.collected):
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if part:
            conn.data_ready = True
            conn.init()
            conn.parser.unreader.unread(conn.collected)
            conn.collected = b""
            self.enqueue_req(conn)
        else:
            self.nr_conns -= 1
            conn.close()

"""A network that fails in the ways networks do, between a browser and a real server."""

import re
import socket
import socketserver
import struct
import time
from contextlib import suppress
from threading import Thread
from typing import Literal

Mode = Literal["pass", "refuse", "refuse-facts", "hang", "drop", "portal", "redirect", "slow", "busy"]
FACTS_ADDRESS = "/journal/facts/"
PORTAL = b"<!doctype html><title>Hotel</title><h1>Welcome to our wifi</h1>"
SLOW = 1.5  # seconds


class Network(socketserver.ThreadingTCPServer):
    """Hands every request on to `port`, as its mode says, and remembers what was asked.

    refuse: no connection. refuse-facts: none to the address of the facts. hang: connected, never answered.
    drop: a POST arrives and is done, its answer is lost. portal: a hotel answers for everybody, with 200.
    redirect: the hotel sends everybody to its own page. slow: each answer takes its time. busy: 503, come back in
    a minute.
    """

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.behind = port
        self.mode: Mode = "pass"
        self.asked: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.mode = "pass"
        self.shutdown()
        self.server_close()

    def batches(self) -> int:
        """How many requests with facts have come this far."""
        return self.asked.count(f"POST {FACTS_ADDRESS}")

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves is no news."""


class Request(socketserver.StreamRequestHandler):
    """One request and its answer. Connections are never used twice, so that each request meets the mode of now."""

    server: Network

    def handle(self) -> None:
        with suppress(OSError):
            head = b"".join(iter(self.rfile.readline, b"\r\n"))
            length = re.search(rb"(?i)^content-length: (\d+)", head, re.M)
            body = self.rfile.read(int(length[1])) if length else b""
            if head:
                method, path, _ = head.split(b"\r\n")[0].decode().split(" ")
                self.server.asked.append(f"{method} {path}")
                self.answer(method, path, head, body)

    def answer(self, method: str, path: str, head: bytes, body: bytes) -> None:
        mode = self.server.mode
        if mode == "refuse" or (mode == "refuse-facts" and path == FACTS_ADDRESS):
            self.break_off()
        elif mode == "hang":
            while self.server.mode == "hang":
                time.sleep(0.05)
            self.break_off()
        elif mode == "portal":
            self.say(b"200 OK", b"Content-Type: text/html", PORTAL)
        elif mode == "busy":
            self.say(b"503 Service Unavailable", b"Retry-After: 60", b"")
        elif mode == "redirect":
            self.say(b"302 Found", b"Location: http://127.0.0.1:9/", b"")
        else:
            if mode == "slow":
                time.sleep(SLOW)
            answer = self.forward(head, body)
            if (mode == "drop" and method == "POST") or not answer:
                self.break_off()
            else:
                self.wfile.write(answer)

    def forward(self, head: bytes, body: bytes) -> bytes:
        """The server's answer; nothing if there is no server."""
        head = re.sub(rb"(?im)^connection: .*\r\n", b"", head) + b"Connection: close\r\n\r\n"
        try:
            with socket.create_connection(("127.0.0.1", self.server.behind)) as behind:
                behind.sendall(head + body)
                return b"".join(iter(lambda: behind.recv(65536), b""))
        except OSError:
            return b""

    def say(self, status: bytes, header: bytes, body: bytes) -> None:
        length = b"Content-Length: %d" % len(body)
        self.wfile.write(
            b"\r\n".join([b"HTTP/1.1 " + status, header, length, b"Connection: close", b"", body])
        )

    def break_off(self) -> None:
        """End the connection without a word, as a mast does that a train leaves behind."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

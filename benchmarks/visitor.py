"""What a person's phone and browser send, over one HTTP connection a request."""

import gzip
import http.client
import json
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

TOKEN = "c" * 32
"""Any token will do, as long as the cookie and the header agree."""


BROKEN_OFF = -1


@dataclass
class Answer:
    """`status` is 0 where nobody let us in, and BROKEN_OFF where no answer came then."""

    status: int
    body: bytes = b""
    headers: Any = None
    bytes: int = 0  # as sent, compressed

    @property
    def cost(self) -> float:
        """The CPU time of its thread until it began to be sent, in ms: see benchmarks.floor."""
        return float(self.headers["X-Cost"])


@dataclass
class Visitor:
    """Somebody who is signed in: see benchmarks.people for the keys of `person`."""

    port: int
    person: dict[str, Any]
    timeout: float = 30

    @property
    def headers(self) -> dict[str, str]:
        cookies = f"csrftoken={TOKEN}"
        if self.person["cookie"]:
            cookies += f"; sessionid={self.person['cookie']}"
        return {"Host": "localhost", "Cookie": cookies, "X-CSRFToken": TOKEN, "Accept-Encoding": "gzip"}

    def ask(self, path: str, form: dict[str, Any] | None = None, fragment: str = "") -> Answer:
        headers = {**self.headers, **({"HX-Request": "true", "HX-Target": fragment} if fragment else {})}
        if form is None:
            return self._send("GET", path, None, headers)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._send("POST", path, urlencode(form).encode(), headers)

    def sync(self, facts: list[dict[str, Any]]) -> Answer:
        headers = {**self.headers, "Content-Type": "application/json"}
        return self._send("POST", "/journal/facts/", self.batch(facts), headers)

    def batch(self, facts: list[dict[str, Any]]) -> bytes:
        return json.dumps({"person": self.person["key"], "now": time.time() * 1000, "facts": facts}).encode()

    def hold(self, step: int, sequence: int, seconds: int) -> dict[str, Any]:
        """The fact that this step of the open session was held for so long."""
        key = f"hold:{step}"
        return {
            "id": f"{self.person['session']}:{key}:{sequence}",
            "session": self.person["session"],
            "key": key,
            "value": {"result": "done", "seconds": seconds},
            "at": time.time() * 1000,
            "sequence": sequence,
        }

    def rename(self, name: str) -> Answer:
        return self.ask(f"/routines/{self.person['routine']}/name/", {"name": name})

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            connection.request(method, path, body, {**headers, "Connection": "close"})
            response = connection.getresponse()
            body = sent = response.read()
            if response.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            return Answer(response.status, body, response.headers, len(sent))
        except ConnectionRefusedError:
            return Answer(0)
        except (OSError, HTTPException):
            return Answer(BROKEN_OFF)
        finally:
            connection.close()

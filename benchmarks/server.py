"""Limber as it is run for real, in processes of its own, to be measured and to be killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """gunicorn on a port of its own. `database_url` is empty for SQLite in the folder `data`."""

    def __init__(self, data: Path, database_url: str = "", workers: int = 2, **environment: str) -> None:
        self.data, self.port = data, free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "LIMBER_DATA": str(data),
            "LIMBER_WORKERS": str(workers),
            **({"DATABASE_URL": database_url} if database_url else {}),
            **environment,
        }
        self.log = data.with_name(f"{data.name}-{self.port}.log")

    def start(self, patience: float = 60) -> None:
        """Return once it answers. A killed master's workers hold the port for a second: then it tries again."""
        until = time.monotonic() + patience
        while True:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "config.start", f"127.0.0.1:{self.port}"],
                    cwd=PROJECT,
                    env=self.environment,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                    start_new_session=True,
                )
            assert self.process.stdout
            with self.process.stdout as said:
                if said.readline().startswith("Limber is at "):
                    return
            self.process.wait()
            if time.monotonic() > until:
                raise RuntimeError(f"the server did not start: {self.log.read_text()[-2000:]}")
            time.sleep(0.1)

    def stop(self, patience: float = 30) -> float:
        """Ask it to end. Returns the seconds that took."""
        start = time.monotonic()
        self.process.terminate()
        self.process.wait(timeout=patience)
        return time.monotonic() - start

    def kill(self) -> None:
        """End everything of it at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_master(self) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def workers(self) -> list[int]:
        with suppress(OSError):
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
            return [int(child) for child in children.split()]
        return []

    def run(self, *module_and_arguments: str) -> str:
        """Run one of our modules on the same database. Returns what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", *module_and_arguments],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return done.stdout

    def people(
        self, count: int, days: int, signed_in: int, a_day: int = 1, routine: str = "morning-fifteen"
    ) -> list[dict[str, Any]]:
        """Those who are signed in, of so many new people: see benchmarks.people."""
        wanted = map(str, (count, days, signed_in, a_day, routine))
        people: list[dict[str, Any]] = json.loads(self.run("benchmarks.people", *wanted))
        return people

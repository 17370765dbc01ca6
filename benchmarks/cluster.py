"""A throw-away PostgreSQL: made in a folder of its own, reached by a socket there, gone afterwards.

The server refuses to run as root, so root runs it as `postgres`, or as `nobody` where there is no such user.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DEBIAN = Path("/usr/lib/postgresql")
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For data that nobody needs tomorrow."""


class NoPostgresError(Exception):
    """PostgreSQL cannot be used here; the message is a sentence."""


class Cluster:
    """One server. `url` is its DATABASE_URL; it can be ended as by a power cut, and started again."""

    def __init__(self, folder: Path, settings: tuple[str, ...]) -> None:
        self.folder, self.settings = folder, settings
        self.tools = find_tools()
        self.owner = unprivileged() if os.geteuid() == 0 else None
        if self.owner:
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)
        self._run(
            "initdb", "--username=limber", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        self.start()
        self.url = self.another("limber")

    def another(self, name: str, like: str = "template0") -> str:
        """The DATABASE_URL of a new database: an empty one, or a copy of one that nobody uses."""
        to = ["--username=limber", f"--host={self.folder}", f"--template={like}"]
        self._run("createdb", *to, name, data=False)
        return f"postgres://limber@{quote(str(self.folder), safe='')}/{name}"

    def say(self, *statements: str) -> None:
        """Run statements as the one who may do everything."""
        said = [f"--command={statement}" for statement in statements]
        self._run("psql", "--username=limber", f"--host={self.folder}", "--dbname=limber", *said, data=False)

    def start(self) -> None:
        options = [f"-k {self.folder}", "-c listen_addresses=", *(f"-c {one}" for one in self.settings)]
        self._run("pg_ctl", "start", "--wait", f"--log={self.folder}/log", "-o", " ".join(options))

    def stop(self, how: str = "fast") -> None:
        """`immediate` ends it without a goodbye: the next start has to recover."""
        self._run("pg_ctl", "stop", f"--mode={how}", "--wait")

    def _run(self, tool: str, *arguments: str, data: bool = True) -> None:
        where = [f"--pgdata={self.folder}/data"] if data else []
        done = subprocess.run(
            [self.tools / tool, *where, *arguments],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            user=self.owner and self.owner.pw_uid,
            group=self.owner and self.owner.pw_gid,
            extra_groups=[] if self.owner else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NoPostgresError(f"{tool}: {done.stderr.strip()}")


@contextmanager
def cluster(*settings: str, at: Path | None = None) -> Iterator[Cluster]:
    """A running server with an empty database; `settings` are those of postgresql.conf."""
    folder = Path(
        tempfile.mkdtemp(prefix="limber-pg-", dir=at)
    )  # a short path: a socket's name has 107 bytes
    folder.chmod(0o711)
    try:
        here = Cluster(folder, settings)
        try:
            yield here
        finally:
            here.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_tools() -> Path:
    """The folder of PostgreSQL's programs: the newest there is, installed first if this is root's own Debian."""
    for attempt in ("as it is", "installed"):
        found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
        if found:
            return found[-1].parent
        if elsewhere := shutil.which("initdb"):
            return Path(elsewhere).resolve().parent
        if attempt == "as it is" and os.geteuid() == 0 and Path("/etc/debian_version").exists():
            sys.stderr.write("Installing PostgreSQL for the tests …\n")
            quietly = {"stdout": subprocess.DEVNULL, "check": False}
            subprocess.run(["apt-get", "update", "-qq"], **quietly)
            subprocess.run(
                ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "postgresql"], **quietly
            )
    raise NoPostgresError("there is no PostgreSQL here. On Debian and Ubuntu: apt-get install postgresql")


def unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgresError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def main() -> None:
    """Run a command with DATABASE_URL naming such a server: `python -m benchmarks.cluster COMMAND…`."""
    start = time.monotonic()
    try:
        with cluster(*HASTY, "max_connections=200") as here:
            sys.stderr.write(f"PostgreSQL for this run is there after {time.monotonic() - start:.1f} s.\n")
            done = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": here.url}, check=False)
    except NoPostgresError as error:
        sys.exit(f"limber: {error}.")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()

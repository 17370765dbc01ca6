"""A copy that is made while people write, and the way back from it."""

import sqlite3
from contextlib import closing, contextmanager
from copy import deepcopy
from pathlib import Path
from threading import Event, Thread

import pytest

from benchmarks.cluster import Cluster
from benchmarks.crash import Rows, Writer, lost_of, wait_for_work
from benchmarks.server import Server
from benchmarks.visitor import Visitor
from tests.test_limber import limber, refusal

KEY = "k" * 50


@contextmanager
def writers(server: Server, people: list[dict]):
    """Each person writes without a pause: one in a browser, the others by phone."""
    stop = Event()
    all_of_them = [
        Writer(Visitor(server.port, person), bool(number), control=False)
        for number, person in enumerate(people)
    ]
    threads = [Thread(target=writer.go_on, args=(stop,)) for writer in all_of_them]
    for thread in threads:
        thread.start()
    try:
        yield all_of_them
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def lost(writers: list[Writer], data: Path, url: str = "") -> int:
    with closing(Rows(data, url)) as rows:
        assert rows.is_whole()
        return sum(lost_of(writer, rows) for writer in writers)


def test_a_copy_made_under_writers_holds_all_that_was_acknowledged_before_it(server, data, tmp_path):
    with writers(server, server.people(4, 0, 4)) as busy:
        wait_for_work(busy)
        early = limber("backup", "early", cwd=tmp_path, LIMBER_DATA=str(data))
        wait_for_work(busy, 300)
        acknowledged = deepcopy(busy)
        late = limber("backup", "late", cwd=tmp_path, LIMBER_DATA=str(data))
        wait_for_work(busy, 50)
    assert (early.returncode, late.returncode) == (0, 0), early.stderr + late.stderr
    for name in ("early", "late"):
        back = limber(
            "restore", name, cwd=tmp_path, LIMBER_DATA=str(tmp_path / f"{name}-data"), SECRET_KEY=KEY
        )
        assert back.returncode == 0, back.stderr
    assert lost(acknowledged, tmp_path / "late-data") == 0
    assert lost(acknowledged, tmp_path / "early-data") > 0  # it is too old: the comparison can tell


def test_a_copy_of_postgres_made_under_writers_holds_all_that_was_acknowledged_before_it(
    postgres: Cluster, data, tmp_path
):
    server = Server(data, postgres.url)
    server.start()
    here = {"LIMBER_DATA": str(data), "SECRET_KEY": KEY}
    try:
        with writers(server, server.people(3, 0, 3)) as busy:
            wait_for_work(busy)
            acknowledged = deepcopy(busy)
            copied = limber("backup", "copy", cwd=tmp_path, DATABASE_URL=postgres.url, **here)
            wait_for_work(busy, 50)
        assert copied.returncode == 0, copied.stderr
        full = limber("restore", "copy", cwd=tmp_path, DATABASE_URL=postgres.url, **here)
        assert "is not empty" in refusal(full)
    finally:
        server.kill()
    other = postgres.another("restored")
    back = limber("restore", "copy", cwd=tmp_path, DATABASE_URL=other, **here)
    assert back.returncode == 0, back.stderr
    assert lost(acknowledged, data, other) == 0


@pytest.fixture
def copy(tmp_path: Path, data: Path) -> Path:
    """A good copy of a database that nobody uses."""
    server = Server(data)
    server.start()
    server.stop()
    assert limber("backup", "copy", cwd=tmp_path, LIMBER_DATA=str(data)).returncode == 0
    return tmp_path / "copy"


def test_a_copy_is_never_written_over_and_is_for_this_user_alone(copy, data):
    said = refusal(limber("backup", str(copy), LIMBER_DATA=str(data)))
    assert "no copy is written over another" in said
    assert copy.stat().st_mode & 0o077 == 0
    assert [path.name for path in sorted(copy.parent.glob("*copy*"))] == ["copy", "copy.sha256"]


def test_what_was_there_is_kept_and_nothing_of_it_lies_beside_what_comes_back(copy, data):
    database = data / "limber.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE routines_routine SET name = 'Since the copy' WHERE slug = 'desk-five'")
        connection.commit()
    for ending in ("-wal", "-shm"):
        Path(f"{database}{ending}").touch()
    back = limber("restore", str(copy), LIMBER_DATA=str(data))
    assert back.returncode == 0, back.stderr
    (kept,) = data.glob("limber.sqlite3.*Z")
    assert str(kept) in back.stdout
    names = []
    for file in (kept, database):
        with closing(sqlite3.connect(file)) as connection:
            names += connection.execute(
                "SELECT name FROM routines_routine WHERE slug = 'desk-five'"
            ).fetchone()
    assert names[0] == "Since the copy" != names[1]
    assert sorted(path.name for path in data.iterdir()) == sorted(["limber.sqlite3", kept.name, "secret_key"])


def test_a_database_in_use_is_not_replaced(copy, data):
    with closing(sqlite3.connect(data / "limber.sqlite3")) as somebody:
        somebody.execute("SELECT count(*) FROM routines_routine").fetchone()
        assert "Stop Limber first" in refusal(limber("restore", str(copy), LIMBER_DATA=str(data)))


def damaged(copy: Path) -> str:
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    return "its sha256 is another"


def cut(copy: Path) -> str:
    copy.with_name("copy.sha256").unlink()
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    return "is damaged"


def newer(copy: Path) -> str:
    copy.with_name("copy.sha256").unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '9999_later', '')"
        )
        connection.commit()
    return "was made by a newer Limber (journal.9999_later)"


def foreign(copy: Path) -> str:
    copy.with_name("copy.sha256").unlink()
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE recipe (name)")
    return "not one of Limber's"


@pytest.mark.parametrize("spoil", [damaged, cut, newer, foreign])
def test_a_copy_that_is_not_good_is_refused_and_changes_nothing(spoil, copy, data):
    before = (data / "limber.sqlite3").read_bytes()
    assert spoil(copy) in refusal(limber("restore", str(copy), LIMBER_DATA=str(data)))
    assert (data / "limber.sqlite3").read_bytes() == before
    assert sorted(path.name for path in data.iterdir()) == ["limber.sqlite3", "secret_key"]

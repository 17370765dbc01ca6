"""The database is away, locked, full or read-only: 503 and a time to come back, and well again by itself."""

import json
import resource
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from benchmarks.cluster import Cluster
from benchmarks.server import Server
from benchmarks.visitor import Answer, Visitor
from tests.factories import make_routine


def is_kind(answer: Answer) -> bool:
    """Whether this says in a sentence to come back later, and when."""
    if answer.status != 503 or not 5 <= int(answer.headers["Retry-After"]) <= 15:
        return False
    if answer.headers["Content-Type"] == "application/json":
        return "can’t save that just now" in json.loads(answer.body)["error"]
    return "Limber can’t do that just now" in answer.body.decode()


def test_a_database_locked_for_long_is_answered_with_503_and_reading_goes_on(server: Server, phone: Visitor):
    fact = phone.hold(phone.person["holds"][0], 1, 30)
    with closing(sqlite3.connect(server.data / "limber.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        assert is_kind(phone.sync([fact]))
        assert is_kind(phone.rename("Not now"))
        assert time.monotonic() - start < 20
        assert phone.ask("/journal/").status == 200
        assert (phone.ask("/healthz").status, phone.ask("/healthz?write").status) == (200, 503)
        other.execute("ROLLBACK")
    assert phone.sync([fact]).status == 200
    assert phone.ask("/healthz?write").status == 200


def test_a_full_disk_is_answered_with_503_until_there_is_room_again(server: Server, phone: Visitor):
    """A limit on the size of files stands for the disk: the system refuses the write in the midst of a commit."""
    fact = phone.hold(phone.person["holds"][0], 1, 30)
    assert phone.sync([phone.hold(phone.person["holds"][1], 1, 30)]).status == 200
    unlimited = resource.RLIM_INFINITY
    for worker in server.workers:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (4096, unlimited))
    assert is_kind(phone.sync([fact]))
    assert is_kind(phone.rename("Not now"))
    assert phone.ask("/journal/").status == 200
    assert (phone.ask("/healthz").status, phone.ask("/healthz?write").status) == (200, 503)
    for worker in server.workers:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (unlimited, unlimited))
    assert phone.sync([fact]).status == 200
    assert phone.rename("Now").status == 302


def test_a_damaged_database_is_not_served(server: Server):
    server.stop()
    Path(server.data / "limber.sqlite3").write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
    assert "file is not a database" in start_refused(server)


def start_refused(server: Server) -> str:
    with pytest.raises(RuntimeError) as refused:
        server.start(patience=0)
    return str(refused.value)


def test_postgres_goes_and_comes_back_and_limber_with_it(own_postgres: Cluster, data: Path):
    server = Server(data, own_postgres.url)
    server.start()
    try:
        phone = Visitor(server.port, server.people(1, 1, 1)[0])
        facts = [phone.hold(step, 1, 30) for step in phone.person["holds"][:2]]
        assert phone.sync(facts[:1]).status == 200
        own_postgres.stop("immediate")
        assert is_kind(phone.sync(facts))
        assert is_kind(phone.ask("/journal/"))
        assert phone.ask("/healthz").status == 503
        own_postgres.start()
        start = time.monotonic()
        while phone.sync(facts).status != 200:
            assert time.monotonic() - start < 10
        assert [phone.ask("/healthz").status for _ in range(8)] == [200] * 8
        read_only = "ALTER ROLE limber SET default_transaction_read_only = on"
        own_postgres.say(
            read_only, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )
        while (
            phone.ask("/healthz").status != 200
        ):  # the connections that were cut are found out, and made anew
            assert time.monotonic() - start < 20
        assert is_kind(phone.sync(facts))
        assert phone.ask("/journal/").status == 200
    finally:
        server.kill()


@pytest.mark.usefixtures("catalogue")
def test_a_read_only_database_can_still_be_read(client_of, ana):
    if connection.vendor == "sqlite":
        only, again = "PRAGMA query_only = ON", "PRAGMA query_only = OFF"
    else:
        only, again = "SET transaction_read_only = on", "ROLLBACK"
    routine, browser = make_routine(ana, "cat-cow"), client_of(ana)
    browser.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute(only)
    try:
        assert browser.get("/").status_code == 200
        answer = browser.post(f"/routines/{routine.pk}/name/", {"name": "Another"})
    finally:
        with connection.cursor() as cursor:
            cursor.execute(again)
    assert answer.status_code == 503
    assert "Limber can’t do that just now" in answer.content.decode()


@pytest.mark.django_db
def test_a_mistake_of_the_program_is_still_a_500(client, monkeypatch):
    client.raise_request_exception = False
    with connection.execute_wrapper(
        lambda execute, sql, *rest: execute(sql.replace("_stretch", "_strech"), *rest)
    ):
        assert client.get("/stretches/").status_code == 500

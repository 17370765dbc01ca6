"""Servers as they are run for real, each with people in its database."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from benchmarks.cluster import Cluster, cluster
from benchmarks.server import Server
from benchmarks.visitor import Visitor

NUMBERS = count(1)


@pytest.fixture(scope="session")
def new_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder as a first start leaves it."""
    data = tmp_path_factory.mktemp("new") / "data"
    server = Server(data)
    server.start()
    server.stop()
    return data


@pytest.fixture
def data(tmp_path: Path, new_data: Path) -> Path:
    return Path(shutil.copytree(new_data, tmp_path / "data"))


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    """On SQLite, with two workers."""
    server = Server(data)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def phone(server: Server) -> Visitor:
    """Of somebody who is signed in, with a routine, and a session begun."""
    (person,) = server.people(1, 3, 1)
    return Visitor(server.port, person)


@pytest.fixture
def own_postgres() -> Iterator[Cluster]:
    """A PostgreSQL that keeps what it acknowledges, with an empty database, for one test to do with as it likes."""
    with cluster() as here:
        yield here


@pytest.fixture(scope="session")
def shared_postgres(new_data: Path) -> Iterator[Cluster]:
    """One with a database as a first start leaves it."""
    with cluster() as here:
        server = Server(new_data, here.url)
        server.start()
        server.stop()
        yield here


@pytest.fixture
def postgres(shared_postgres: Cluster) -> Cluster:
    """The same, `url` being that of a copy of the database for this test."""
    shared_postgres.url = shared_postgres.another(f"copy_{next(NUMBERS)}", like="limber")
    return shared_postgres

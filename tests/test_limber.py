"""The one command: what it offers, and how it refuses. It runs in the environment that these tests run in."""

import os
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks import server
from config.start import PROJECT


def limber(*arguments: str, cwd: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment}
    return subprocess.run(
        [PROJECT / "limber", *arguments], cwd=cwd, env=clean, capture_output=True, text=True, timeout=60
    )


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """The one sentence that a refused command says."""
    assert result.returncode == 1, result.stderr
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("limber: ")
    return line


@pytest.fixture
def free_port() -> int:
    return server.free_port()


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_alone_it_lists_its_commands():
    result = limber()
    assert result.returncode == 0
    listed = [line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ")]
    assert listed == ["run", "dev", "test", "check", "backup", "restore", "bench", "lock", "manage"]


def test_it_works_from_another_folder_and_through_a_link(tmp_path: Path):
    (tmp_path / "link to limber").symlink_to(PROJECT / "limber")
    result = subprocess.run(
        [tmp_path / "link to limber", "manage", "version"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 50},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (result.returncode, result.stdout[:2], result.stderr) == (0, "5.", "")


def test_an_unknown_command_is_refused():
    result = limber("juggle")
    assert result.returncode == 1
    assert result.stderr.endswith("limber: there is no command juggle.\n")


def test_a_port_in_use_is_refused_and_another_named(busy_port: int, tmp_path: Path):
    said = refusal(limber("run", f"127.0.0.1:{busy_port}", LIMBER_DATA=str(tmp_path)))
    assert f"port {busy_port} is already in use. Choose another, such as 127.0.0.1:{busy_port + 1}" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["127.0.0.1", "::1:8000", "here:99999"])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path):
    assert "is no address and port" in refusal(limber("run", address, LIMBER_DATA=str(tmp_path)))


def test_a_data_folder_that_cannot_be_written_is_refused(free_port: int, tmp_path: Path):
    (tmp_path / "file").touch()
    said = refusal(limber("run", f"127.0.0.1:{free_port}", LIMBER_DATA=str(tmp_path / "file" / "data")))
    assert f"cannot write in the data folder {tmp_path / 'file' / 'data'}" in said


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://limber@localhost/limber", "DATABASE_URL must begin with sqlite:/// or postgres://."),
        ("postgres://ana:s3cret@127.0.0.1:1/limber", "cannot use the database limber at 127.0.0.1: "),
        ("postgres://ana:s3cret@127.0.0.1:port/limber", "DATABASE_URL cannot be read."),
        (
            "sqlite:///no/such/folder/limber.sqlite3",
            "cannot use the database no/such/folder/limber.sqlite3: ",
        ),
        ("sqlite:///README.md", "cannot use the database README.md: file is not a database."),
        ("sqlite://", "DATABASE_URL names no file"),
    ],
)
def test_a_wrong_database_is_refused_without_its_password(
    url: str, sentence: str, free_port: int, tmp_path: Path
):
    said = refusal(limber("run", f"127.0.0.1:{free_port}", LIMBER_DATA=str(tmp_path), DATABASE_URL=url))
    assert sentence in said
    assert "s3cret" not in said


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "The secret key is too short"),
        ({"LIMBER_HOSTS": "*"}, "LIMBER_HOSTS has '*' in it"),
        ({"LIMBER_DEBUG": "1", "HTTPS": "1"}, "LIMBER_DEBUG=1 shows the inside of the program"),
    ],
)
def test_unsafe_settings_are_refused(
    environment: dict[str, str], sentence: str, free_port: int, tmp_path: Path
):
    said = refusal(limber("run", f"127.0.0.1:{free_port}", LIMBER_DATA=str(tmp_path), **environment))
    assert sentence in said


def test_a_start_makes_a_key_and_a_database_for_this_user_alone(free_port: int, tmp_path: Path):
    data = tmp_path / "limber's data"
    with subprocess.Popen(
        [PROJECT / "limber", "run", f"127.0.0.1:{free_port}"],
        env={"PATH": os.environ["PATH"], "LIMBER_DATA": str(data), "LIMBER_WORKERS": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout
            assert (
                server.stdout.readline() == f"Limber is at http://127.0.0.1:{free_port}/ (Ctrl-C stops it)\n"
            )
            with urlopen(f"http://127.0.0.1:{free_port}/healthz", timeout=20) as answer:
                assert answer.status == 200
        finally:
            server.terminate()
    assert server.returncode == 0
    for private in (data, data / "secret_key", data / "limber.sqlite3"):
        assert stat.S_IMODE(private.stat().st_mode) & 0o077 == 0

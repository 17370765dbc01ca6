"""The files for containers say what is promised of them, and the command lines in them work."""

import re
import shutil
import subprocess
import sys

import pytest

from config.start import PROJECT

DOCKERFILE = (PROJECT / "Dockerfile").read_text()
COMPOSE = ["compose.yaml", "compose.sqlite.yaml"]


def test_the_image_runs_as_nobody_special_and_builds_nothing():
    build, run = re.split(r"(?m)^FROM .*$", DOCKERFILE)[1:]
    assert "pip install" in build
    assert "pip install" not in run
    assert "apt-get" not in DOCKERFILE
    assert "pip uninstall" in run
    assert re.search(r"(?m)^USER (\d+):\1$", run)
    assert run.index("USER") < run.index("CMD")
    assert "/healthz" in run
    assert "SECRET_KEY" not in run


@pytest.mark.parametrize("name", COMPOSE)
def test_containers_may_write_nothing_but_their_data(name: str):
    limber = (PROJECT / name).read_text().partition("\nservices:")[0]
    for promise in ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "tmpfs: [/tmp]"):
        assert promise in limber


def test_the_proxy_limits_what_clients_may_do_and_say():
    said = (PROJECT / "Caddyfile").read_text()
    for limit in ("read_header", "read_body", "write", "idle", "max_header_size", "max_size", "dial_timeout"):
        assert re.search(rf"(?m)^\s*{limit} \d", said), limit
    for header in ("X-Forwarded-For {remote_host}", "X-Forwarded-Proto {scheme}", "X-Forwarded-Host {host}"):
        assert f"header_up {header}" in said


def test_all_that_runs_is_in_the_image_and_starts_where_nothing_can_be_written(tmp_path):
    """The parts that .dockerignore lets in, in a folder that is read-only, as another user where we are root."""
    parts = re.findall(r"(?m)^!(\S+)$", (PROJECT / ".dockerignore").read_text())
    app, data = tmp_path / "app", tmp_path / "data"
    for part in parts:
        source, target = PROJECT / part, app / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    environment = {"PATH": "/usr/bin:/bin", "LIMBER_DATA": str(data), "SECRET_KEY": "k" * 50}
    commands = [
        ["-m", "config.start", "--only-static"],
        ["-m", "compileall", "-q", "-x", "/(static|build)/", "."],
    ]
    for command in commands:
        subprocess.run([sys.executable, *command], cwd=app, env=environment, check=True, timeout=120)
    files = {path: path.stat().st_mtime_ns for path in app.rglob("*")}
    prepare = "from config.start import *; prepare(Address.parse('8000'), for_development=False)"
    chores = "from config.chores import *; set_up(); do_all()"
    for code in (prepare, chores):
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=app,
            env={**environment, "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
            timeout=120,
        )
    assert {path: path.stat().st_mtime_ns for path in app.rglob("*")} == files

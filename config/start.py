"""What `./limber run` and `./limber dev` do once the packages are there: prepare, then become the server.

Whatever the operator can put right is refused with one sentence and exit status 1, before anything is served.
"""

import argparse
import errno
import os
import secrets
import socket
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from config import environment
from config.address import Address, AddressError, own_address
from config.refusal import Refusal

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(prog="limber run")
    parser.add_argument("address", nargs="?", default="127.0.0.1:8000", metavar="ADDR:PORT")
    parser.add_argument("--dev", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--only-static", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    try:
        if wanted.only_static:
            set_up()
            collect_static()
            return
        address = Address.parse(wanted.address)
        try_to_bind(address)
        prepare(address, for_development=wanted.dev)
    except (Refusal, AddressError, ImproperlyConfigured) as refusal:
        sys.exit(f"limber: {refusal}")
    serve(address, for_development=wanted.dev)


def try_to_bind(address: Address) -> None:
    """Raise Refusal if nothing can listen there."""
    try:
        with socket.socket(address.family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address.host, address.port))
            probe.listen(1)
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: f"port {address.port} is already in use. Choose another, such as {address.next}",
            errno.EACCES: f"port {address.port} needs more rights. Choose one from 1024 up, such as 8000",
            errno.EADDRNOTAVAIL: f"this machine does not have the address {address.host}",
        }
        raise Refusal(
            reasons.get(error.errno or 0, f"cannot listen at {address}: {error.strerror}")
        ) from error


def prepare(address: Address, *, for_development: bool) -> None:
    """Key, database, catalogue and static files, each made or brought up to date. Quick when nothing changed."""
    if for_development:
        os.environ["LIMBER_DEBUG"] = "1"
    hosts = [os.environ.get("LIMBER_HOSTS", ""), *address.names]
    os.environ["LIMBER_HOSTS"] = ",".join(filter(None, hosts))
    usual = os.umask(0o077)  # the key and the database are for this user alone
    prepare_data()
    set_up()
    prepare_database()
    os.umask(usual)
    if for_development:
        draw_figures()
    else:
        collect_static()


def prepare_data() -> None:
    """The data folder, for this user alone, and the secret key in it unless SECRET_KEY gives one."""
    data = environment.data_folder()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=data, prefix=".key-", mode="w", delete=False) as new:
            new.write(secrets.token_urlsafe(64))
        if os.environ.get("SECRET_KEY") or environment.key_file(data).exists():
            Path(new.name).unlink()
        else:
            Path(new.name).rename(environment.key_file(data))  # whole or not at all; mode 0600 by tempfile
    except OSError as error:
        raise Refusal(
            f"cannot write in the data folder {data} ({error.strerror}). Set LIMBER_DATA to a folder of yours."
        ) from error


def set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()


def prepare_database() -> None:
    """Raise Refusal if the database cannot be reached, or belongs to a newer Limber."""
    where = settings.DATABASES["default"]
    named = (
        where["NAME"]
        if connection.vendor == "sqlite"
        else f"{where['NAME']} at {where.get('HOST') or 'this machine'}"
    )
    try:
        if connection.vendor == "postgresql":
            take_turns()
        loader = MigrationLoader(connection)
        if newer := set(loader.applied_migrations) - set(loader.disk_migrations):
            raise Refusal(
                f"the database was last used by a newer Limber ({'.'.join(min(newer))}). Use that one"
            )
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_catalogue", verbosity=0)
    except CommandError as error:
        raise Refusal(str(error)) from error
    except DatabaseError as error:
        reason = str(error).strip().partition("\n")[0]
        raise Refusal(f"cannot use the database {named}: {reason}. Is DATABASE_URL right?") from error
    finally:
        connection.close()


def take_turns() -> None:
    """Of several servers that start at once, one changes the database and the others wait. Until the connection ends.

    A change may take its time, but `lock_timeout` stays: one that cannot have its table within seconds gives up,
    rather than let everybody queue behind it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        cursor.execute("RESET lock_timeout")


PREPARING = 0x11BE12
"""The number that PostgreSQL knows this lock by; any would do."""


def draw_figures() -> None:
    try:
        call_command("build_figures", verbosity=0)
    except CommandError as error:
        raise Refusal(str(error)) from error
    except OSError as error:
        raise Refusal(f"cannot write the drawings to {settings.DRAWINGS} ({error.strerror})") from error


def collect_static() -> None:
    """Draw the figures; hash and compress the static files, unless that was done for exactly these files."""
    draw_figures()
    digest = sha256((PROJECT / "requirements" / "run.txt").read_bytes())  # the packages bring some too
    for folder in (*settings.STATICFILES_DIRS, settings.DRAWINGS):
        for file in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            digest.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes())
    done = settings.STATIC_ROOT.with_suffix(".sha256")
    if done.exists() and done.read_text() == digest.hexdigest():
        return
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
        done.write_text(digest.hexdigest())
    except OSError as error:
        raise Refusal(
            f"cannot write the static files to {settings.STATIC_ROOT} ({error.strerror})"
        ) from error


def serve(address: Address, *, for_development: bool) -> None:
    """Become the server. Does not return."""
    if for_development:
        command = ["manage.py", "runserver", str(address)]
    else:
        os.environ["LIMBER_BIND"] = str(address)
        os.environ["LIMBER_READY"] = f"Limber is at http://{own_address(address)}/ (Ctrl-C stops it)"
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # on a full disk it would be half a file, and found later
        command = ["-m", "gunicorn", "--config", "config/gunicorn.py"]
    os.execv(sys.executable, [sys.executable, *command])


if __name__ == "__main__":
    main()

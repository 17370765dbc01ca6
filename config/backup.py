"""`./limber backup FILE` and `./limber restore FILE`: a copy of everything people have entrusted to Limber.

A copy is made while people go on writing, and it is of one moment. It gets its name only after it was read back
and found whole, so that whatever bears the name is good; a file FILE.sha256 beside it says what it was like then.
"""

import argparse
import os
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.migrations.loader import MigrationLoader

from config import postgres_copy, sqlite_copy
from config.refusal import Refusal
from config.start import prepare_data, set_up


def main() -> None:
    parser = argparse.ArgumentParser(prog="limber", description="Keep a copy, or bring one back.")
    parser.add_argument("deed", choices=["backup", "restore"])
    parser.add_argument("file", type=Path, metavar="FILE")
    wanted = parser.parse_args()
    os.umask(0o077)  # a copy tells of people's health: it is for this user alone
    try:
        sys.stdout.write((backup if wanted.deed == "backup" else restore)(wanted.file))
    except (Refusal, ImproperlyConfigured) as refusal:
        sys.exit(f"limber: {refusal}")
    except OSError as error:
        sys.exit(f"limber: {error.strerror or error}: {error.filename or wanted.file}")


def backup(file: Path) -> str:
    """Copy the database to a new file. Returns what is said of it; raises Refusal or OSError, and leaves no file."""
    if file.exists():
        raise Refusal(f"there is a file {file} already, and no copy is written over another")
    set_up()
    here = settings.DATABASES["default"]
    kind = postgres_copy if "postgresql" in here["ENGINE"] else sqlite_copy
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", suffix=".part", delete=False) as new:
        part = Path(new.name)
    try:
        kind.copy(here, part)
        _reach_the_disk(part)
        contents = kind.prove(part)
        digest = _digest(part)
        _sum_file(file).write_text(f"{digest}  {file.name}\n")
        _reach_the_disk(_sum_file(file))
        part.rename(file)
        _reach_the_disk(file.parent)
    finally:
        part.unlink(missing_ok=True)
    return f"{file}: {contents}, {file.stat().st_size:,} bytes, sha256 {digest[:16]}…\n"


def restore(file: Path) -> str:
    """Put a copy where the database belongs. Returns what is said of it; raises Refusal, and changes nothing then."""
    if not file.is_file():
        raise Refusal(f"there is no file {file}")
    if _sum_file(file).exists() and _sum_file(file).read_text().split()[:1] != [_digest(file)]:
        raise Refusal(f"{file} is not what it was when it was made: its sha256 is another. Take an older one")
    prepare_data()
    set_up()
    here = settings.DATABASES["default"]
    kind = postgres_copy if "postgresql" in here["ENGINE"] else sqlite_copy
    contents = kind.prove(file)
    if newer := kind.migrations(file) - set(MigrationLoader(None).disk_migrations):
        raise Refusal(f"{file} was made by a newer Limber ({'.'.join(min(newer))}). Use that one")
    kept = kind.put_back(file, here)
    if kept:
        kept = f"What was here is kept as {kept}.\n"
    return f"{file}: {contents}. They are back; ./limber run goes on from there.\n{kept}"


def _sum_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _digest(file: Path) -> str:
    digest = sha256()
    with file.open("rb") as content:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _reach_the_disk(path: Path) -> None:
    """Return when a file's content, or a folder's list of names, would survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


if __name__ == "__main__":
    main()

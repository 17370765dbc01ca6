"""What the environment says, read and checked. Every refusal is one sentence for whoever runs the server."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_KEY = 50  # characters; Django's own floor

# WAL lets people read while one writes, and IMMEDIATE makes writers wait their turn instead of failing.
# synchronous=FULL: what a person was told is saved is on the disk, also when the power goes.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
        "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=27103364;"
    ),
}

# Nobody waits for an answer that long: a question that hangs must not hold up those behind it.
# Without its compiler for queries (JIT), which takes longer than any question of ours.
POSTGRES_OPTIONS = {
    "connect_timeout": 5,  # seconds
    "options": "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=20s -c jit=off",
}


def data_folder() -> Path:
    """Where the database and the key are: LIMBER_DATA, or `data` in the project's folder."""
    return Path(os.environ.get("LIMBER_DATA") or Path(__file__).resolve().parent.parent / "data").absolute()


def key_file(data: Path) -> Path:
    return data / "secret_key"


def secret_key(data: Path) -> str:
    """The key that signs sessions and links: SECRET_KEY, or the file that `limber run` made."""
    key = os.environ.get("SECRET_KEY", "")
    if not key:
        try:
            key = key_file(data).read_text(encoding="ascii").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"There is no secret key. ./limber run makes one in {data}; or set SECRET_KEY."
            ) from error
    if len(key) < SHORTEST_KEY:
        raise ImproperlyConfigured(
            f"The secret key is too short: it needs {SHORTEST_KEY} characters or more."
        )
    return key


def public_hosts() -> list[str]:
    """The names and addresses in LIMBER_HOSTS, besides those of this machine itself."""
    hosts = [host.strip() for host in os.environ.get("LIMBER_HOSTS", "").split(",")]
    for host in hosts:
        if "*" in host or "/" in host:
            raise ImproperlyConfigured(
                f"LIMBER_HOSTS has {host!r} in it. Name each host, such as limber.example.org or 192.168.1.5: "
                "a server that answers to every name can be made to send people elsewhere."
            )
    return [host for host in dict.fromkeys(hosts) if host and host not in LOCAL_HOSTS]


def guests_per_hour() -> int:
    """How many newcomers one address may bring in an hour: LIMBER_GUESTS_PER_HOUR, or 60."""
    number = os.environ.get("LIMBER_GUESTS_PER_HOUR") or "60"
    if not number.isdecimal() or not int(number):
        raise ImproperlyConfigured("LIMBER_GUESTS_PER_HOUR must be a whole number from 1 up.")
    return int(number)


def cache(url: str) -> dict[str, Any]:
    """Django's description of the cache that CACHE_URL names (redis://host:6379/1), or of a table in the database.

    Either is shared by all worker processes: limits on signing in must hold for all of them together.
    """
    if not url:
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured("CACHE_URL must begin with redis://, rediss:// or unix://.")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings of EMAIL_URL, smtp://user:password@host:587?tls=1 (or ssl=1), or none of "".

    Characters such as @ : / in a password are written as %40 %3A %2F.
    """
    if not url:
        return {}
    refusal = "EMAIL_URL cannot be read. Write it like smtp://user:password@mail.example.org:587?tls=1."
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(refusal) from error  # without the address itself: it holds the password
    asked = dict(parse_qsl(parts.query))
    if parts.scheme != "smtp" or not parts.hostname or {*asked} - {"tls", "ssl"}:
        raise ImproperlyConfigured(refusal)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if asked.get("ssl") == "1" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": asked.get("tls") == "1",
        "EMAIL_USE_SSL": asked.get("ssl") == "1",
        "EMAIL_TIMEOUT": 10,  # seconds
    }


def origins(hosts: list[str]) -> list[str]:
    """What a browser calls these hosts when it sends a form over HTTPS."""
    return [f"https://*{host}" if host.startswith(".") else f"https://{host}" for host in hosts]


def site(hosts: list[str], *, https: bool) -> str:
    """Scheme, host and port that links in mails begin with: LIMBER_SITE, or the first public host."""
    said = os.environ.get("LIMBER_SITE", "").rstrip("/")
    if said and not said.startswith(("https://", "http://")):
        raise ImproperlyConfigured("LIMBER_SITE must begin with https:// or http://.")
    host = hosts[0].lstrip(".") if hosts else "localhost:8000"
    return said or f"{'https' if https else 'http'}://{host}"


def database(data: Path) -> dict[str, Any]:
    """Django's description of the database that DATABASE_URL names, or of SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL", "")
    scheme = url.partition(":")[0]
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "limber.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": SQLITE_OPTIONS,
        }
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
    try:
        described: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)}
    except ValueError as error:
        # Without the address itself: it holds the password.
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. Characters such as @ : / # in a password are written as %40 %3A %2F %23."
        ) from error
    if scheme != "sqlite":
        described["OPTIONS"] = {**POSTGRES_OPTIONS, **described.get("OPTIONS", {})}
        return described
    if described["NAME"] == ":memory:":
        raise ImproperlyConfigured("DATABASE_URL names no file: write sqlite:///path/to/limber.sqlite3.")
    return {**described, "OPTIONS": SQLITE_OPTIONS}

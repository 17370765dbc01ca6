"""Settings of the tests: those of the program, with a database of their own and everything slow taken out."""

import os
import tempfile
from pathlib import Path

# A folder for each process: test runs side by side never meet. It goes when the process ends.
scratch = tempfile.TemporaryDirectory(prefix="limber-test-", ignore_cleanup_errors=True)
os.environ.update(
    LIMBER_DATA=scratch.name, SECRET_KEY="a key for tests only, as long as it has to be, and no secret"
)
for name in ("LIMBER_HOSTS", "LIMBER_DEBUG", "HTTPS", "EMAIL_URL", "LIMBER_SITE"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE  # noqa: E402

# allauth looks at a person's browsers and addresses one by one; both are few.
ZEAL_ALLOWLIST = [
    {"model": model, "field": "get()"}
    for model in ("sessions.Session", "accounts.User", "account.EmailAddress")
]
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
WITHOUT_ZEAL = MIDDLEWARE  # for tests of very many requests: zeal takes half of the time
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # a query in a loop is an error
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A file, so that the live server's threads have connections of their own, as in real life.
default = DATABASES["default"]
default["CONN_MAX_AGE"] = 0
if default["ENGINE"] == "django.db.backends.sqlite3":
    default["TEST"] = {"NAME": Path(scratch.name) / "test.sqlite3"}
    fast = default["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    default["OPTIONS"] = {**default["OPTIONS"], "init_command": fast}

DRAWINGS = Path(scratch.name) / "drawings"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},  # tests/test_newcomers.py has one
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]

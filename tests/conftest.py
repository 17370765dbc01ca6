"""The cast, and the catalogue they stretch by."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers import sort_dependencies
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import settings as hypothesis_settings

from accounts.models import User
from config.environment import mail
from stretches.models import Stretch
from tests.mail_server import MailServer

# A slow machine is no fault of an example.
hypothesis_settings.register_profile("limber", deadline=None)
hypothesis_settings.load_profile("limber")

# Playwright keeps an event loop in the main thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

Rows = list[tuple[type[models.Model], list[models.Model]]]
shipped: Rows = []


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors, to nine: much of the time a test waits for a browser or a server."""
    return min(os.cpu_count() or 1, 8) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database anything: `-m database` leaves out what is the same on every database."""
    for item in items:
        has_fixture = {"db", "transactional_db"} & {*getattr(item, "fixturenames", ())}
        if has_fixture or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A test database with the shipped catalogue in it, loaded once."""
    with django_db_blocker.unblock():
        call_command("load_catalogue", verbosity=0)
        call_command("build_figures", verbosity=0)
        shipped[:] = rows_of_the_catalogue()
    yield
    if connection.vendor == "postgresql":  # it keeps a database that a thread of the live server still holds
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def rows_of_the_catalogue() -> Rows:
    """Every row of the two apps that ship data, those first that others point at."""
    owned = [apps.get_app_config(name) for name in ("stretches", "routines")]
    kinds = sort_dependencies([(app, list(app.get_models(include_auto_created=True))) for app in owned])
    return [(kind, list(kind._base_manager.all())) for kind in kinds]


@pytest.fixture
def catalogue(db: None) -> None:
    """All shipped stretches and routines. After a test with a live server, which empties every table, they return."""
    if Stretch.objects.exists():
        return
    with transaction.atomic():
        for kind, rows in shipped:
            kind._base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [kind for kind, _ in shipped]):
            cursor.execute(statement)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No test meets the limits that another one used up."""
    yield
    cache.clear()


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """The one that EMAIL_URL names."""
    server = MailServer()
    server.start()
    for name, value in mail(f"smtp://{server.hostname}:{server.port}").items():
        setattr(settings, name, value)
    settings.HAS_MAIL, settings.SITE = True, "https://limber.example.org"
    settings.DEFAULT_FROM_EMAIL = "Limber <limber@limber.example.org>"
    yield server
    server.stop()


@pytest.fixture
def ana(db: None) -> User:
    """Owns what the test is about. She has seen the safety check."""
    return User.objects.create_user(
        "ana@example.org", "correct horse battery", name="Ana", safety_seen_at=timezone.now()
    )


@pytest.fixture
def ben(db: None) -> User:
    """A stranger to all that is ana's. He has seen the safety check."""
    return User.objects.create_user(
        "ben@example.org", "correct horse battery", name="Ben", safety_seen_at=timezone.now()
    )


@pytest.fixture
def client_of(db: None) -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in

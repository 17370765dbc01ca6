"""How much a page costs, beside a bare view with one query behind the same middleware."""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import path
from django.utils import timezone

from accounts.models import User
from benchmarks.__main__ import REQUESTS, cpu_ms
from config.urls import handler404 as handler404
from config.urls import handler500 as handler500
from config.urls import urlpatterns as limber_urls
from journal.record import Fact, record
from routines.models import Routine, Session
from stretches.models import Stretch

MANY = 5000
"""Stretches that the list is tried with, beside the shipped ones."""

DAYS = 90
"""A session a day for the person whose pages are measured."""


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        f"<h1>{Stretch.objects.filter(slug='cat-cow').values_list('name', flat=True)[0]}</h1>"
    )


urlpatterns = [path("floor/", floor), *limber_urls]


def table() -> Iterator[str]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    with override_settings(
        ROOT_URLCONF="benchmarks.pages",
        ALLOWED_HOSTS=["testserver"],
        STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    ):
        nobody, person, session = Client(), Client(), seed()
        person.force_login(session.user, backend="django.contrib.auth.backends.ModelBackend")
        base = cpu_ms(lambda: nobody.get("/floor/"), REQUESTS)
        yield f"{'page':24}{'CPU ms':>8}{'ratio':>8}{'queries':>9}{'gzip bytes':>12}"
        yield line("floor", nobody, "/floor/", base)
        for name, client, address in (
            ("landing", nobody, "/"),
            ("catalogue", nobody, "/stretches/"),
            ("search", nobody, "/stretches/?q=figur+for"),
            ("stretch", nobody, "/stretches/figure-four/"),
            ("routines", nobody, "/routines/"),
            ("today", person, "/"),
            ("builder", person, f"/routines/{session.routine_id}/edit/"),
            ("player", person, f"/sessions/{session.pk}/"),
            ("finish", person, f"/sessions/{session.pk}/finish/"),
            ("history 90 days", person, "/journal/?range=90d"),
            ("history all", person, "/journal/?range=all"),
        ):
            yield line(name, client, address, base)
        few = {address: cpu_ms(lambda a=address: nobody.get(a), 5) for address in LISTS}
        generate(MANY)
        for address in LISTS:
            many = cpu_ms(lambda a=address: nobody.get(a), 5)
            yield f"{address} with {MANY} more stretches: {many:.1f} ms, {many / few[address]:.1f} times that of 48"


LISTS = ("/stretches/", "/stretches/?q=figur+for")


def line(name: str, client: Client, address: str, base: float) -> str:
    asked: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answers {response.status_code}")
    size = len(gzip.compress(response.content))
    cost = cpu_ms(lambda: client.get(address), REQUESTS)
    return f"{name:24}{cost:8.2f}{cost / base:8.1f}{len(asked):9}{size:12}"


def seed() -> Session:
    """A person with a session a day, and one in the middle."""
    person = User.objects.create_user("bench@example.org", "not used")
    routine = Routine.objects.with_items().get(slug="seven-essentials").copy_for(person)
    routine = Routine.objects.with_items().get(pk=routine.pk)
    for day in range(1, DAYS):
        session = Session.objects.begin(person, routine)
        session.started_at = timezone.now() - timedelta(days=day)
        session.save(update_fields=["started_at"])
        scores = {"pain:before": 4 + day % 3, "pain:after": 3 + day % 3}
        facts = [Fact(key, {"score": score}, session.started_at, 1) for key, score in scores.items()]
        record(session, *facts)
        session.finish(session.started_at + timedelta(minutes=8), whole=True)
    return Session.objects.begin(person, routine)


def generate(count: int) -> None:
    """More stretches of the shipped kinds, under other names."""
    shipped: list[Any] = list(Stretch.objects.all())
    rows = []
    for number in range(count):
        row = Stretch(
            **{field.attname: getattr(shipped[number % 48], field.attname) for field in Stretch._meta.fields}
        )
        row.pk, row.slug, row.name = None, f"{row.slug}-{number}", f"{row.name} {number}"
        rows.append(row)
    Stretch.objects.bulk_create(rows, batch_size=500)

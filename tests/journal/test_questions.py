"""What pages ask goes through indexes, so that nobody waits for everybody's rows."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from journal.models import Hold, Moment, PainScore
from routines.models import Routine, Session

BIG = "journal_hold|journal_painscore|routines_session"
READS_ALL = re.compile(rf"Seq Scan on ({BIG})\b|SCAN ({BIG}|U\d)\b", re.IGNORECASE)
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
TODAY = timezone.localdate()
PAGES = (
    "/",
    "/journal/?range=90d",
    "/journal/?range=all",
    "/journal/helps/",
    "/journal/report/",
    f"/journal/{TODAY:%Y-%m}/",
    f"/journal/{TODAY - timedelta(days=1)}/",
    f"/journal/years/{TODAY.year}/",
)


@pytest.fixture
def crowd(catalogue: None) -> User:
    """One of 150 people, each with thirty sessions of eight holds. The database knows how many rows that is."""
    now, plan = timezone.now(), Session.objects.planned(User(), Routine.objects.five_minutes())
    people = User.objects.bulk_create(User(email=f"{n}@example.org") for n in range(150))
    sessions = [
        Session(
            id=uuid.uuid4(),
            user=user,
            name="Before the desk",
            plan=plan.plan,
            total_seconds=300,
            time_zone="UTC",
            started_at=now - timedelta(days=day),
            finished_at=now - timedelta(days=day) + timedelta(minutes=5),
            is_whole=True,
        )
        for user in people
        for day in range(1, 31)
    ]
    Session.objects.bulk_create(sessions, batch_size=500)
    stretch = Routine.objects.five_minutes().ordered_items[0].stretch_id
    Hold.objects.bulk_create(
        (
            Hold(session=each, step=step, stretch_id=stretch, result="done", seconds=30, at=each.started_at)
            for each in sessions
            for step in range(8)
        ),
        batch_size=2000,
    )
    PainScore.objects.bulk_create(
        (
            PainScore(
                user=each.user,
                session=each,
                moment=moment,
                score=4,
                first_score=4,
                given_at=each.started_at,
                time_zone="UTC",
            )
            for each in sessions
            for moment in (Moment.BEFORE, Moment.AFTER)
        ),
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people[70]


@pytest.mark.django_db
def test_no_page_reads_the_rows_of_everybody(client_of, crowd: User):
    client, asked = client_of(crowd), []

    def hear(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("( ").startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        for page in PAGES:
            assert client.get(page).status_code == 200, page
    assert len(asked) > 40
    for sql, params in asked:
        with connection.cursor() as cursor:
            cursor.execute(EXPLAIN[connection.vendor] + sql, params)
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
        assert not READS_ALL.search(plan), f"{sql}\n{plan}"

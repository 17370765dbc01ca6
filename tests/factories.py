"""Things for tests to work on: plain functions with keywords."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from journal.record import Fact, record
from routines.models import Routine, Session
from stretches.models import MOST_OWN, Stretch


def make_routine(owner: User, *slugs: str, name: str = "Before the desk") -> Routine:
    """A routine of somebody's own with these stretches of the catalogue, at their default doses."""
    routine = Routine.objects.create(owner=owner, name=name)
    for slug in slugs:
        routine.add(Stretch.objects.get(slug=slug))
    return routine


def make_session(
    user: User,
    *slugs: str,
    before: int | None = None,
    after: int | None = None,
    started_at: datetime | None = None,
    finished: bool = True,
) -> Session:
    """A session of a new routine with these stretches (cat-cow if none), and its scores."""
    session = Session.objects.begin(user, make_routine(user, *(slugs or ["cat-cow"])))
    if started_at:
        session.started_at = started_at
        session.save(update_fields=["started_at"])
    for moment, score in (("before", before), ("after", after)):
        if score:
            record(session, make_fact(f"pain:{moment}", {"score": score}, at=session.started_at))
    if finished:
        session.finish(session.started_at + timedelta(seconds=session.total_seconds), whole=True)
    return session


def fill_with_stretches(owner: User) -> None:
    """As many stretches of one's own as anybody may have."""
    Stretch.objects.bulk_create(
        Stretch(
            owner=owner, slug=f"own-{n}", name=f"Own {n}", hold_seconds=5, hold_min_seconds=5, hold_max_seconds=5,
            sides="both", kind="stretch", position="seated", direction="neutral", changed_at="2026-01-01T00:00Z",
        )
        for n in range(MOST_OWN)
    )  # fmt: skip


def confirm_address(user: User) -> None:
    """As when they have followed the link in the mail that asks for it."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def make_fact(key: str, value: dict, sequence: int | None = 1, at: datetime | None = None) -> Fact:
    return Fact(key, value, at or timezone.now(), sequence)

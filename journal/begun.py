"""Sessions that a phone began without a network.

A page that the phone keeps carries its plan, signed: the phone can bring it back with a session's id and the
moment it began, and nobody can bring a plan that Limber didn't make for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer

from accounts.models import User
from routines.models import Routine, Session
from stretches.models import Stretch

SIGNER = Signer(salt="limber.begin")
"""Without a time: the same plan gives the same words, and a phone may have had no network for long."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a phone says of a session that it began: `begin` is what `begin_of` gave it, `at` is aware."""

    id: UUID
    begin: str
    at: datetime


def begin_of(session: Session) -> str:
    """A planned session, to be begun by its person's phone alone."""
    return SIGNER.sign_object(
        {
            "person": session.user_id,
            "routine": session.routine_id,
            "name": session.name,
            "plan": session.plan,
            "total_seconds": session.total_seconds,
            "time_zone": session.time_zone,
        },
        compress=True,
    )


def save_begun(user: User, told: Sequence[Begun]) -> None:
    """Save those sessions that aren't there yet. What isn't signed for this person is left out."""
    plans = {each.id: (each, plan) for each in told if (plan := _plan_of(each, user))}
    there = set(Session.objects.filter(pk__in=plans).values_list("pk", flat=True))
    new = [(each, plan) for id_, (each, plan) in plans.items() if id_ not in there]
    if not new:
        return
    routines = set(
        Routine.objects.filter(pk__in=[plan["routine"] for _, plan in new]).values_list("pk", flat=True)
    )
    sessions = [
        Session(
            id=each.id,
            user=user,
            routine_id=plan["routine"] if plan["routine"] in routines else None,  # deleted meanwhile
            name=plan["name"],
            plan=plan["plan"],
            total_seconds=plan["total_seconds"],
            time_zone=plan["time_zone"],
            started_at=max(each.at, user.joined_at),
        )
        for each, plan in new
    ]
    slugs = {slug for session in sessions for slug in session.slugs}
    Stretch.objects.filter(owner=user, slug__in=slugs).update(was_begun=True)
    Session.objects.bulk_create(sessions, ignore_conflicts=True)  # two tabs may tell of one at once


def _plan_of(told: Begun, user: User) -> dict[str, Any] | None:
    try:
        plan: dict[str, Any] = SIGNER.unsign_object(told.begin)
    except (BadSignature, ValueError):
        return None
    return plan if plan["person"] == user.pk else None

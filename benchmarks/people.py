"""Run beside a server: fills its database with people who have stretched for a while, and signs the first few in.

    python -m benchmarks.people PEOPLE DAYS SIGNED-IN A-DAY ROUTINE

Each has a copy of this ready-made routine and A-DAY sessions of it a day, with their holds, two pain scores and a
rating. Prints the people who are signed in as JSON: cookie, key, routine, an item of it, a session that was begun,
and its holds.
"""

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.context import person_key  # noqa: E402
from accounts.models import User  # noqa: E402
from journal.models import Hold, PainScore, Rating  # noqa: E402
from routines.models import Item, Routine, Session  # noqa: E402


def make(people: int, days: int, first: int, a_day: int, slug: str) -> list[User]:
    """People with everything they have recorded, in one transaction."""
    model = Routine.objects.with_items().get(slug=slug)
    now = timezone.now()
    users = User.objects.bulk_create(
        User(email=f"person-{first + number}@example.org", name=f"Person {first + number}", password="!")  # noqa: S106
        for number in range(people)
    )
    routines = Routine.objects.bulk_create(Routine(owner=user, name="Every morning") for user in users)
    kept = {field: None for field in Item.SAID if field not in ("id", "routine")}
    Item.objects.bulk_create(
        Item(routine=routine, **{field: getattr(item, field) for field in kept})
        for routine in routines
        for item in model.ordered_items
    )
    plan = Session.objects.planned(users[0], model)
    holds = [(number, step) for number, step in enumerate(plan.steps) if step.kind == "hold"]
    stretches = plan.stretches
    for user, routine in zip(users, routines, strict=True):
        sessions, done, scores, ratings = [], [], [], []
        for nth in range(a_day, a_day * days + a_day):
            day = nth // a_day
            began = now - timedelta(days=nth / a_day, minutes=user.pk % 600)
            end = began + timedelta(seconds=plan.total_seconds)
            session = Session(
                user=user, routine=routine, name=routine.name, plan=plan.plan, total_seconds=plan.total_seconds,
                time_zone="UTC", started_at=began, finished_at=end, is_whole=True,
            )  # fmt: skip
            sessions.append(session)
            for number, step in holds:
                stretch = stretches[plan.items[step.item].slug]
                said = {"side": step.side, "result": "done", "seconds": 30, "at": end}
                done.append(Hold(session=session, step=number, stretch=stretch, **said))
            for moment, score in (("before", 4 + day % 3), ("after", 3 + day % 3)):
                scores.append(
                    PainScore(
                        user=user, session=session, moment=moment, score=score, first_score=score,
                        given_at=began if moment == "before" else end, time_zone="UTC",
                    )
                )  # fmt: skip
            ratings.append(Rating(session=session, stretch=stretch, value="helped", at=end))
        for kind, rows in ((Session, sessions), (Hold, done), (PainScore, scores), (Rating, ratings)):
            kind.objects.bulk_create(rows, batch_size=2000)
    return users


def sign_in(user: User) -> dict[str, object]:
    browser = SessionStore()
    browser[SESSION_KEY] = str(user.pk)
    browser[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    browser[HASH_SESSION_KEY] = user.get_session_auth_hash()
    browser.create()
    routine = Routine.objects.with_items().get(owner=user)
    session = Session.objects.begin(user, routine)
    return {
        "cookie": browser.session_key,
        "key": person_key(user),
        "routine": routine.pk,
        "item": routine.ordered_items[0].pk,
        "session": str(session.pk),
        "holds": [number for number, step in enumerate(session.steps) if step.kind == "hold"],
    }


if __name__ == "__main__":
    people, days, signed_in, a_day = map(int, sys.argv[1:5])
    first = User.objects.count()
    with transaction.atomic():
        users = make(people, days, first, a_day, sys.argv[5])
        sys.stdout.write(json.dumps([sign_in(user) for user in users[:signed_in]]))

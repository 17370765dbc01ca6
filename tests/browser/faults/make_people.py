"""Run beside a server: makes people who are signed in, each with a routine of six holds and a session of it begun.

Prints them as JSON. Nobody needs time between the holds: two with figure four on each side, two with sphinx.
"""

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.context import person_key  # noqa: E402
from accounts.models import User  # noqa: E402
from routines.models import Routine, Session  # noqa: E402
from stretches.dose import Dose  # noqa: E402
from stretches.models import Stretch  # noqa: E402

PASSWORD = "a few ordinary words"
HASHED = make_password(PASSWORD)
PLAYER = {"ready_seconds": 0, "switch_seconds": 0, "rest_percent": 0}
HOLD_SECONDS = 6


def make_person(number: int) -> dict[str, str]:
    email = f"person-{number}@example.org"
    user = User.objects.create(
        email=email, name=f"Person {number}", password=HASHED, player=PLAYER, safety_seen_at=timezone.now()
    )
    routine = Routine.objects.create(owner=user, name="Before the desk")
    for slug, sides in (("figure-four", "each"), ("sphinx", "both")):
        dose = Dose(sets=1, reps=2, hold_seconds=HOLD_SECONDS, sides=sides)
        routine.add(Stretch.objects.get(slug=slug), dose)
    session = Session.objects.begin(user, Routine.objects.with_items().get(pk=routine.pk))
    assert [step.kind for step in session.steps] == ["hold"] * 6
    browser = SessionStore()
    browser[SESSION_KEY] = str(user.pk)
    browser[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    browser[HASH_SESSION_KEY] = user.get_session_auth_hash()
    browser.create()
    return {
        "email": email,
        "password": PASSWORD,
        "key": person_key(user),
        "cookie": str(browser.session_key),
        "routine": str(routine.pk),
        "session": str(session.pk),
    }


with transaction.atomic():
    people = [make_person(number) for number in range(int(sys.argv[1]))]
sys.stdout.write(json.dumps(people))

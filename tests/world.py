"""Everybody with something of their own, and every address there is: what the matrix and the hostile posts walk."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, reduce
from operator import or_

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import CASCADE, Model, Q
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import User
from journal.models import FlareUp, PainScore, Pause
from journal.record import record
from reminders.models import Feed, PushSubscription, Reminder
from routines.models import Item, Routine, Session
from stretches.models import Stretch
from tests.factories import make_fact, make_routine, make_session

APP_LABEL = re.compile(r"\(\?P<app_label>[a-z|_]+\)")
PLACEHOLDER = re.compile(r"<[^>]+>")
HURTING = 2
"""The step of the owner's session that hurt."""

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address of the URLconf, as written there: `routines/<int:pk>/edit/`."""
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each, route)


@dataclass(frozen=True)
class World:
    """`owner` has one of everything; the others have something of the same kind, for what is theirs alone."""

    owner: User
    stranger: User
    guest: User
    staff: User
    routine: Routine
    item: Item
    session: Session
    stretch: Stretch
    passkey: Authenticator
    check_in: PainScore
    flare: FlareUp
    pause: Pause
    reminder: Reminder
    device: PushSubscription
    feed: str

    def others(self, name: str) -> list[User]:
        """Everybody but the person of this part."""
        people = {part: getattr(self, part) for part in ("owner", "stranger", "guest", "staff")}
        return [person for part, person in people.items() if part != name]

    @property
    def values(self) -> dict[str, object]:
        """What stands for each piece of a route with a placeholder in it. The longest pieces come first."""
        return {
            "routines/<int:pk>/": f"routines/{self.routine.pk}/",
            "<int:item>": self.item.pk,
            "r/<str:token>/": f"r/{self.routine.share_token}/",
            "sessions/<uuid:pk>/": f"sessions/{self.session.pk}/",
            "<int:number>": 0,
            "stretches/<slug:slug>/": f"stretches/{self.stretch.slug}/",
            "admin/accounts/user/<path:object_id>/": f"admin/accounts/user/{self.owner.pk}/",
            "admin/stretches/stretch/<path:object_id>/": f"admin/stretches/stretch/{self.stretch.pk}/",
            "accounts/email/confirm/(?P<key>[-:\\w]+)/": "accounts/email/confirm/x:y/",
            "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\\w]+)/": "1-set-password/",
            "accounts/passkeys/<int:pk>/": f"accounts/passkeys/{self.passkey.pk}/",
            "<day:on>": self.session.day,
            "<month:month>": f"{self.session.day:%Y-%m}",
            "journal/check-ins/<int:pk>/": f"journal/check-ins/{self.check_in.pk}/",
            "journal/flares/<int:pk>/": f"journal/flares/{self.flare.pk}/",
            "journal/pauses/<int:pk>/": f"journal/pauses/{self.pause.pk}/",
            "<year:year>": self.session.day.year,
            "accounts/reminders/<int:pk>/": f"accounts/reminders/{self.reminder.pk}/",
            "accounts/reminders/devices/<int:pk>/": f"accounts/reminders/devices/{self.device.pk}/",
            "calendar/<str:token>.ics": f"calendar/{self.feed}.ics",
            "<str:signed>": "x:y",
            "journal/export/<slug:name>.csv": "journal/export/scores.csv",
            "<slug:moment>": "before",
            "<int:step>": HURTING,
            "<path:content_type_id>": 1,
            "<path:object_id>": 1,
            "(?P<url>.*)": "nowhere/",
        }

    def address(self, route: str) -> str:
        """The address of the owner's own thing. Raises LookupError where nobody said what a placeholder is."""
        route = APP_LABEL.sub("accounts", route.replace("^", "").replace("$", ""))
        for placeholder in sorted(self.values, key=len, reverse=True):
            route = route.replace(placeholder, str(self.values[placeholder]))
        if PLACEHOLDER.search(route):
            raise LookupError(f"{route}: say in tests/world.py what its placeholder stands for")
        return f"/{route}"

    def client_of(self, name: str) -> Client:
        """The browser of a person by their part: `owner`, `stranger`, `guest`, `staff`; of `nobody` a new one."""
        client = Client(raise_request_exception=False)
        if name != "nobody":
            client.force_login(getattr(self, name), backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_world() -> World:
    """Needs the catalogue in the database."""
    seen = timezone.now()
    owner = User.objects.create_user(
        "ana@example.org", "correct horse battery", name="Ana", safety_seen_at=seen
    )
    stranger = User.objects.create_user(
        "ben@example.org", "correct horse battery", name="Ben", safety_seen_at=seen
    )
    staff = User.objects.create_superuser("staff@example.org", "correct horse battery")
    guest = User.objects.create_guest()
    stretch = Stretch.objects.get(slug="cat-cow")
    stretch.copy_for(owner)
    routine = make_routine(owner, "figure-four", stretch.slug)
    routine.share()
    session = Session.objects.begin(owner, routine)
    said = {"down_a_leg": False, "pins_and_needles": False, "text": "Long drive"}
    facts = {"pain:before": {"score": 5}, f"hurt:{HURTING}": {"seconds": 3}, "note": said}
    record(session, *(make_fact(key, value) for key, value in facts.items()))
    check_in = PainScore.objects.check_in(owner, 4, seen)
    flare = FlareUp.objects.create(user=owner, label="Long drive", starts_on=seen.date())
    pause = Pause.objects.create(user=owner, starts_on=seen.date(), ends_on=seen.date() + timedelta(days=7))
    reminder = Reminder.objects.create(user=owner, days=1, time="18:30")
    device = PushSubscription.objects.add(owner, "", "https://push.example.org/1", p256dh="x", auth="x")
    feed = Feed.objects.renew(owner)
    for person in (owner, stranger, guest):
        make_session(person, before=6, after=4)
        make_routine(person, "sphinx", name="Evenings")
    item = routine.items.first()
    passkey = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Phone"})
    return World(
        owner, stranger, guest, staff, routine, item, session, stretch, passkey, check_in, flare, pause, reminder,
        device, feed,
    )  # fmt: skip


@cache
def ways_to_people() -> dict[type[Model], list[str]]:
    """By which fields a row of each model is somebody's: `Hold: ["session__user__pk"]`."""
    ways: dict[type[Model], list[str]] = {User: ["pk"]}
    found = [User]
    while found:
        owner = found.pop(0)
        for relation in owner._meta.related_objects:
            model, field = relation.related_model, relation.field
            if field.many_to_many or field.remote_field.on_delete is not CASCADE:
                continue
            if model not in ways:
                found.append(model)
            ways.setdefault(model, []).extend([f"{field.name}__{way}" for way in ways[owner]])
    return ways


def digest_of(*people: User) -> str:
    """One value for every row that belongs to these people, save when they last signed in."""
    keys, digest = [person.pk for person in people], hashlib.sha256()
    for model, ways in ways_to_people().items():
        fields = [field.attname for field in model._meta.concrete_fields if field.attname != "last_login"]
        theirs = reduce(or_, (Q(**{f"{way}__in": keys}) for way in ways))
        rows = model._base_manager.filter(theirs).order_by("pk").distinct().values_list(*fields)
        digest.update(f"{model._meta.label} {list(rows)!r}\n".encode())
    return digest.hexdigest()


@contextmanager
def written(tables_apart: Iterable[str] = ()) -> Iterator[list[str]]:
    """The statements that change a row, as they are executed; those of some tables are left out."""
    said: list[str] = []

    def listen(execute, sql, params, many, context):
        if WRITES.match(sql) and not any(f'"{table}"' in sql for table in tables_apart):
            said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield said

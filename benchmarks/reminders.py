"""A month of reminders for a thousand people, with a run every five minutes: `python -m benchmarks.reminders`.

Mails go to a backend that keeps nothing, so that what is measured is Limber and its database (SQLite, on the disk as
it is in service). Every person has a reminder on some days, wants the question of the next day and the weekly
summary, and has a session on most days.
"""

import os
import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from statistics import median
from time import perf_counter

PEOPLE, DAYS_LONG = 1000, 30
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
START = datetime(2026, 3, 2, tzinfo=UTC)


def make_people() -> None:
    from allauth.account.models import EmailAddress
    from django.db import transaction

    from accounts.models import User
    from reminders.models import MailWishes, Reminder
    from routines.models import Routine, Session

    chance = random.Random(1)
    routine = Routine.objects.five_minutes()
    with transaction.atomic():
        for number in range(PEOPLE):
            user = User.objects.create_user(f"person{number}@example.org", time_zone=ZONES[number % 5])
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            MailWishes.objects.create(user=user, reminders=True, next_day=True, weekly=True, made_at=START)
            at = chance.choice(
                ["morning", "midday", "evening", f"{chance.randrange(6, 23):02}:{chance.randrange(60):02}"]
            )
            Reminder.objects.create(user=user, days=chance.randrange(1, 128), time=at, made_at=START)
            planned = Session.objects.planned(user, routine)
            Session.objects.bulk_create(
                Session(
                    user=user,
                    routine=routine,
                    name=planned.name,
                    plan=planned.plan,
                    total_seconds=planned.total_seconds,
                    time_zone=user.time_zone,
                    started_at=(began := START + timedelta(days=day, minutes=chance.randrange(1440))),
                    finished_at=began + timedelta(minutes=5),
                    is_whole=True,
                )
                for day in range(-7, DAYS_LONG)
                if chance.random() < 0.6
            )


def month() -> None:
    from django.conf import settings

    from reminders.sending import send_due

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    tally: Counter[str] = Counter()
    idle, busy, per_mail = [], [], []
    began = perf_counter()
    for number in range(DAYS_LONG * 24 * 12):
        start = perf_counter()
        found = send_due(START + number * timedelta(minutes=5))
        took = (perf_counter() - start) * 1000
        tally += found
        if found:
            busy.append(took)
            per_mail.append(took / found.total())
        else:
            idle.append(took)
    total = perf_counter() - began
    out = sys.stdout.write
    out(f"{PEOPLE} people, {DAYS_LONG} days, {DAYS_LONG * 288} runs: {total:.0f} s in all, {dict(tally)}\n")
    out(
        f"a run with nothing due: {median(idle or [0]):.1f} ms; with something: median {median(busy):.1f} ms, "
    )
    out(f"longest {max(busy):.0f} ms; median {median(per_mail):.1f} ms each\n")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="limber-bench-") as folder:
        os.environ.update(LIMBER_DATA=folder, SECRET_KEY=token_urlsafe(64))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ.pop("LIMBER_DEBUG", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_catalogue", verbosity=0)
        make_people()
        month()


if __name__ == "__main__":
    main()

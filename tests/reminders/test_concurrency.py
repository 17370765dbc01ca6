"""Two senders at once."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from accounts.models import User
from config.start import PROJECT
from reminders.models import Notice
from reminders.sending import send_due
from tests.reminders.conftest import make_reminder

MONDAY = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
PEOPLE = 20

PROCESS = """
import django, os, sys
from datetime import datetime
from django.conf import settings
import tests.settings
tests.settings.DATABASES["default"].update({database!r})
django.setup()
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", {port}
from reminders.sending import send_due
print("ready", flush=True)
sys.stdin.readline()
send_due(datetime.fromisoformat({now!r}))
"""


@pytest.fixture
def people(transactional_db, catalogue, wanting) -> list[User]:
    made = [User.objects.create_user(f"person{number}@example.org") for number in range(PEOPLE)]
    for user in made:
        wanting(user, "reminders")
        make_reminder(user)
    return made


def test_two_processes_at_once_send_each_mail_once(mail_server, people, settings):
    database = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    database["NAME"] = str(database["NAME"])
    source = PROCESS.format(database=database, port=settings.EMAIL_PORT, now=MONDAY.isoformat())
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(PROJECT)}
    senders = [
        subprocess.Popen(
            [sys.executable, "-c", source],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=PROJECT,
            env=environment,
        )
        for _ in range(2)
    ]
    for sender in senders:
        assert sender.stdout.readline() == b"ready\n"
    for sender in senders:
        sender.stdin.write(b"go\n")
        sender.stdin.flush()
    for sender in senders:
        _, said = sender.communicate(timeout=60)
        assert sender.returncode == 0, said.decode()
    assert sorted(mail["To"] for mail in mail_server.mails) == sorted(user.email for user in people)
    assert Notice.objects.filter(state="sent").count() == PEOPLE


def test_six_threads_at_once_send_each_mail_once(mail_server, people):
    gate = threading.Barrier(6)
    faults: list[Exception] = []

    def send() -> None:
        try:
            gate.wait(10)
            send_due(MONDAY)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert sorted(mail["To"] for mail in mail_server.mails) == sorted(user.email for user in people)

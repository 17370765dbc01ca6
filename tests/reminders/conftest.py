"""A mail server, and people who want mails."""

import email
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from accounts.models import User
from reminders import addresses
from reminders.models import MailWishes, Reminder


class MailServer:
    """Takes mails over SMTP and keeps them. `answers` says what it says to a recipient, `data` to a mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.answers: dict[str, str] = {}
        self.data = "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data.startswith("250"):
            self.raw.append(envelope.content)
            self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        return self.data

    def to(self, user: User) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == user.email]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """A real one on this machine, which the settings name."""
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_TIMEOUT = 5
    settings.HAS_MAIL, settings.SITE = True, "https://limber.example.org"
    settings.DEFAULT_FROM_EMAIL = "Limber <limber@limber.example.org>"
    yield server
    controller.stop()


BEFORE = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
"""What is wanted is wanted since then: nothing of earlier is due."""


@pytest.fixture
def wanting() -> Callable[..., MailWishes]:
    """Somebody with a confirmed address who has wanted these mails since before."""

    def want(user: User, *kinds: str, time_zone: str = "UTC") -> MailWishes:
        User.objects.filter(pk=user.pk).update(time_zone=time_zone)
        user.time_zone = time_zone
        addresses.confirm(user)
        wishes, _ = MailWishes.objects.get_or_create(user=user)
        wishes.wish(set(kinds))
        MailWishes.objects.filter(pk=wishes.pk).update(made_at=BEFORE)
        return wishes

    return want


def make_reminder(user: User, at: str = "18:30", days: int = 0b1111111) -> Reminder:
    return Reminder.objects.create(user=user, days=days, time=at, made_at=BEFORE)

"""People who want mails."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from accounts.models import User
from reminders.models import MailWishes, Reminder
from tests.factories import confirm_address

BEFORE = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
"""What is wanted is wanted since then: nothing of earlier is due."""


@pytest.fixture
def wanting() -> Callable[..., MailWishes]:
    """Somebody with a confirmed address who has wanted these mails since before."""

    def want(user: User, *kinds: str, time_zone: str = "UTC") -> MailWishes:
        User.objects.filter(pk=user.pk).update(time_zone=time_zone)
        user.time_zone = time_zone
        confirm_address(user)
        wishes, _ = MailWishes.objects.get_or_create(user=user)
        wishes.wish(set(kinds))
        MailWishes.objects.filter(pk=wishes.pk).update(made_at=BEFORE)
        return wishes

    return want


def make_reminder(user: User, at: str = "18:30", days: int = 0b1111111) -> Reminder:
    return Reminder.objects.create(user=user, days=days, time=at, made_at=BEFORE)

"""What a person wants to be reminded of and how, and what was sent.

A person may have one row of `MailWishes` and of `Feed`; they are no one-to-one relations, because only rows that
point at a person plainly move along when a guest signs in to an account.
"""

import hashlib
from datetime import datetime
from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.models import User
from routines import schedule
from routines.models import Session

MOST_REMINDERS = 14
TOKEN_BYTES = 32

MOST_REFUSALS = 3
"""So many times in a row an address may be refused for good (5xx) before nothing is sent to it any more."""


class Reminder(models.Model):
    """A time of the clock on some days of the week, where the person is: "morning", "18:30"."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()  # bit 0 is Monday
    time = models.CharField(max_length=7)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("time", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "time", "days"], name="reminders_reminder_once"),
            models.CheckConstraint(condition=models.Q(days__range=(1, 127)), name="reminders_reminder_days"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """ "Weekdays, 18:30"."""
        return schedule.words(self.days, [self.time])


class MailWishes(models.Model):
    """Which mails a person wants. Every one of them is off until they tick it.

    `refusals` counts how often in a row their address was refused for good; `stopped_at` is when that was too often.
    """

    class Kind(models.TextChoices):
        REMINDERS = "reminders", "Reminders"
        NEXT_DAY = "next_day", "The question a day later"
        WEEKLY = "weekly", "A summary of the week"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_wishes")
    reminders = models.BooleanField(default=False)
    next_day = models.BooleanField(default=False)
    weekly = models.BooleanField(default=False)
    refusals = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user"], name="reminders_mailwishes_once"),
        ]

    def __str__(self) -> str:
        return f"mails of {self.user_id}"

    def wish(self, kinds: set[str]) -> None:
        """Wish for these kinds and no others. What had stopped is tried again."""
        for kind in self.Kind.values:
            setattr(self, kind, kind in kinds)
        self.refusals, self.stopped_at, self.made_at = 0, None, timezone.now()
        self.save()

    def stop(self, kind: str) -> None:
        setattr(self, kind, False)
        self.save(update_fields=[kind])

    def refused(self, at: datetime) -> None:
        """The address was refused for good once more."""
        self.refusals += 1
        self.stopped_at = at if self.refusals >= MOST_REFUSALS else None
        self.save(update_fields=["refusals", "stopped_at"])

    def accepted(self) -> None:
        if self.refusals:
            self.refusals = 0
            self.save(update_fields=["refusals"])


class FeedQuerySet(models.QuerySet["Feed"]):
    def open_with(self, token: str) -> "FeedQuerySet":
        return self.filter(digest=digest_of(token))

    @transaction.atomic
    def renew(self, user: User) -> str:
        """A new link for a person's calendar; one there was leads nowhere. Gives the token, which is not kept."""
        token = token_urlsafe(TOKEN_BYTES)
        User.objects.select_for_update().get(pk=user.pk)  # two taps at once take turns
        self.filter(user=user).delete()
        self.create(user=user, digest=digest_of(token))
        return token


class Feed(models.Model):
    """The calendar of a person for whoever has its link, which can't be read here: only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user"], name="reminders_feed_once"),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"


def digest_of(token: str) -> str:
    """A token is 256 random bits, so that a plain digest of it can't be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class NoticeQuerySet(models.QuerySet["Notice"]):
    def claim(self, user_id: int, kind: str, due_at: datetime) -> "Notice | None":
        """The right to send this, for whoever comes first; None for everybody else, also in other processes."""
        try:
            with transaction.atomic():
                return self.create(user_id=user_id, kind=kind, due_at=due_at)
        except IntegrityError:
            return None


class Notice(models.Model):
    """Something that was due for a person at a moment, and what became of it. One row each, claimed before sending.

    One that stays "claimed" was cut off between the claim and the answer of the mail server: it may have been sent,
    and is not sent again. `session` is the key of the session that a question is about; it is no relation, because
    every row that points at a session counts as something that happened in it.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", "reminder"
        PUSH = "push", "reminder on a device"
        NEXT_DAY = "next-day", "question a day later"
        WEEK = "week", "summary of a week"

    class State(models.TextChoices):
        CLAIMED = "claimed", "claimed"
        SENT = "sent", "sent"
        NOT_NEEDED = "not-needed", "not needed"
        LATE = "late", "given up, too late"
        REFUSED = "refused", "refused"
        FAILED = "failed", "failed, perhaps sent"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.CLAIMED)
    session = models.CharField(max_length=36, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="reminders_notice_due")  # what was sent lately
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "kind", "due_at"], name="reminders_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d %H:%M}"

    def became(self, state: str) -> None:
        self.state = state
        self.save(update_fields=["state"])

    def about(self, session: Session) -> None:
        self.session = str(session.pk)
        self.save(update_fields=["session"])

    def answer(self, at: datetime) -> bool:
        """Use it up. False if it was used before: of two answers at once one counts."""
        return bool(Notice.objects.filter(pk=self.pk, answered_at=None).update(answered_at=at))

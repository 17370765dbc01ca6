"""What was due, and what became of it."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import IntegrityError, models, transaction

from routines.models import Session


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

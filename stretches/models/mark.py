"""What a person marked among the stretches: favourites, and what is not for them."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import User
from stretches.models.stretch import Stretch

LONGEST_REASON = 120


class MarkQuerySet(models.QuerySet["Mark"]):
    def of(self, user: object) -> "MarkQuerySet":
        return self.filter(person=user) if isinstance(user, User) else self.none()


class Mark(models.Model):
    """A person's marks on one stretch. Set aside since `set_aside_at`, for a `reason` in their own words."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="marks")
    stretch = models.ForeignKey(Stretch, models.CASCADE, related_name="+")
    is_favourite = models.BooleanField(default=False)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    brought_back_at = models.DateTimeField(null=True, blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("person", "stretch"), name="stretches_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.stretch}"

    def favour(self, favourite: bool) -> None:
        self.is_favourite = favourite
        self.save()

    def set_aside(self, at: datetime, reason: str) -> None:
        self.set_aside_at, self.reason = at, reason
        self.save()

    def bring_back(self, at: datetime) -> None:
        self.set_aside_at, self.reason, self.brought_back_at = None, "", at
        self.save()

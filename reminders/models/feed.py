"""The link by which a calendar program fetches somebody's calendar."""

import hashlib
from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User

TOKEN_BYTES = 32


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

"""Devices that show reminders."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User

MOST_DEVICES = 8


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    @transaction.atomic
    def add(self, user: User, browser: str, endpoint: str, p256dh: str, auth: str) -> "PushSubscription":
        """A device from now on. It belongs to whoever asked last; the oldest of too many goes."""
        values = {"user": user, "p256dh": p256dh, "auth": auth, "browser": browser_name(browser)}
        row, _ = self.update_or_create(endpoint=endpoint, defaults=values)
        too_many = self.filter(user=user).order_by("-pk").values_list("pk", flat=True)[MOST_DEVICES:]
        self.filter(pk__in=list(too_many)).delete()
        return row


class PushSubscription(models.Model):
    """A browser that shows reminders: where to send (`endpoint`), and its keys, base64url."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    endpoint = models.CharField(max_length=700, unique=True)
    p256dh = models.CharField(max_length=90)
    auth = models.CharField(max_length=24)
    browser = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PushSubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.browser}, since {self.made_at:%Y-%m-%d}"


def browser_name(user_agent: str) -> str:
    """What a person would call the device: "Chrome on Android"."""
    browsers = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
    systems = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
    browser = next((name for name in browsers if name in user_agent), "")
    system = next((name for name in systems if name in user_agent), "")
    names = {"Edg": "Edge", "OPR": "Opera"}
    return f"{names.get(browser, browser) or 'A browser'}{' on ' if system else ''}{system}"

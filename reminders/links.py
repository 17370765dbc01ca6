"""Links in mails that work signed out: signed, so that nobody can make one up, and each good for one thing."""

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

from reminders.models import MailWishes, Notice

STOP, NEXT_DAY = "limber.reminders.stop", "limber.reminders.next-day"


def absolute(path: str) -> str:
    return urljoin(settings.SITE, path)


def stop_link(user_id: int, kind: str) -> str:
    """Stops one kind of mail. It never runs out: an old mail's link must work too."""
    return absolute(reverse("reminders:stop", args=[signing.dumps([user_id, kind], salt=STOP)]))


def stopped_by(signed: str) -> tuple[int, str] | None:
    """The person and the kind of mail that a link is about; None for one that isn't ours."""
    match _read(signed, STOP):
        case [int(user_id), str(kind)] if kind in MailWishes.Kind.values:
            return user_id, kind
    return None


def next_day_link(notice: Notice) -> str:
    """Answers one question, once."""
    return absolute(reverse("reminders:next-day", args=[signing.dumps(notice.pk, salt=NEXT_DAY)]))


def asked_by(signed: str) -> int | None:
    """The key of the notice that a link answers; None for one that isn't ours."""
    match _read(signed, NEXT_DAY):
        case int(pk):
            return pk
    return None


def _read(signed: str, salt: str) -> object:
    try:
        found: object = signing.loads(signed, salt=salt)
    except signing.BadSignature:
        return None
    return found

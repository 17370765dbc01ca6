"""The mails themselves: plain text, without pictures, without scores but where somebody asked for them."""

from collections.abc import Mapping
from datetime import datetime

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from reminders import links
from reminders.models import MailWishes, Notice, Reminder
from reminders.week import Week


def reminder(user: User, address: str, of: Reminder) -> EmailMessage:
    context = {"when": of.words, "start": links.absolute(reverse("journal:today"))}
    return _mail(user, address, "Your reminder from Limber", "reminder", context, MailWishes.Kind.REMINDERS)


def next_day(user: User, address: str, notice: Notice, until: datetime) -> EmailMessage:
    context = {"answer": links.next_day_link(notice), "until": until.astimezone(user.zone)}
    return _mail(user, address, "A question from Limber", "next_day", context, MailWishes.Kind.NEXT_DAY)


def week(user: User, address: str, of: Week) -> EmailMessage:
    context = {"week": of, "history": links.absolute(reverse("journal:history"))}
    return _mail(user, address, "Your week in Limber", "week", context, MailWishes.Kind.WEEKLY)


def _mail(
    user: User, address: str, subject: str, template: str, context: Mapping[str, object], kind: str
) -> EmailMessage:
    """With what lets a mail program stop it in one click (RFC 2369, RFC 8058)."""
    stop = links.stop_link(user.pk, kind)
    text = render_to_string(f"reminders/mails/{template}.txt", {**context, "stop": stop})
    headers = {
        "Auto-Submitted": "auto-generated",  # so that nobody's absence note answers it (RFC 3834)
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return EmailMessage(subject, text, to=[address], headers=headers)

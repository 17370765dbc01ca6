"""What a person wants to be reminded of and how, and what was sent.

A person may have one row of `MailWishes` and of `Feed`; they are no one-to-one relations, because only rows that
point at a person plainly move along when a guest signs in to an account.
"""

from reminders.models.device import MOST_DEVICES, PushSubscription
from reminders.models.feed import Feed
from reminders.models.notice import Notice
from reminders.models.wishes import MOST_REFUSALS, MOST_REMINDERS, MailWishes, Reminder

__all__ = [
    "MOST_DEVICES",
    "MOST_REFUSALS",
    "MOST_REMINDERS",
    "Feed",
    "MailWishes",
    "Notice",
    "PushSubscription",
    "Reminder",
]

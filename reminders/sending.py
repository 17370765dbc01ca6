"""Sending what is due, each once at most.

A row is claimed before anything is sent, under a key that the database keeps unique: of two runs at once one has it.
What becomes of it:

- sent: the mail server took it;
- not needed: done already, answered already, a pause, too little to say;
- refused: the address doesn't exist (5xx to RCPT); three in a row, and nothing is sent there any more;
- the claim is given back, and the next run tries again, when the mail server said "not now" (4xx), or could not be
  reached at all: then nothing was handed over. After an hour it is given up;
- failed: the connection broke with the mail on its way. It may have been sent, and is not sent again;
- claimed: this program was ended in between. It is not sent again, for the same reason.
"""

import logging
import smtplib
from collections import Counter
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from accounts.models import User
from journal import next_day
from journal.models import NEXT_DAY_UNTIL
from journal.points import session_points
from reminders import mails
from reminders.due import is_late
from reminders.finding import Due, due_mails, due_pushes, is_left
from reminders.models import MailWishes, Notice
from reminders.push import Keys, push
from reminders.week import HEADLINE_DAYS, week

log = logging.getLogger("limber.reminders")

State = Notice.State
GIVEN_BACK = "given-back"

KEPT = timedelta(days=90)
"""So long it is kept what was sent."""


def send_due(now: datetime) -> Counter[str]:
    """Send the mails that are due, give up what is too late. Says how many came to which end."""
    Notice.objects.filter(due_at__lt=now - KEPT).delete()
    found = due_mails(now)
    late = [each for each in found if is_late(each.due_at, now)]
    tally = Counter({State.LATE.value: give_up(late)})
    timely = [each for each in found if not is_late(each.due_at, now)]
    if not timely:
        return +tally
    users = User.objects.in_bulk({each.user_id for each in timely})
    connection = get_connection()
    for each in timely:
        if not _reach(connection):
            break
        if each.user_id in users and (
            end := _handle(each, users[each.user_id], found[each], connection, now)
        ):
            tally[end] += 1
    connection.close()
    return +tally


def push_due(now: datetime, keys: Keys) -> Counter[str]:
    """Remind people on their devices of what is due; once, as with mails."""
    found = due_pushes(now)
    tally = Counter({State.LATE.value: give_up([each for each in found if is_late(each.due_at, now)])})
    for due in (each for each in found if not is_late(each.due_at, now)):
        notice = Notice.objects.claim(due.user_id, due.kind, due.due_at)
        if notice is None or due.reminder is None:
            continue
        user, end = due.reminder.user, State.NOT_NEEDED.value
        if is_left(user, due.due_at):
            payload = {"title": "Limber", "body": due.reminder.words, "url": "/"}
            sent = [push(device, keys, payload, now) for device in user.push_subscriptions.all()]
            end = State.SENT.value if any(sent) else State.FAILED.value
        notice.became(end)
        tally[end] += 1
    return +tally


def give_up(late: list[Due]) -> int:
    """Write down that these were too late to be sent. How many were."""
    rows = [
        Notice(user_id=each.user_id, kind=each.kind, due_at=each.due_at, state=State.LATE) for each in late
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        log.warning("%d reminders were due more than an hour ago and are given up", len(rows))
    return len(rows)


def _reach(connection: BaseEmailBackend) -> bool:
    """Whether the mail server can be reached. It is asked before a claim, so that nothing is lost if not."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("the mail server cannot be reached: %s", type(error).__name__)
        return False
    return True


def _handle(due: Due, user: User, address: str, connection: BaseEmailBackend, now: datetime) -> str:
    """Claim one and send it. Says what became of it; "" if another run has it."""
    notice = Notice.objects.claim(due.user_id, due.kind, due.due_at)
    if notice is None:
        return ""
    mail = _mail(due, notice, user, address, now)
    end = _send(mail, connection) if mail else State.NOT_NEEDED.value
    if end == GIVEN_BACK:
        notice.delete()
        return end
    notice.became(end)
    if end in (State.SENT, State.REFUSED):
        wishes = MailWishes.objects.filter(user=user).first()
        if wishes and end == State.SENT:
            wishes.accepted()
        elif wishes:
            wishes.refused(now)
    return end


def _mail(due: Due, notice: Notice, user: User, address: str, now: datetime) -> EmailMessage | None:
    """The mail, if it is still wanted."""
    if due.kind == Notice.Kind.REMINDER and due.reminder:
        return mails.reminder(user, address, due.reminder) if is_left(user, due.due_at) else None
    there = due.due_at.astimezone(user.zone).date()
    if due.kind == Notice.Kind.NEXT_DAY:
        session = next_day.asked_of(user, now)
        if session is None or session.finished_at is None or user.pauses.between(there, there).exists():
            return None
        notice.about(session)
        return mails.next_day(user, address, notice, session.finished_at + NEXT_DAY_UNTIL)
    monday = there - timedelta(days=7 + there.weekday())
    said = week(session_points(user, since=now - timedelta(days=HEADLINE_DAYS + 8)), monday)
    return mails.week(user, address, said) if said else None


def _send(mail: EmailMessage, connection: BaseEmailBackend) -> str:
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return State.REFUSED.value if all(code >= 500 for code in codes) else GIVEN_BACK
    except smtplib.SMTPResponseException as error:
        if error.smtp_code < 500:
            return GIVEN_BACK
        log.warning("the mail server refused a mail: %d", error.smtp_code)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("the connection to the mail server broke: %s", type(error).__name__)
        connection.close()
    else:
        return State.SENT.value
    return State.FAILED.value

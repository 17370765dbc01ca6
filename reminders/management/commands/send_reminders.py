from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from reminders.push import Keys
from reminders.sending import push_due, send_due


class Command(BaseCommand):
    help = "Send the reminders that are due. Run it every five minutes; twice at once does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        keys = Keys.load()
        if not settings.HAS_MAIL and not keys:
            self.stdout.write(
                "Nothing is sent: EMAIL_URL names no mail server, and make_push_keys was never run."
            )
            return
        tally: Counter[str] = Counter()
        if settings.HAS_MAIL:
            tally += send_due(timezone.now())
        if keys:
            tally += push_due(timezone.now(), keys)
        if options["verbosity"] and tally:
            self.stdout.write(", ".join(f"{count} {end}" for end, count in sorted(tally.items())))

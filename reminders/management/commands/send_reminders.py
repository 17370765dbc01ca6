from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from reminders.sending import send_due


class Command(BaseCommand):
    help = "Send the reminders that are due. Run it every five minutes; twice at once does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.HAS_MAIL:
            self.stdout.write("No mail is sent: EMAIL_URL names no mail server.")
            return
        tally = send_due(timezone.now())
        if options["verbosity"] and tally:
            self.stdout.write(", ".join(f"{count} {end}" for end, count in sorted(tally.items())))

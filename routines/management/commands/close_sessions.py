from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from routines.models import Session


class Command(BaseCommand):
    help = (
        "Write down the end of sessions that nobody ended within a day. Pages show them as ended anyway, so this"
        " only tidies up. Safe to run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        closed = Session.objects.close_lapsed(timezone.now())
        if options["verbosity"] > 0:
            self.stdout.write(f"Sessions closed: {closed}.")

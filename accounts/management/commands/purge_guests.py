from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import GUEST_DAYS, User, today


class Command(BaseCommand):
    help = f"Delete guests whom nobody has been for {GUEST_DAYS} days, and all that is theirs. For cron, once a night."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for guest in User.objects.unused_guests(today()).iterator():
            guest.erase()
            count += 1
        self.stdout.write(f"{count} unused {'guest' if count == 1 else 'guests'} deleted.")

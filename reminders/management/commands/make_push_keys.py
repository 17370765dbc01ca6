import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reminders.push import Keys


class Command(BaseCommand):
    help = "Make the key that reminders on phones are signed with, once, in LIMBER_DATA."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            place = os.open(settings.PUSH_KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise CommandError(
                f"There is a key already, {settings.PUSH_KEY}. With another, every device would have to be asked again."
            ) from error
        with os.fdopen(place, "wb") as file:
            file.write(Keys.new_pem())
        self.stdout.write(f"Made {settings.PUSH_KEY}. The reminders page now offers reminders on a device.")

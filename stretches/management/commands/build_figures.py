from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stretches import drawings
from stretches.catalogue import CatalogueError


class Command(BaseCommand):
    help = "Draw every stretch into static files. Does nothing when they are up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = drawings.build()
        except CatalogueError as error:
            raise CommandError(f"The stretches were not drawn.\n{error}") from error
        if options["verbosity"] > 0:
            self.stdout.write(f"Drawn: {count} stretches.")

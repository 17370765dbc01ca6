from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from routines import catalogue as routine_catalogue
from stretches import catalogue as stretch_catalogue
from stretches import drawings
from stretches.catalogue import CatalogueError


class Command(BaseCommand):
    help = "Read, check and load the shipped stretches and routines, and draw them. Safe to run again at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                stretches = stretch_catalogue.load()
                routines = routine_catalogue.load()
            drawings.build()
        except CatalogueError as error:
            raise CommandError(f"The catalogue was not loaded.\n{error}") from error
        if options["verbosity"] > 0:
            self.stdout.write(f"Catalogue: {stretches} stretches and {routines} routines changed.")

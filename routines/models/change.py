"""Changes: what undo takes back."""

from django.db import models
from django.utils import timezone


class Change(models.Model):
    """A change of a routine, to be undone. `before`: {"name", "items"}, how it was."""

    routine = models.ForeignKey("routines.Routine", on_delete=models.CASCADE, related_name="changes")
    words = models.CharField(max_length=200)
    before = models.JSONField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.words

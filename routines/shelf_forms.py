import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from routines import schedule
from routines.models import Routine

NOT_A_TIME = "“%(word)s” is not a time. Write hours and minutes, such as 18:30."
TOO_MANY = f"{schedule.MOST_TIMES} times a day is the most."


class ScheduleForm(forms.Form):
    """Days and times that a routine is meant for. Once valid: `chosen`, as `Routine.schedule` takes it."""

    days = forms.TypedMultipleChoiceField(
        choices=list(enumerate(schedule.DAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Tick days from Monday to Sunday."},
    )
    times = forms.MultipleChoiceField(
        choices=[(name, name.capitalize()) for name in schedule.NAMED],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Tick morning, midday or evening."},
    )
    clock_times = forms.CharField(
        label="At a time of the clock",
        help_text="Such as 7:30. Several with commas: 7:30, 18:30.",
        max_length=100,
        required=False,
        error_messages={"max_length": TOO_MANY},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )

    def __init__(self, routine: Routine, data: Any = None) -> None:
        """data: what was sent; None for the form as it is first seen."""
        initial = {
            "days": schedule.days_in(routine.days),
            "times": [time for time in routine.times if time in schedule.NAMED],
            "clock_times": ", ".join(time for time in routine.times if time not in schedule.NAMED),
        }
        super().__init__(data, initial=initial)
        self.routine = routine

    def clean_clock_times(self) -> list[str]:
        words = re.findall(r"[^\s,;]+", self.cleaned_data["clock_times"])
        times = {word: schedule.clock_time(word) for word in words}
        for word, time in times.items():
            if time is None:
                raise ValidationError(NOT_A_TIME, code="no-time", params={"word": word})
        return [time for time in times.values() if time]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _, times = self.chosen
        if len(times) > schedule.MOST_TIMES:
            self.add_error("clock_times", TOO_MANY)
        # To clear the days of a routine that had some is to take it off; then its times say nothing more.
        if times and not (cleaned.get("days") or self.routine.days or self.errors):
            self.add_error("days", "Tick the days, too.")
        return cleaned

    @property
    def chosen(self) -> tuple[list[int], list[str]]:
        """Days, and times in their order."""
        days, *times = (self.cleaned_data.get(name) or [] for name in ("days", "times", "clock_times"))
        return days, schedule.in_order(time for some in times for time in some)

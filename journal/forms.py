from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, ClassVar

from django import forms

from journal.models import (
    LONGEST_LABEL,
    LONGEST_NOTE,
    LONGEST_PAUSE,
    SYMPTOMS,
    FlareUp,
    Pause,
    Rating,
    SessionNote,
)
from journal.words import PAIN_WORDS, day_of_week
from routines.plan import PlanItem

NOON = time(12)
OLDEST_YEAR = 1950
"""Of a score or a flare-up that is added later."""


class ScoreForm(forms.Form):
    """A pain score. Nothing is chosen beforehand; leaving it out is done by skipping, not by sending."""

    score = forms.TypedChoiceField(
        choices=[(str(score), words) for score, words in PAIN_WORDS.items()],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a number from 1 to 10, or skip this.",
            "invalid_choice": "Choose a whole number from 1 to 10.",
        },
    )


class CheckInForm(ScoreForm):
    """A score outside a session: of now, unless a day is given. `zone` is where the person is."""

    on = forms.DateField(
        required=False,
        label="Day",
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Give the day as in 14/05/2026."},
    )
    at = forms.TimeField(
        required=False,
        label="Time",
        help_text="About when. Noon, if you leave it out.",
        widget=forms.TimeInput(attrs={"type": "time", "class": "input"}, format="%H:%M"),
        error_messages={"invalid": "Give the time as in 18:30."},
    )

    def __init__(self, *args: Any, zone: tzinfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day.year < OLDEST_YEAR:
            raise forms.ValidationError(f"Give a day from {OLDEST_YEAR} on.", code="old")
        if day and day > self.now.astimezone(self.zone).date():
            raise forms.ValidationError("This day is still to come.", code="ahead")
        return day

    @property
    def moment(self) -> datetime:
        """The instant that the form says: now, or that day and time where the person is, never later than now.

        Of an hour that the clock has twice the first is meant; one that it leaves out is the hour after.
        """
        day, at = self.cleaned_data.get("on"), self.cleaned_data.get("at")
        if not day and not at:
            return self.now
        day = day or self.now.astimezone(self.zone).date()
        return min(datetime.combine(day, at or NOON, self.zone).astimezone(UTC), self.now)


class FlareUpForm(forms.ModelForm):
    """Days that were worse. `today` is the person's."""

    class Meta:
        model = FlareUp
        fields = ("label", "starts_on", "ends_on")
        labels: ClassVar[dict[str, str]] = {
            "label": "What was it?",
            "starts_on": "First day",
            "ends_on": "Last day",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "label": "Optional: long drive, moved house, no idea.",
            "ends_on": "Leave it empty while it goes on.",
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "label": forms.TextInput(attrs={"class": "input"}),
            "starts_on": forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "label": {"max_length": f"Keep it to {LONGEST_LABEL} characters."},
            "starts_on": {
                "required": "Give the day it began.",
                "invalid": "Give the day as in 14/05/2026.",
            },
            "ends_on": {"invalid": "Give the day as in 14/05/2026."},
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        for name, day in (("starts_on", first), ("ends_on", last)):
            if day and not date(OLDEST_YEAR, 1, 1) <= day <= self.today:
                self.add_error(
                    name, "This day is still to come." if day > self.today else "That is too long ago."
                )
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        others = FlareUp.objects.filter(user=self.instance.user_id).exclude(pk=self.instance.pk)
        if first and not self.errors and not last and (open_one := others.going_on().first()):
            self.add_error(
                "ends_on",
                f"One that began on {day_of_week(open_one.starts_on, self.today)} goes on. End that first.",
            )
        return self.cleaned_data


class PauseForm(forms.ModelForm):
    """Days off, past or to come. `today` is the person's."""

    class Meta:
        model = Pause
        fields = ("starts_on", "ends_on")
        labels: ClassVar[dict[str, str]] = {"starts_on": "From", "ends_on": "Until"}
        help_texts: ClassVar[dict[str, str]] = {"ends_on": "The last day off."}
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "starts_on": forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "starts_on": {"required": "Give the first day.", "invalid": "Give the day as in 14/05/2026."},
            "ends_on": {"required": "Give the last day.", "invalid": "Give the day as in 14/05/2026."},
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        for name, day in (("starts_on", first), ("ends_on", last)):
            if day and not date(OLDEST_YEAR, 1, 1) <= day <= self.today + LONGEST_PAUSE:
                self.add_error(
                    name, "That is more than a year ahead." if day > self.today else "That is too long ago."
                )
        if self.errors or not first or not last:
            return self.cleaned_data
        if last < first:
            self.add_error("ends_on", "The last day is before the first.")
        elif last - first > LONGEST_PAUSE:
            self.add_error("ends_on", "A year is the longest pause.")
        elif other := Pause.objects.filter(user=self.instance.user_id).between(first, last).first():
            words = f"{day_of_week(other.starts_on, self.today)} to {day_of_week(other.ends_on, self.today)}"
            self.add_error("starts_on", f"There is a pause on these days already, {words}.")
        return self.cleaned_data


class PeriodForm(forms.Form):
    """The days that a report is of. `today` is the person's."""

    first = forms.DateField(
        label="From",
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the first day.", "invalid": "Give the day as in 14/05/2026."},
    )
    last = forms.DateField(
        label="To",
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the last day.", "invalid": "Give the day as in 14/05/2026."},
    )
    notes = forms.BooleanField(required=False, label="With my own notes")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        for name, day in (("first", first), ("last", last)):
            if day and not date(OLDEST_YEAR, 1, 1) <= day <= self.today:
                self.add_error(
                    name, "This day is still to come." if day > self.today else "That is too long ago."
                )
        if first and last and last < first:
            self.add_error("last", "The last day is before the first.")
        return self.cleaned_data


class FinishForm(ScoreForm):
    """Everything asked at the end of a session. Any of it may be left out, but not all of it at once.

    `initial` is what was said before: that may be corrected and taken back.
    """

    text = forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        label="Note to yourself",
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        error_messages={"max_length": f"Keep the note to {LONGEST_NOTE} characters."},
    )

    def __init__(self, *args: Any, items: Sequence[PlanItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].required = False
        self.fields |= forms.fields_for_model(SessionNote, SYMPTOMS)
        self.items = list({item.slug: item for item in items}.values())
        for item in self.items:
            name = f"rating-{item.slug}"
            taken_back = [("", "Not noticed")] if self.initial.get(name) else []
            self.fields[name] = forms.ChoiceField(
                required=False,
                label=item.name,
                choices=[*Rating.Value.choices, *taken_back],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose helped, no change or uncomfortable."},
            )

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.values()) and not self.initial:
            self.add_error("score", self.fields["score"].error_messages["required"])
        return self.cleaned_data

    @property
    def rating_fields(self) -> list[tuple[PlanItem, forms.BoundField]]:
        return [(item, self[f"rating-{item.slug}"]) for item in self.items]

    @property
    def symptom_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in SYMPTOMS]

    @property
    def note(self) -> SessionNote:
        """What was said besides scores and ratings; not saved."""
        return SessionNote(**{name: self.cleaned_data[name] for name in (*SYMPTOMS, "text")})

    def values(self) -> dict[str, dict[str, Any]]:
        """What was said, as the values of facts by their keys (see journal.record)."""
        data = self.cleaned_data
        facts: dict[str, dict[str, Any]] = {}
        if data["score"]:
            facts["pain:after"] = {"score": data["score"]}
        for item in self.items:
            if rating := data[f"rating-{item.slug}"]:
                facts[f"rating:{item.slug}"] = {"value": rating}
        note = said_in(self.note)
        if any(note.values()) or any(self.initial.get(name) for name in note):
            facts["note"] = note
        return facts

    @property
    def taken_back(self) -> list[str]:
        """The stretches whose rating was there, and is not any more."""
        names = {item.slug: f"rating-{item.slug}" for item in self.items}
        return [
            slug for slug, name in names.items() if self.initial.get(name) and not self.cleaned_data[name]
        ]


def said_in(note: SessionNote) -> dict[str, Any]:
    return {name: getattr(note, name) for name in (*SYMPTOMS, "text")}

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from routines.models import Item, Routine


class RoutineNameForm(forms.ModelForm):
    class Meta:
        model = Routine
        fields = ("name",)
        error_messages: ClassVar = {
            "name": {
                "required": "Give the routine a name.",
                "max_length": "Keep the name to 80 characters; this one has %(show_value)s.",
            }
        }


class ChooseForm(forms.Form):
    """One of these routines, or the name of a new one."""

    routine = forms.ModelChoiceField(
        Routine.objects.none(),
        required=False,
        error_messages={"invalid_choice": "That routine is not there any more. Choose another."},
    )
    name = forms.CharField(
        max_length=80,
        required=False,
        error_messages={"max_length": "Keep the name to 80 characters; this one has %(show_value)s."},
    )

    def __init__(self, *args: Any, routines: QuerySet[Routine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["routine"].queryset = routines  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("routine") or cleaned.get("name") or self.errors):
            self.add_error("name", "Give the routine a name.")
        return cleaned


def _number(label: str, low: int, high: int, unit: str) -> forms.IntegerField:
    """A whole number with one sentence for everything that can be wrong with it."""
    sentence = f"{label}: a whole number from {low} to {high}{unit}."
    widget = forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        widget=widget,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


SIDES = [("both", "Both"), ("each", "Each side"), ("alternating", "In turns")]
"""The sides of a dose in words short enough for a phone."""


class DoseForm(forms.ModelForm):
    """The dose of an item. A hold of 0 is allowed only where the stretch is a flowing movement."""

    hold_seconds = _number("Hold", 1, 600, " seconds")
    reps = _number("Times", 1, 50, "")
    sets = _number("Sets", 1, 10, "")
    rest_seconds = _number("Rest", 0, 300, " seconds")

    class Meta:
        model = Item
        fields = ("hold_seconds", "reps", "sets", "sides", "rest_seconds")
        widgets: ClassVar = {"sides": forms.Select(attrs={"class": "input"})}
        error_messages: ClassVar = {"sides": {"invalid_choice": "Sides: both, each side or in turns."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"item-{kwargs['instance'].pk}-%s")
        super().__init__(*args, **kwargs)
        if self.instance.stretch.dose.flows:
            self.fields["hold_seconds"] = _number("Hold", 0, 600, " seconds; 0 is a flowing movement")
        self.fields["sides"].choices = SIDES  # type: ignore[attr-defined]

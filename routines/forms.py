from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


SIDES = [
    ("both", "Both"),
    ("each", "Each side"),
    ("alternating", "In turns"),
    ("left", "Left only"),
    ("right", "Right only"),
]
"""The sides of a dose in words short enough for a phone."""


class ItemForm(forms.ModelForm):
    """The dose and the note of an item. A hold of 0 is allowed only where the stretch is a flowing movement.

    What each field was when the page was made is sent along, so that `changed_data` is what this form changed
    and nothing that another tab changed meanwhile.
    """

    hold_seconds = _number("Hold", 1, 600, " seconds")
    reps = _number("Times", 1, 50, "")
    sets = _number("Sets", 1, 10, "")
    rest_seconds = _number("Rest", 0, 300, " seconds")
    set_rest_seconds = _number("Rest between sets", 0, 300, " seconds")
    right_hold_seconds = _number("Hold on the right", 1, 600, " seconds, or nothing")

    class Meta:
        model = Item
        fields = (
            "hold_seconds",
            "reps",
            "sets",
            "sides",
            "rest_seconds",
            "set_rest_seconds",
            "right_hold_seconds",
            "note",
        )
        error_messages: ClassVar = {
            "sides": {"invalid_choice": "Sides: both, each side, in turns, or one side only."},
            "note": {
                "max_length": "Keep the note to %(limit_value)s characters; this one has %(show_value)s."
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.stretch.dose.flows:
            self.fields["hold_seconds"] = _number("Hold", 0, 600, " seconds; 0 is a flowing movement")
        self.fields["right_hold_seconds"].required = False
        self.fields["sides"].choices = SIDES  # type: ignore[attr-defined]
        for name, field in list(self.fields.items()):
            field.show_hidden_initial = self.add_initial_prefix(name) in self.data
            if self.is_bound and name not in self.data:
                del self.fields[name]  # a request may say one thing

    @property
    def cells(self) -> "Iterator[Cell]":
        """The fields that always show, ready to be drawn: a widget each would cost most of the page."""
        yield self._cell("hold_seconds", "Hold", "s")
        yield self._cell("reps", "Times")
        yield self._cell("sets", "Sets")
        yield self._cell("sides", "Sides", choices=SIDES)
        yield self._cell("rest_seconds", "Rest", "s")

    @property
    def more_cells(self) -> "Iterator[Cell]":
        yield self._cell("set_rest_seconds", "Rest between sets", "s")
        yield self._cell("right_hold_seconds", "Right side, if different", "s")

    @property
    def note_value(self) -> str:
        return (self["note"].value() if "note" in self.fields else self.instance.note) or ""

    @property
    def more_is_faulty(self) -> bool:
        return bool({"note", "set_rest_seconds", "right_hold_seconds"} & set(self.errors))

    def _cell(self, name: str, label: str, unit: str = "", choices: Sequence[tuple[str, str]] = ()) -> "Cell":
        was = self.initial.get(name)
        if self.is_bound:
            was = self.data.get(self.add_initial_prefix(name), was)
        value = self[name].value() if name in self.fields else getattr(self.instance, name)
        return Cell(
            name=name,
            label=label,
            unit=unit,
            id=f"item-{self.instance.pk}-{name}",
            value="" if value is None else value,
            was="" if was is None else was,
            faulty=name in self.errors,
            choices=choices,
        )


@dataclass(frozen=True)
class Cell:
    """A field of a dose on the page. was: its value when the page was made, to tell a change from an old page."""

    name: str
    label: str
    unit: str
    id: str
    value: Any
    was: Any
    faulty: bool
    choices: Sequence[tuple[str, str]]

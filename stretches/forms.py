"""What a person writes about stretches: one of their own, directions to leave out, why one is not for them."""

from typing import Any, ClassVar

from django import forms

from stretches.models import MOST_OWN, Mark, Stretch
from stretches.words import Direction, Kind, Position, Sides

MOST_STEPS = 12
LONGEST_STEP = 200
FULL = f"You have {MOST_OWN} stretches of your own, which is as many as Limber keeps."

MOVING = [each for each in Direction.choices if each[0] != Direction.NEUTRAL]
"""The directions that the low back can move in."""

SIDES = [
    (Sides.BOTH, "Both at once"),
    (Sides.EACH, "One side, then the other"),
    (Sides.ALTERNATING, "Changing side every time"),
]


def whole(low: int, high: int, sentence: str, initial: int) -> forms.IntegerField:
    """A whole number with one sentence for everything that can be wrong with it."""
    return forms.IntegerField(
        min_value=low,
        max_value=high,
        initial=initial,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


class StepsField(forms.CharField):
    """A list of steps, written one to a line."""

    widget = forms.Textarea(attrs={"class": "input", "rows": 5})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [step for line in (super().to_python(value) or "").splitlines() if (step := line.strip())]

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_STEPS:
            raise forms.ValidationError(f"Keep it to {MOST_STEPS} steps; there are {len(value)} lines.")
        for number, step in enumerate(value, start=1):
            if len(step) > LONGEST_STEP:
                raise forms.ValidationError(
                    f"Keep each step to {LONGEST_STEP} characters; line {number} has {len(step)}."
                )

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))


class StretchForm(forms.ModelForm):
    """A stretch of one's own."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=Kind.choices,
        initial=Kind.STRETCH,
        error_messages={"required": "Choose what it is."},
    )
    position = forms.ChoiceField(
        choices=[("", "Choose one"), *Position.choices], error_messages={"required": "Choose a position."}
    )
    sides = forms.ChoiceField(choices=SIDES, initial=Sides.BOTH)
    directions = forms.MultipleChoiceField(
        label="Which way does your low back move?",
        help_text="Tick none if it hardly moves.",
        choices=MOVING,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    steps = StepsField(
        label="How to do it",
        help_text="One step to a line.",
        error_messages={"required": "Write at least one step."},
    )
    hold_seconds = whole(1, 600, "Hold: a whole number from 1 to 600 seconds.", initial=30)
    reps = whole(1, 50, "Times: a whole number from 1 to 50.", initial=1)
    sets = whole(1, 10, "Sets: a whole number from 1 to 10.", initial=1)
    rest_seconds = whole(0, 300, "Rest: a whole number from 0 to 300 seconds.", initial=0)
    drawn_as = forms.ModelChoiceField(
        Stretch.objects.none(),
        to_field_name="slug",
        required=False,
        label="Drawing",
        empty_label="No drawing",
        error_messages={"invalid_choice": "Choose one of the drawings."},
    )

    class Meta:
        model = Stretch
        fields = (
            "name",
            "kind",
            "position",
            "sides",
            "hold_seconds",
            "reps",
            "sets",
            "rest_seconds",
            "steps",
            "breath",
        )
        error_messages: ClassVar = {
            "name": {
                "required": "Give it a name.",
                "max_length": "Keep the name to 80 characters; this one has %(show_value)s.",
            },
            "breath": {"max_length": "Keep it to 200 characters; this has %(show_value)s."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drawn_as"].queryset = Stretch.objects.listed().only("slug", "name")  # type: ignore[attr-defined]
        self.fields["breath"].required = False
        self.fields["breath"].label = "How to breathe"
        self.fields["breath"].help_text = "Shown while you hold it. May stay empty."
        for name in ("name", "breath", "kind", "position", "sides", "drawn_as"):
            self.fields[name].widget.attrs["class"] = "input"
        if self.instance.pk:
            self.initial["directions"] = self.instance.directions
            self.initial["drawn_as"] = self.instance.drawn_as

    def dose(self) -> list[forms.BoundField]:
        """The fields of the dose that stand beside each other."""
        return [self[name] for name in ("hold_seconds", "reps", "sets", "rest_seconds")]

    def clean_drawn_as(self) -> str:
        drawn = self.cleaned_data["drawn_as"]
        return drawn.slug if drawn else ""

    def save(self, commit: bool = True) -> Stretch:
        """Fill in what the form's own fields say. `Stretch.keep_for` saves it."""
        stretch = super().save(commit=False)
        stretch.drawn_as = self.cleaned_data["drawn_as"]
        ticked = [word for word, _ in MOVING if word in self.cleaned_data["directions"]]
        stretch.direction, *stretch.directions_also = ticked or [Direction.NEUTRAL]
        return stretch


class LeaveOutForm(forms.Form):
    """The directions that a person leaves out."""

    leave_out = forms.MultipleChoiceField(
        choices=MOVING,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Tick some of these directions, or none."},
    )


class SetAsideForm(forms.ModelForm):
    """Why a stretch is not for somebody, in their own words."""

    class Meta:
        model = Mark
        fields = ("reason",)
        error_messages: ClassVar = {
            "reason": {
                "max_length": "Keep the reason to %(limit_value)s characters; this one has %(show_value)s."
            }
        }

from collections.abc import Sequence
from typing import Any

from django import forms

from journal.models import LONGEST_NOTE, Rating, SessionNote
from journal.words import PAIN_WORDS
from routines.plan import PlanItem

SYMPTOMS = ("down_a_leg", "pins_and_needles", "cramp", "dizzy")


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


class FinishForm(ScoreForm):
    """Everything asked at the end of a session. Any of it may be left out, but not all of it at once."""

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
            self.fields[f"rating-{item.slug}"] = forms.ChoiceField(
                required=False,
                label=item.name,
                choices=Rating.Value.choices,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose helped, no change or uncomfortable."},
            )

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.values()):
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
        if any(note.values()):
            facts["note"] = note
        return facts


def said_in(note: SessionNote) -> dict[str, Any]:
    return {name: getattr(note, name) for name in (*SYMPTOMS, "text")}

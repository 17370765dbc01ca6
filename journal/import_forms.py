"""What a person says of a table from another diary."""

from typing import Any

from django import forms

from journal.foreign import ORDERS, SCALES, Columns, Table


def _column(label: str, required: str = "", help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        coerce=int,
        empty_value=None,
        required=bool(required),
        error_messages={"required": required, "invalid_choice": "Choose one of the columns."},
        widget=forms.Select(attrs={"class": "input"}),
    )


class ColumnsForm(forms.Form):
    """Which column is what. How pain was counted is never guessed."""

    day = _column("The day", "Choose the column with the day.")
    time = _column("The time", help_text="Leave it if it is beside the day, or not there. Then noon is kept.")
    score = _column("The pain score", "Choose the column with the pain score.")
    order = forms.ChoiceField(
        label="How a day is written",
        choices=list(ORDERS.items()),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how a day is written."),
    )
    scale = forms.ChoiceField(
        label="How pain is counted",
        choices=list(SCALES.items()),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how pain is counted."),
    )

    def __init__(self, table: Table, data: Any = None) -> None:
        """data: what was sent; None for the form as it is first seen, with what is likely chosen."""
        day = table.likely_day
        initial = {
            "day": day,
            "time": table.likely_time,
            "score": table.likely_score,
            "order": table.likely_order(day) if day is not None else "",
        }
        super().__init__(data, initial=initial)
        columns = [(str(number), name) for number, name in enumerate(table.names)]
        for name in ("day", "time", "score"):
            self.fields[name].choices = [("", "None" if name == "time" else "Choose one"), *columns]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("score") is not None and cleaned["score"] in (cleaned.get("day"), cleaned.get("time")):
            self.add_error("score", "The score must be in a column of its own.")
        if cleaned.get("time") is not None and cleaned["time"] == cleaned.get("day"):
            cleaned["time"] = None
        return cleaned

    @property
    def columns(self) -> Columns:
        """Once it is valid."""
        return Columns(
            **{name: self.cleaned_data[name] for name in ("day", "score", "order", "scale", "time")}
        )

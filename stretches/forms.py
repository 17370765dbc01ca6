"""The filters of the catalogue. All of them live in the query string, so that a link keeps them."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.db.models import Q
from django.http import QueryDict

from stretches.models import Equipment, Stretch, StretchQuerySet
from stretches.words import Direction, Kind, Position

NOTHING = "nothing"  # but a mat, which nearly everything on the floor is kinder with
GROUPS = ("position", "kind", "direction", "need")


class Active(NamedTuple):
    """A filter that is on: its words, and the query string without it."""

    words: str
    without: str


def equipment_choices() -> list[tuple[str, str]]:
    named = Equipment.objects.exclude(slug="mat").values_list("slug", "name")
    return [(NOTHING, "Nothing but a mat"), *((slug, name[0].upper() + name[1:]) for slug, name in named)]


class FilterForm(forms.Form):
    """Words in one group widen what is found, groups narrow it. A word that is unknown filters nothing."""

    q = forms.CharField(required=False, max_length=80, label="Search")
    position = forms.MultipleChoiceField(
        required=False, choices=Position, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.MultipleChoiceField(required=False, choices=Kind, widget=forms.CheckboxSelectMultiple)
    direction = forms.MultipleChoiceField(
        required=False, choices=Direction, widget=forms.CheckboxSelectMultiple
    )
    need = forms.MultipleChoiceField(
        required=False, choices=equipment_choices, widget=forms.CheckboxSelectMultiple, label="You need"
    )
    sore = forms.BooleanField(required=False, label="Suited to a sore day")

    def groups(self) -> list[forms.BoundField]:
        """The groups of chips."""
        return [self[name] for name in GROUPS]

    def found(self) -> StretchQuerySet:
        """The listed stretches that pass."""
        self.is_valid()
        chosen = self.cleaned_data
        found = Stretch.objects.listed().matching(chosen.get("q", ""))
        if positions := chosen.get("position"):
            found = found.filter(position__in=positions)
        if kinds := chosen.get("kind"):
            found = found.filter(kind__in=kinds)
        if directions := chosen.get("direction"):
            found = found.moving(directions)
        if needs := chosen.get("need"):
            fits = Q(pk__in=Stretch.objects.needing(needs).values("pk"))
            if NOTHING in needs:
                fits |= Q(pk__in=Stretch.objects.needing_only(["mat"]).values("pk"))
            found = found.filter(fits)
        if chosen.get("sore"):
            found = found.filter(acute_ok=True)
        return found

    def active(self) -> Iterator[Active]:
        """The filters that are on, with the way to take each off."""
        self.is_valid()
        query = QueryDict(mutable=True)
        query.update(self.data)
        for name in GROUPS:
            for chip in self[name].subwidgets:
                if chip.data["selected"]:
                    yield Active(chip.choice_label, without(query, name, chip.data["value"]))
        if self.cleaned_data.get("sore"):
            yield Active("Suited to a sore day", without(query, "sore"))
        if q := self.cleaned_data.get("q"):
            yield Active(f"“{q}”", without(query, "q"))


def without(query: QueryDict, name: str, value: str | None = None) -> str:
    """A query string without one of its keys, or without one of that key's values."""
    left = query.copy()
    left.setlist(name, [kept for kept in query.getlist(name) if value not in (None, kept)])
    return left.urlencode()

"""The filters of the catalogue. All of them live in the address, so that a link keeps them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.http import QueryDict

from stretches.facets import HIDDEN, NOTHING, Facets
from stretches.models import MINUTES
from stretches.numbers import whole_number
from stretches.words import Area, Direction, Kind, Position

PAGE = 60
ADVICE = 3  # at most so many ways out of an empty list
Q_LENGTH = 80


YOURS = (
    ("favourite", "Favourites"),
    ("own", "Your own"),
    ("aside", "Set aside"),
    ("left-out", "Left out"),
)


class Chip(NamedTuple):
    """A choice of a group, and how many there would be if it were the one ticked there."""

    value: str
    words: str
    how_many: int
    ticked: bool


class Group(NamedTuple):
    name: str
    label: str
    chips: list[Chip]


class Active(NamedTuple):
    """A filter that is on: its words, the query string without it, and how many there would be without it."""

    words: str
    without: str
    how_many: int


class Choice(NamedTuple):
    value: str
    label: str


@dataclass(frozen=True)
class Filters:
    """What an address asks for. Choices in one group widen what is found, groups narrow it.

    A word that is no choice filters nothing.
    """

    query: QueryDict
    facets: Facets

    @cached_property
    def choices(self) -> dict[str, tuple[str, list[Choice]]]:
        """By group: its label and its choices. Pieces that no stretch needs are left out."""
        yours = [Choice(*each) for each in YOURS if self.facets.marked.get(("yours", each[0]))]
        return {
            "yours": ("Yours", yours),
            "area": ("Area", [Choice(*each) for each in Area.choices]),
            "position": ("Position", [Choice(*each) for each in Position.choices]),
            "kind": ("Kind", [Choice(*each) for each in Kind.choices]),
            "direction": ("Direction", [Choice(*each) for each in Direction.choices]),
            "have": (
                "You have",
                [
                    Choice(NOTHING, "Nothing but a mat"),
                    *(
                        Choice(*each)
                        for each in self.facets.pieces
                        if ("need", each[0]) in self.facets.marked and each[0] != "mat"
                    ),
                ],
            ),
            "sides": ("Sides", [Choice("together", "Both at once"), Choice("one", "One side at a time")]),
            "time": (
                "Time",
                [Choice(str(n), f"Up to {n} minute{'s' if n > 1 else ''}") for n in MINUTES],
            ),
            "sore": ("How it is today", [Choice("1", "Suited to a sore day")]),
        }

    @cached_property
    def q(self) -> str:
        return " ".join(self.query.get("q", "").replace("\0", "").split())[:Q_LENGTH]

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """By group, the choices that are ticked."""
        asked = ((name, self.query.getlist(name), choices) for name, (_, choices) in self.choices.items())
        return {
            name: ticked
            for name, those, choices in asked
            if (ticked := [c.value for c in choices if c.value in those])
        }

    @property
    def ticked(self) -> int:
        return sum(map(len, self.chosen.values()))

    @cached_property
    def sorts(self) -> list[Choice]:
        first = "Best match first" if self.q else "A to Z"
        return [Choice("", first), Choice("gentle", "Gentlest first"), Choice("short", "Shortest first")]

    @cached_property
    def sort(self) -> str:
        sort = self.query.get("sort", "")
        return sort if sort in self.facets.sorts else ""

    @cached_property
    def searched(self) -> list[int]:
        return self.facets.search(self.q)

    @cached_property
    def found(self) -> int:
        return self.facets.found(self.searched, self.chosen)

    @property
    def not_shown(self) -> int:
        """How many pass that the person set aside or leaves out."""
        return (self.facets.passing(self.searched, self.chosen) & ~self.found).bit_count()

    @property
    def with_those(self) -> str:
        """The query string that shows these instead."""
        return self.address(chosen={**self.chosen, "yours": list(HIDDEN)})

    @property
    def count(self) -> int:
        """How many stretches pass."""
        return self.found.bit_count()

    @cached_property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))

    @cached_property
    def page(self) -> int:
        """From 1; the last one for those who ask for more, the first for those who ask for nonsense."""
        return min(max(whole_number(self.query.get("page", "")) or 1, 1), self.pages)

    @property
    def pks(self) -> list[int]:
        """The stretches of the page."""
        last = self.page * PAGE
        return self.facets.page(self.searched, self.found, self.sort, last - PAGE, last)

    @property
    def first(self) -> int:
        """Which one of all the page begins with, from 1."""
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return min(self.page * PAGE, self.count)

    @property
    def more(self) -> str:
        """The query string of the next page, or "" on the last."""
        return self.address(page=self.page + 1) if self.page < self.pages else ""

    @property
    def earlier(self) -> str:
        """The query string of the page before, with a question mark; only to be asked for after the first."""
        return "?" + self.address(page=self.page - 1)

    @property
    def groups(self) -> Iterator[Group]:
        for name, (label, choices) in self.choices.items():
            if not choices:
                continue
            count = self.facets.counts(self.searched, self.chosen, name)
            ticked = self.chosen.get(name, [])
            yield Group(
                name,
                label,
                [Chip(*choice, count(choice.value), choice.value in ticked) for choice in choices],
            )

    @cached_property
    def active(self) -> list[Active]:
        """The filters that are on, the search last, with the way to take each off."""
        active = []
        for name, (_, choices) in self.choices.items():
            for choice in choices:
                if choice.value in (ticked := self.chosen.get(name, [])):
                    left = {**self.chosen, name: [each for each in ticked if each != choice.value]}
                    count = self.facets.found(self.searched, left).bit_count()
                    active.append(Active(choice.label, self.address(chosen=left), count))
        if self.q:
            count = self.facets.found(self.facets.search(""), self.chosen).bit_count()
            active.append(Active(f"“{self.q}”", self.address(q=""), count))
        return active

    @property
    def advice(self) -> list[Active]:
        """Which filter to drop when nothing is found: what brings most comes first."""
        useful = [each for each in self.active if each.how_many]
        return sorted(useful, key=lambda each: -each.how_many)[:ADVICE]

    def address(
        self, *, q: str | None = None, chosen: dict[str, list[str]] | None = None, page: int = 1
    ) -> str:
        """The query string that says this, with nothing in it that need not be said."""
        query = QueryDict(mutable=True)
        if words := self.q if q is None else q:
            query["q"] = words
        for name, values in (self.chosen if chosen is None else chosen).items():
            query.setlist(name, values)
        if self.sort:
            query["sort"] = self.sort
        if page > 1:
            query["page"] = str(page)
        return query.urlencode()

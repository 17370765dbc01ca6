"""Which stretches pass which filters, how many there would be, and in which order. Pure: no database, no request."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import islice
from operator import and_, or_

from stretches.bits import bits_of, places_in
from stretches.search import Index, words_of

Chosen = Mapping[str, list[str]]
"""By group, the choices that are ticked: {"position": ["seated", "standing"]}."""

NOTHING = "nothing"
"""The choice of those who have no piece of equipment but a mat, which nearly everything on the floor is kinder with."""

HIDDEN = ("aside", "left-out")
"""Choices of the group "yours" that are not shown unless they are asked for."""

LIKENESS = {"area": 4, "direction": 2, "position": 2, "kind": 1, "sides": 1}
"""How much a choice that two stretches share makes them alike (ours): the same muscles first, the same way next."""


@dataclass(frozen=True, slots=True)
class Card:
    """What filters, search and sorting need to know of a stretch.

    marks: every choice that it answers to, as (group, choice): {("position", "supine"), ("time", "5")}.
    texts: its name, its other names, its muscles and the rest of what it is, its steps.
    seconds: how long its default dose takes. intensity: 1-10.
    """

    pk: int
    marks: frozenset[tuple[str, str]]
    texts: tuple[str, str, str, str]
    seconds: int
    intensity: int


class Facets:
    """The cards of the catalogue, from A to Z, ready to be filtered, searched, counted and sorted."""

    hidden = 0  # the set of what is not shown unless it is asked for

    def __init__(self, cards: Iterable[Card], pieces: Iterable[tuple[str, str]]) -> None:
        """pieces: of equipment, all that there are, as (slug, label)."""
        self.cards = list(cards)
        self.pieces = list(pieces)
        self.everything = (1 << len(self.cards)) - 1
        self.marked = self._parted(lambda card: card.marks)
        seconds = self._parted(lambda card: [card.seconds])
        intensity = self._parted(lambda card: [card.intensity])
        self.sorts = {
            "gentle": [intensity[each] for each in sorted(intensity)],
            "short": [seconds[each] for each in sorted(seconds)],
        }

    @cached_property
    def index(self) -> Index:
        return Index(card.texts for card in self.cards)

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each card by its primary key."""
        return {card.pk: place for place, card in enumerate(self.cards)}

    def _parted(self, keys: Callable[[Card], Iterable]) -> dict:
        """By key, the set of cards that have it."""
        places = defaultdict(list)
        for place, card in enumerate(self.cards):
            for key in keys(card):
                places[key].append(place)
        return {key: bits_of(those) for key, those in places.items()}

    def search(self, text: str) -> list[int]:
        """Sets of what is found, the best first; all of it where no word was typed."""
        return self.index.find(text) if words_of(text) else [self.everything]

    def found(self, searched: list[int], chosen: Chosen) -> int:
        """What was searched for and passes: one choice of a group is enough, every group must be passed."""
        passing = self.passing(searched, chosen)
        asked = set(HIDDEN) & set(chosen.get("yours", ()))
        return passing if asked else passing & ~self.hidden

    def passing(self, searched: list[int], chosen: Chosen) -> int:
        """The same with what is hidden."""
        groups = (self._in(group, choices) for group, choices in chosen.items() if choices)
        return reduce(and_, groups, reduce(or_, searched, 0))

    def _in(self, group: str, choices: list[str]) -> int:
        if group == "have":
            return self._with(choices)
        return reduce(or_, (self.marked.get((group, choice), 0) for choice in choices), 0)

    def _with(self, pieces: list[str]) -> int:
        """What can be done with these pieces of equipment."""
        missing = (slug for slug, _ in self.pieces if slug != "mat" and slug not in pieces)
        return self.everything & ~reduce(or_, (self.marked.get(("need", slug), 0) for slug in missing), 0)

    def counts(self, searched: list[int], chosen: Chosen, group: str) -> Callable[[str], int]:
        """How many each choice of a group would give if it alone were ticked there, the rest staying as it is."""
        if group == "yours":
            return lambda choice: self.found(searched, {**chosen, group: [choice]}).bit_count()
        others = self.found(searched, {name: those for name, those in chosen.items() if name != group})
        return lambda choice: (others & self._in(group, [choice])).bit_count()

    def ordered(self, searched: list[int], found: int, sort: str) -> Iterator[int]:
        """The primary keys of what is found. sort: "gentle", "short" or "" for the best first; A to Z among equals."""
        for part in self.sorts.get(sort, searched):
            yield from (self.cards[place].pk for place in places_in(part & found))

    def page(self, searched: list[int], found: int, sort: str, first: int, last: int) -> list[int]:
        """The primary keys from place `first` up to but without `last`."""
        return list(islice(self.ordered(searched, found, sort), first, last))

    def like(self, pk: int, count: int, without: Collection[int] = ()) -> list[int]:
        """The primary keys of those most like a stretch, by what they share (LIKENESS); A to Z among equals.

        None for a stretch that is not among the cards. What is hidden is left out.
        """
        if pk not in self.places:
            return []
        mine = [mark for mark in self.cards[self.places[pk]].marks if mark[0] in LIKENESS]
        shared = [(LIKENESS[mark[0]], self.marked[mark]) for mark in mine]
        near = reduce(or_, (bits for weight, bits in shared if weight == LIKENESS["area"]), 0) & ~self.hidden
        alike = (
            (-sum(weight for weight, bits in shared if bits >> place & 1), place)
            for place in places_in(near)
            if self.cards[place].pk not in {pk, *without}
        )
        return [self.cards[place].pk for _, place in sorted(alike)[:count]]


class FacetsOfPerson(Facets):
    """The catalogue as one person sees it: with their own stretches, before the others, and without what they hide."""

    def __init__(
        self,
        shared: Facets,
        own: Iterable[Card],
        yours: Mapping[str, Iterable[int]],
        leave_out: Iterable[str],
    ) -> None:
        """yours: primary keys by "favourite" and "aside". leave_out: directions of the spine."""
        self.shared, self.own, self.pieces = shared, Facets(own, ()), shared.pieces
        self.cards = [*shared.cards, *self.own.cards]
        self.everything = self._joined(shared.everything, self.own.everything)
        self.marked = {
            key: self._joined(shared.marked.get(key, 0), self.own.marked.get(key, 0))
            for key in {**shared.marked, **self.own.marked}
        }
        self.sorts = {
            name: [*map(self._moved, self.own.sorts[name]), *parts] for name, parts in shared.sorts.items()
        }
        for choice, pks in yours.items():
            self.marked["yours", choice] = bits_of(self.places[pk] for pk in pks if pk in self.places)
        self.marked["yours", "own"] = self._moved(self.own.everything)
        self.marked["yours", "left-out"] = self._in("direction", list(leave_out))
        self.hidden = self._in("yours", list(HIDDEN))

    @cached_property
    def places(self) -> dict[int, int]:
        first = len(self.shared.cards)
        return {**self.shared.places, **{pk: first + place for pk, place in self.own.places.items()}}

    def _moved(self, own: int) -> int:
        """A set of places among their own as one of places among all."""
        return own << len(self.shared.cards)

    def _joined(self, shared: int, own: int) -> int:
        return shared | self._moved(own)

    def search(self, text: str) -> list[int]:
        own = self.own.search(text) if self.own.cards else []
        return [*map(self._moved, own), *self.shared.search(text)]

"""Which stretches pass which filters, how many there would be, and in which order. Pure: no database, no request."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import and_, or_

from stretches.bits import bits_of, places_in
from stretches.search import Index, words_of

Chosen = Mapping[str, list[str]]
"""By group, the choices that are ticked: {"position": ["seated", "standing"]}."""


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

    def __init__(self, cards: Iterable[Card], pieces: Iterable[tuple[str, str]]) -> None:
        """pieces: of equipment, all that there are, as (slug, label)."""
        self.cards = list(cards)
        self.pieces = list(pieces)
        self.everything = (1 << len(self.cards)) - 1
        self.marked = self._parted(lambda card: card.marks)
        self.index = Index(card.texts for card in self.cards)
        seconds = self._parted(lambda card: [card.seconds])
        intensity = self._parted(lambda card: [card.intensity])
        self.sorts = {
            "gentle": [intensity[each] for each in sorted(intensity)],
            "short": [seconds[each] for each in sorted(seconds)],
        }

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
        groups = (self._in(group, choices) for group, choices in chosen.items() if choices)
        return reduce(and_, groups, reduce(or_, searched, 0))

    def _in(self, group: str, choices: list[str]) -> int:
        return reduce(or_, (self.marked.get((group, choice), 0) for choice in choices), 0)

    def counts(self, searched: list[int], chosen: Chosen, group: str) -> Callable[[str], int]:
        """How many each choice of a group would give if it alone were ticked there, the rest staying as it is."""
        others = self.found(searched, {name: those for name, those in chosen.items() if name != group})
        return lambda choice: (others & self._in(group, [choice])).bit_count()

    def ordered(self, searched: list[int], found: int, sort: str) -> Iterator[int]:
        """The primary keys of what is found. sort: "gentle", "short" or "" for the best first; A to Z among equals."""
        for part in self.sorts.get(sort, searched):
            yield from (self.cards[place].pk for place in places_in(part & found))

    def page(self, searched: list[int], found: int, sort: str, first: int, last: int) -> list[int]:
        """The primary keys from place `first` up to but without `last`."""
        return list(islice(self.ordered(searched, found, sort), first, last))

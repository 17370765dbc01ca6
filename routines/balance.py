"""What a routine does to a body, at a glance. Pure: words in, counts out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from stretches.words import Area, Direction


@dataclass(frozen=True, slots=True)
class Part:
    """What counts of one item. directions and areas: values of Direction and Area. equipment: names."""

    directions: tuple[str, ...]
    areas: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """directions, areas: each with the number of items that it is in, as [("Bending forward", 2), …]."""

    directions: list[tuple[str, int]]
    areas: list[tuple[str, int]]
    equipment: list[str]

    @property
    def direction_words(self) -> str:
        """ "Bending forward 2, turning 1"; "" of an empty routine."""
        return _in_one_line(self.directions)

    @property
    def area_words(self) -> str:
        return _in_one_line(self.areas)

    @property
    def equipment_words(self) -> str:
        """ "Mat, wall"; "Nothing"."""
        words = ", ".join(self.equipment) or "nothing"
        return words[0].upper() + words[1:]


def balance(parts: Iterable[Part]) -> Balance:
    """Count the items of a routine: an item that moves two ways counts for both.

    Directions come in the order of the catalogue's filters, areas by how often, equipment from A to Z.
    """
    parts = list(parts)
    directions = Counter(word for part in parts for word in set(part.directions))
    areas = Counter(word for part in parts for word in set(part.areas))
    return Balance(
        directions=[(word.label, directions[word]) for word in Direction if directions[word]],
        areas=sorted(((word.label, areas[word]) for word in Area if areas[word]), key=lambda pair: -pair[1]),
        equipment=sorted({name for part in parts for name in part.equipment}),
    )


def _in_one_line(counts: list[tuple[str, int]]) -> str:
    line = ", ".join(f"{words[0].lower()}{words[1:]}\N{NO-BREAK SPACE}{count}" for words, count in counts)
    return line[:1].upper() + line[1:]

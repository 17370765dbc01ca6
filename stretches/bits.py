"""Sets of places in a list, each held as one whole number whose bit n says that place n belongs to it.

Thousands of places meet, join and are counted in a microsecond: `a & b`, `a | b`, `a.bit_count()`.
"""

from collections.abc import Iterable, Iterator


def bits_of(places: Iterable[int]) -> int:
    """The set of these places: {0, 2} is 0b101."""
    octets = bytearray()
    for place in places:
        if place >> 3 >= len(octets):
            octets.extend(bytes((place >> 3) + 1 - len(octets)))
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


def places_in(bits: int) -> Iterator[int]:
    """The places of a set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest

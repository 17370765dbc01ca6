"""The muscle map: a standing body from the front and from the back, with the places a stretch works on.

It has the proportions of the figures and is made of the same rounded shapes; `places` says where the
muscles are. The bottom edge of the map is the floor, which the page draws. Same muscles, same bytes.
"""

from collections.abc import Collection, Iterator
from functools import cache
from math import sqrt
from typing import NamedTuple

from stretches.figure.page import Outline, bow, capsule, circle, path, pill, smooth
from stretches.figure.places import AREAS, MUSCLES, PLACES, REACH, Shape

WIDE, HIGH = 116, 142
BOX = f"0 0 {WIDE} {HIGH}"
MIDDLE = {"front": 29, "back": 87}  # where each body stands
HATCH = 2.1  # from one line to the next


class Marks(NamedTuple):
    """The places of a stretch, each list in the order of its muscles; no place is in both."""

    main: list[str]
    also: list[str]

    @property
    def words(self) -> str:
        """The map in a sentence or two, for those who do not see it."""
        parts = [("Works mainly on", self.main), ("Also", self.also)]
        said = [f" {start}: {'; '.join(places)}." for start, places in parts if places]
        return f"Front and back of a body.{''.join(said)}"


def marks(primary: Collection[str], secondary: Collection[str]) -> Marks:
    """The places of muscles, given by their keys. One that is main is not said again; a muscle that has none
    is left out.
    """
    main, also = (
        [*dict.fromkeys(place for muscle in muscles for place in MUSCLES.get(muscle, ()))]
        for muscles in (primary, secondary)
    )
    return Marks(main, [place for place in also if place not in main])


class Part(NamedTuple):
    """A shape to paint: static/css/muscle-map.css has a rule for each tone, `d` is SVG path data."""

    tone: str
    d: str


def draw(shown: Marks) -> list[Part]:
    """What stands inside the `<svg>` of a map: both bodies, main places solid, the others hatched."""
    places = [place for place in PLACES if place in shown.main or place in shown.also]
    return [*bodies(), *(solid(p) if p in shown.main else hatched(p) for p in places)]


@cache
def solid(place: str) -> Part:
    return Part("main", outlines(PLACES[place]))


@cache
def hatched(place: str) -> Part:
    lines = [command for one in blobs(PLACES[place]) for command in [*one.outline, *hatch(one)]]
    return Part("also", path(lines))


@cache
def area(slug: str) -> list[Part]:
    """A part of the body to press: what is seen, over what can be pressed. KeyError: no such area."""
    return [Part("reach", outlines(REACH.get(slug, AREAS[slug]))), Part("area", outlines(AREAS[slug]))]


@cache
def swatch(tone: str) -> Part:
    """A sample of "main" or "also" for the legend, 12 wide and 6 high."""
    spots: list[tuple[complex, float]] = [(3 + 3j, 2.2), (9 + 3j, 2.2)]
    blob = Blob(spots, capsule(3 + 3j, 2.2, 9 + 3j, 2.2))
    return Part(tone, path([*blob.outline, *(hatch(blob) if tone == "also" else ())]))


def outlines(shapes: list[Shape]) -> str:
    return path([command for one in blobs(shapes) for command in one.outline])


class Blob(NamedTuple):
    """A shape on one side of a body, on the page: its spots, and its outline."""

    spots: list[tuple[complex, float]]
    outline: Outline


def blobs(shapes: list[Shape]) -> Iterator[Blob]:
    """The shapes on the page, on both sides of the body."""
    for shape in shapes:
        for side in (1,) if shape.single else (1, -1):
            spots = [(at(shape.view, x * side, y), r) for x, y, r in shape.spots]
            if len(spots) == 2:
                (p, r), (q, s) = spots
                yield Blob(spots, capsule(p, r, q, s))
            else:
                (a, r), (b, _), (c, _) = spots
                yield Blob(spots, pill(a, b, c, r))


def at(view: str, x: float, y: float) -> complex:
    """A point of a body on the page."""
    return complex(MIDDLE[view] + x, HIGH - y)


def hatch(blob: Blob) -> Iterator[tuple[str, complex]]:
    """Slanting lines that fill a shape, up to its edge."""
    rounds = list(along(blob.spots))
    slant, across = complex(0.6, -0.8), complex(0.8, 0.6)
    rows = [(p * across.conjugate()).real for p, _ in rounds]
    thick = max(r for _, r in rounds)
    first, last = round((min(rows) - thick) / HATCH), round((max(rows) + thick) / HATCH)
    for row in range(first, last + 1):
        covered = []  # of this line, by each round of the shape
        for p, r in rounds:
            aside = (p * across.conjugate()).real - row * HATCH
            if abs(aside) < r:
                reach, middle = sqrt(r * r - aside * aside), (p * slant.conjugate()).real
                covered.append((middle - reach, middle + reach))
        for start, end in merged(covered):
            if end - start > 1:
                yield "M", row * HATCH * across + start * slant
                yield "L", row * HATCH * across + end * slant


def merged(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Pieces of a line, from one end to the other, those that overlap made one."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            start, before = joined.pop()
            end = max(end, before)
        joined.append((start, end))
    return joined


def along(spots: list[tuple[complex, float]]) -> Iterator[tuple[complex, float]]:
    """Rounds so close together along a shape that they cover it."""
    steps = 16
    for t in (i / steps for i in range(steps + 1)):
        if len(spots) == 2:
            (p, r), (q, s) = spots
            yield p + (q - p) * t, r + (s - r) * t
        else:
            (a, r), (b, _), (c, _) = spots
            bend = b * 2 - (a + c) / 2
            yield a * (1 - t) ** 2 + bend * 2 * t * (1 - t) + c * t * t, r


# The body: half the outline of the trunk (x, y), from the crotch to the collar.
TRUNK = (
    (0, 59.5), (5, 60), (11.4, 62), (13.6, 68), (13.2, 73.5), (11.6, 79), (10.7, 84), (10.9, 90), (12.2, 97),
    (13.3, 103), (13.6, 108), (10.4, 111.6), (5.6, 113.6), (3, 113.4), (0, 112.6),
)  # fmt: skip
HIP, KNEE, ANKLE = (6.3, 66), (9.6, 36), (11.6, 5)
SHOULDER, ELBOW, WRIST, HAND = (13.2, 107.6), (18.4, 88), (22.4, 70), (23.6, 63)
FOOT = {"front": ((12, 3.6), (13.2, 2.4)), "back": ((11.8, 3.2), (12.6, 2.6))}
# Lines that tell the front from the back, and help to find a place.
LINES = {
    "front": (
        ((2.2, 112), (6, 110.6), (11, 111)),  # collarbone
        ((7, 34), (9.6, 32.6), (12.2, 34)),  # under the kneecap
        ((1.4, 61), (5, 63.6), (10.4, 68.6)),  # groin
    ),
    "back": (
        ((5.6, 107.4), (6.6, 101.5), (9.6, 98.4)),  # shoulder blade
        ((1, 58.4), (6, 56.6), (11, 58.6)),  # fold below the buttock
        ((7, 36), (9.8, 35.2), (12.6, 36)),  # back of the knee
    ),
}
MIDLINES = {"front": ((0, 80.4), (0, 79.2)), "back": ((0, 108), (0, 60))}  # navel; spine and cleft


@cache
def bodies() -> tuple[Part, ...]:
    """Both bodies, with nothing on them."""
    return tuple(Part(tone, path(outline)) for view in MIDDLE for tone, outline in body(view))


def body(view: str) -> Iterator[tuple[str, Outline]]:
    """The parts of a calm body, far to near: (tone, outline)."""
    hair = circle(at(view, 0, 130.4), 8.2) + circle(at(view, 0, 137.4), 3.6)
    if view == "front":
        yield "hair", hair
    skin = capsule(at(view, 0, 115), 3.6, at(view, 0, 121), 3.4)
    cloth = smooth([at(view, x, y) for x, y in TRUNK] + [at(view, -x, y) for x, y in TRUNK[-2:0:-1]])
    if view == "front":
        skin += capsule(at(view, 0, 128), 6, at(view, 0, 124), 4.2)
    for side in (1, -1):
        points = (HIP, KNEE, ANKLE, *FOOT[view], SHOULDER, ELBOW, WRIST, HAND)
        h, k, a, heel, toes, s, e, w, tip = (at(view, x * side, y) for x, y in points)
        cloth += capsule(h, 7.4, k, 5, belly=0.05)
        cloth += capsule(k, 5, k + (a - k) * 0.84, 3.3, side * 0.12, 0.06, blunt=True)
        cloth += capsule(s, 4.8, s + (e - s) * 0.42, 4.2, blunt=True)
        skin += capsule(heel, 3.2, toes, 2.4) + capsule(a, 2.9, heel, 2.8)
        skin += capsule(k + (a - k) * 0.7, 3.5, a, 2.9)
        skin += capsule(s, 4.4, e, 3.2, belly=0.04) + capsule(e, 3.2, w, 2.2, belly=0.1)
        skin += capsule(w, 2.3, tip, 1.8, belly=0.12)
    yield "skin", skin
    yield "cloth", cloth
    if view == "back":
        yield "hair", hair
    top, bottom = (at(view, *end) for end in MIDLINES[view])
    lines: Outline = [("M", top), ("L", bottom)]
    for line in LINES[view]:
        for side in (1, -1):
            lines += bow(*(at(view, x * side, y) for x, y in line))
    yield "line", lines

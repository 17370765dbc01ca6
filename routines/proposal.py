"""A routine proposed from a few answers, by plain rules. Pure: the same answers always give the same one.

1. Only what suits the answers: at a desk standing and sitting; on the floor lying, kneeling and sitting, with a mat;
   what needs no more than the person has; on a sore day only what is marked as suited to one.
2. Always strength or activation beside stretching, or the walk where there is none of it: Rockwood, Lees and the
   guide ask for it, and trials find little in stretching alone. Two movements, since Wickham has two to four done
   daily, and a stretch.
3. Then more in turns, while the default doses stay within the time: a release, a stretch, a movement (up to four),
   strength, a stretch.
4. Of several, the one for a part of the body that nothing chosen yet is for; then one that moves the low back
   another way; then the gentlest; then from A to Z.
5. Release, stretch, movement, strength: the order that Wickham asks for. Within each, from lying to standing, with
   the walk after the other movements.
6. Doses scaled to the time within their ranges (routines.fit).

How many of what, and all of rule 4, are ours.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from routines.fit import Fit, Scalable, fit
from routines.plan import PlanItem, total_seconds
from stretches.numbers import clock, in_words, stretches
from stretches.words import NOUNS, Area, Direction, Kind, Position

MINUTES = {5: "Five", 10: "Ten", 15: "Fifteen", 20: "Twenty"}
PLACES = {"floor": "on the floor", "desk": "at a desk"}
MAT, CHAIR = "mat", "chair"
WALK = "gentle-walk"

FEWEST_MOVEMENTS, MOST_MOVEMENTS = 2, 4
"""To be done daily (Wickham)."""

TOLERANCE = 0.15
"""A proposal may take so much more or less than the time asked for (ours)."""

RELEASE, STRETCH, MOVEMENT, STRENGTH = "release", "stretch", "movement", "strength"
PARTS = (RELEASE, STRETCH, MOVEMENT, STRENGTH)
PART_OF = {
    Kind.RELEASE: RELEASE,
    Kind.STRETCH: STRETCH,
    Kind.ACTIVE_STRETCH: STRETCH,
    Kind.MOBILITY: MOVEMENT,
    Kind.ACTIVATION: STRENGTH,
    Kind.STRENGTH: STRENGTH,
}
ALWAYS = (STRENGTH, MOVEMENT, MOVEMENT, STRETCH)
IN_TURNS = (RELEASE, STRETCH, MOVEMENT, STRENGTH, STRETCH)
LYING_TO_STANDING = (
    Position.SUPINE,
    Position.SIDE_LYING,
    Position.PRONE,
    Position.HANDS_AND_KNEES,
    Position.KNEELING,
    Position.HALF_KNEELING,
    Position.SEATED,
    Position.STANDING,
)
WAYS = {
    Direction.FLEXION: "bending forward",
    Direction.EXTENSION: "bending back",
    Direction.ROTATION: "turning",
    Direction.SIDE_BEND: "bending sideways",
    Direction.DECOMPRESSION: "lengthening",
    Direction.NEUTRAL: "with the low back still",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """minutes: a key of MINUTES. place: a key of PLACES. have: slugs of equipment, without the mat."""

    minutes: int = 10
    place: str = "floor"
    sore: bool = False
    have: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What the routine is called: "Ten minutes on the floor"."""
        return f"{MINUTES[self.minutes]} minutes {PLACES[self.place]}{', sore day' if self.sore else ''}"

    @property
    def where(self) -> str:
        """ "on the floor on a sore day"."""
        return f"{PLACES[self.place]}{' on a sore day' if self.sore else ''}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that could be in it: what the rules ask about it.

    needs: slugs of equipment. areas: where its main muscles are. directions: how the low back moves, mainly first.
    intensity: 1-10, how strong it should feel.
    """

    scalable: Scalable
    kind: str
    position: str
    directions: tuple[str, ...]
    areas: tuple[str, ...]
    needs: frozenset[str]
    intensity: int
    acute_ok: bool

    @property
    def slug(self) -> str:
        return self.scalable.item.slug

    @property
    def part(self) -> str:
        return PART_OF[Kind(self.kind)]

    @property
    def is_walk(self) -> bool:
        return self.slug == WALK

    def for_time(self, seconds: int) -> "Candidate":
        """The walk starts from a quarter of the time (ours; its source gives no figure), all else from its default."""
        if not self.is_walk:
            return self
        item = self.scalable.item
        walk = replace(item, dose=replace(item.dose, hold_seconds=seconds // 4))
        return replace(self, scalable=replace(self.scalable, item=walk))

    def suits(self, answers: Answers) -> bool:
        """Rule 1."""
        if answers.sore and not self.acute_ok:
            return False
        if answers.place == "desk":
            in_place = self.position in (Position.STANDING, Position.SEATED)
            return in_place and self.needs <= answers.have
        on_chair = self.position == Position.SEATED and CHAIR in self.needs
        in_place = self.is_walk or not (on_chair or self.position == Position.STANDING)
        return in_place and self.needs <= answers.have | {MAT}


@dataclass(frozen=True, slots=True)
class Pick:
    """One of a proposal, with the dose it is proposed at, and the line that says why."""

    candidate: Candidate
    item: PlanItem
    why: str


@dataclass(frozen=True)
class Proposal:
    """What fits the answers. lacks: a sentence for each rule that can't be kept, and why."""

    answers: Answers
    picks: tuple[Pick, ...]
    lacks: tuple[str, ...]

    @property
    def items(self) -> tuple[PlanItem, ...]:
        return tuple(pick.item for pick in self.picks)

    @property
    def total_seconds(self) -> int:
        return total_seconds(self.items)

    @property
    def clock(self) -> str:
        return clock(self.total_seconds)


def propose(answers: Answers, candidates: Iterable[Candidate]) -> Proposal:
    """The routine for these answers. What a person set aside or leaves out must not be among the candidates."""
    seconds = answers.minutes * 60
    usable = [each.for_time(seconds) for each in candidates if each.suits(answers)]
    chosen = _ordered(_chosen(usable, seconds))
    fitted = fit([each.scalable for each in chosen], seconds)
    picks = tuple(
        Pick(each, item.now, why)
        for each, item, why in zip(chosen, fitted.items, _whys(answers, usable, chosen), strict=True)
    )
    return Proposal(answers, picks, tuple(_lacks(answers, chosen, fitted)))


@dataclass
class _Choosing:
    """What is chosen so far, and what could still be."""

    left: list[Candidate]
    chosen: list[Candidate] = field(default_factory=list)

    def best(self, part: str, seconds: int | None = None) -> Candidate | None:
        """Rule 4, of those with which all takes `seconds` at most. The walk comes last among the movements."""
        those = [
            each
            for each in self.left
            if each.part == part and (seconds is None or self.seconds_with(each) <= seconds)
        ]
        areas = {area for each in self.chosen for area in each.areas}
        directions = {each.directions[0] for each in self.chosen}
        return min(
            those,
            key=lambda each: (
                each.is_walk,
                areas.issuperset(each.areas),
                each.directions[0] in directions,
                each.intensity,
                each.slug,
            ),
            default=None,
        )

    def take(self, one: Candidate) -> None:
        self.left.remove(one)
        self.chosen.append(one)

    def count(self, part: str) -> int:
        return sum(each.part == part for each in self.chosen)

    def seconds_with(self, one: Candidate) -> int:
        return total_seconds([each.scalable.item for each in (*self.chosen, one)])


def _chosen(usable: Sequence[Candidate], seconds: int) -> list[Candidate]:
    """Rules 2 and 3."""
    choosing = _Choosing(list(usable))
    for part in ALWAYS:
        best = choosing.best(part)
        if best is None and part == STRENGTH:
            best = next((each for each in choosing.left if each.is_walk), None)
        if best:
            choosing.take(best)
    before = -1
    while len(choosing.chosen) > before:
        before = len(choosing.chosen)
        for part in IN_TURNS:
            if part == MOVEMENT and choosing.count(part) >= MOST_MOVEMENTS:
                continue
            if best := choosing.best(part, seconds):
                choosing.take(best)
    return choosing.chosen


def _ordered(chosen: list[Candidate]) -> list[Candidate]:
    """Rule 5."""
    return sorted(
        chosen,
        key=lambda each: (
            PARTS.index(each.part),
            each.is_walk,
            LYING_TO_STANDING.index(Position(each.position)),
        ),
    )


def _lacks(answers: Answers, chosen: Sequence[Candidate], fitted: Fit) -> Iterator[str]:
    where, count = answers.where[0].upper() + answers.where[1:], len(chosen)
    if not chosen:
        yield f"{where}, no stretch fits these answers."
        return
    movements = sum(each.part == MOVEMENT for each in chosen)
    if movements < FEWEST_MOVEMENTS:
        yield f"{where}, {in_words(movements)} movement fits; the articles suggest two to four a day."
    if not any(each.part == STRENGTH or each.is_walk for each in chosen):
        yield f"{where}, no strength work fits and no walk; the articles ask for one of them beside stretching."
    if fitted.misses > TOLERANCE:
        only = "is only one stretch that fits" if count == 1 else f"are only {stretches(count)} that fit"
        yield f"{where} there {only}: {fitted.clock} minutes."


def _whys(answers: Answers, usable: Sequence[Candidate], chosen: Sequence[Candidate]) -> Iterator[str]:
    """A line for each, in words that claim nothing of what it does for the back."""
    parts = {each.part for each in usable}
    times = Counter(area for each in chosen for area in each.areas)
    desk = "can be done at a desk" if answers.place == "desk" else "is left"
    reason = "suits a sore day" if answers.sore else desk
    before: set[str] = set()
    for place, one in enumerate(chosen):
        areas = " and the ".join(Area(area).label.lower() for area in one.areas)
        alone = ", which nothing else here is for" if all(times[area] == 1 for area in one.areas) else ""
        if one.part == RELEASE:
            yield (
                "Another release." if place else "Opens with a release, because that comes before stretching."
            )
        elif one.part == STRETCH:
            late = "there is no time for a release" if RELEASE in parts else "no release fits"
            yield f"{'' if place else f'Opens with a stretch, because {late}. '}For the {areas}{alone}."
        elif one.is_walk:
            because = f", because no strength work here {reason}"
            yield f"A walk beside the stretches{'' if STRENGTH in parts else because}."
        elif one.part == MOVEMENT:
            ways = " and ".join(WAYS[Direction(direction)] for direction in one.directions)
            yield f"One of the movements for every day: {ways}."
        else:
            because = "" if STRENGTH in before else ", because stretching is only a part of it"
            yield f"{NOUNS[Kind(one.kind)].capitalize()} for the {areas}{because}."
        before.add(one.part)

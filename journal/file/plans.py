"""Frozen plans in a journal file: checked before pages trust them, and with other names for own stretches. Pure.

In a file, own stretches are called own-1, own-2 and so on; where Limber keeps a plan, they go by their slugs.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from journal.file.parsing import is_storable
from routines.models.item import LONGEST_NOTE
from routines.models.routine import MOST_ITEMS
from routines.plan import VERSION, PlanItem, Step, pace_of, steps, thaw, total_seconds
from routines.player_settings import RANGES
from stretches.entry import Pause, Shape, Times, between, word_of
from stretches.words import ItemSides

GONE = "own-0"
"""What a plan calls a stretch of one's own that was deleted before anything of the session was known."""


def _storable(text: str) -> str:
    if not is_storable(text):
        raise PydanticCustomError("characters", "has a character in it that is none")
    return text


Storable = AfterValidator(_storable)
"""A text of any characters that can be kept, ends of lines too."""

Slug = Annotated[str, Field(min_length=1, max_length=50)]
Name = Annotated[str, Field(min_length=1, max_length=80), Storable]
Cue = Annotated[str, Field(max_length=200), Storable]
Note = Annotated[str, Field(max_length=LONGEST_NOTE), Storable]


class FrozenDose(Shape):
    """As stretches.dose.Dose; what has a default there may be missing."""

    sets: Annotated[int, between(1, 10)]
    reps: Times
    hold_seconds: Annotated[int, between(0, 600)]
    sides: Annotated[str, word_of(ItemSides)] = "both"
    rest_seconds: Pause = 0
    set_rest_seconds: Pause = 0
    move_seconds: Annotated[int, between(0, 60)] = 0
    right_hold_seconds: Annotated[int, between(1, 600)] | None = None

    @model_validator(mode="after")
    def takes_time(self) -> Self:
        if not self.hold_seconds and not self.move_seconds:
            raise PydanticCustomError("time", "hold_seconds and move_seconds must not both be 0")
        return self


class FrozenEasier(Shape):
    slug: Slug
    name: Name
    cue: Cue


class FrozenItem(Shape):
    slug: Slug
    name: Name
    cue: Cue
    dose: FrozenDose
    skip_if: Note = ""
    note: Note = ""
    easier: FrozenEasier | None = None


class FrozenPace(Shape):
    ready_seconds: Annotated[int, between(*RANGES["ready_seconds"])]
    switch_seconds: Annotated[int, between(*RANGES["switch_seconds"])]
    rest_percent: Annotated[int, between(*RANGES["rest_percent"])]


class FrozenPlan(Shape):
    """What `routines.plan.freeze` writes."""

    version: Literal[1]
    items: Annotated[list[FrozenItem], Field(min_length=1, max_length=MOST_ITEMS)]
    pace: FrozenPace | None = None

    @model_validator(mode="after")
    def says_only_what_is_there(self) -> Self:
        doses = [item.dose for item in self.items]
        easier = [item for item in self.items if "easier" in item.model_fields_set and item.easier is None]
        right = [
            d for d in doses if "right_hold_seconds" in d.model_fields_set and d.right_hold_seconds is None
        ]
        if easier or right or ("pace" in self.model_fields_set and self.pace is None):
            raise PydanticCustomError("null", "must leave out what is null")
        return self

    @property
    def frozen(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True)


@dataclass(frozen=True)
class Plan:
    """A plan that has been checked. `frozen` is as in the file."""

    frozen: dict[str, Any]

    @cached_property
    def items(self) -> tuple[PlanItem, ...]:
        return thaw(self.frozen)

    @property
    def slugs(self) -> set[str]:
        """All stretches that it names, the easier ones too."""
        return {slug for item in self.items for slug in (item.slug, item.easier and item.easier.slug) if slug}

    @property
    def total_seconds(self) -> int:
        return total_seconds(self.items, pace_of(self.frozen))

    @property
    def most_steps(self) -> int:
        """More than it has: to be looked at before `steps` are made."""
        return sum(6 * item.dose.sets * item.dose.reps + 2 for item in self.items)

    def steps(self) -> tuple[Step, ...]:
        """Each of its steps, in order. Made anew every time: many plans have very many."""
        return steps(self.items, pace_of(self.frozen))


def written(frozen: dict[str, Any]) -> str:
    """A plan in the order of its names: databases keep them in another one."""
    return json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(plan: str) -> bytes:
    """Short, and the same for the same plan. plan: as it is written."""
    return sha256(plan.encode()).digest()[:16]


def renamed(frozen: dict[str, Any], rename: Callable[[str], str]) -> dict[str, Any]:
    """The plan with other names of stretches. One that a newer Limber froze stays as it is."""
    if frozen.get("version") != VERSION:
        return frozen
    items = []
    for item in frozen["items"]:
        item = {**item, "slug": rename(item["slug"])}
        if "easier" in item:
            item["easier"] = {**item["easier"], "slug": rename(item["easier"]["slug"])}
        items.append(item)
    return {**frozen, "items": items}

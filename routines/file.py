"""The routine file: a routine as JSON, with the stretches of one's own that are in it. docs/routine-file.md tells more.

The format is a promise: what one version of Limber wrote, every later one reads.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from routines.lines import Fault, FileError, Lines, Path, read_json
from routines.models.item import LONGEST_NOTE
from routines.models.routine import MOST_ITEMS
from stretches.entry import Pause, Shape, Times, between, word_of
from stretches.forms import LONGEST_STEP, MOST_STEPS
from stretches.models import MOST_OWN
from stretches.words import Direction, ItemSides, Kind, Position, Sides

VERSION = 1
LARGEST_BYTES = 256 * 1024
MOST_NAMES = 2 * MOST_ITEMS + MOST_OWN
"""So many are looked up in the catalogue: no file that is right has more."""

OWN = re.compile(r"own-[a-z0-9-]{1,40}")

Catalogue = Callable[[set[str]], Mapping[str, bool]]
"""Which of these stretches the catalogue has, and whether it still has the drawing of each."""


def _has_words(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("words", "must not be empty")
    return text


def _is_key(text: str) -> str:
    if not OWN.fullmatch(text):
        raise PydanticCustomError(
            "key", "must be own- and then small letters, digits or hyphens, such as own-1"
        )
    return text


Words = Annotated[str, Field(max_length=80), AfterValidator(_has_words)]
Step = Annotated[str, Field(max_length=LONGEST_STEP), AfterValidator(_has_words)]
Slug = Annotated[str, Field(min_length=1, max_length=50)]
Note = Annotated[str, Field(min_length=1, max_length=LONGEST_NOTE)]
Seconds = Annotated[int, between(1, 600)]


class ItemShape(Shape):
    """One stretch of the routine. `stretches.dose.Dose` says what the figures mean; all times are seconds."""

    stretch: Slug
    sets: Annotated[int, between(1, 10)] = 1
    reps: Times = 1
    hold_seconds: Annotated[int, between(0, 600)]
    right_hold_seconds: Seconds | None = None
    sides: Annotated[str, word_of(ItemSides)]
    rest_seconds: Pause = 0
    set_rest_seconds: Pause = 0
    move_seconds: Annotated[int, between(0, 60)] = 0
    note: Note | None = None
    skip_if: Note | None = None
    swap: Slug | None = None
    optional: bool | None = None

    @model_validator(mode="after")
    def takes_time(self) -> Self:
        if not self.hold_seconds and not self.move_seconds:
            raise PydanticCustomError("time", "hold_seconds and move_seconds must not both be 0")
        return self


class OwnShape(Shape):
    """A stretch of somebody's own. `key` is what items call it, in this file alone."""

    key: Annotated[str, AfterValidator(_is_key)]
    name: Words
    kind: Annotated[str, word_of(Kind)]
    position: Annotated[str, word_of(Position)]
    directions: Annotated[
        list[Annotated[str, word_of(Direction)]], Field(min_length=1, max_length=len(Direction.values))
    ]
    sets: Annotated[int, between(1, 10)] = 1
    reps: Times = 1
    hold_seconds: Seconds
    sides: Annotated[str, word_of(Sides)]
    rest_seconds: Pause = 0
    set_rest_seconds: Pause = 0
    move_seconds: Annotated[int, between(0, 60)] = 0
    steps: Annotated[list[Step], Field(min_length=1, max_length=MOST_STEPS)]
    breath: Annotated[str, Field(max_length=200)] = ""
    drawn_as: Slug | None = None

    @property
    def content(self) -> str:
        """All that it is, apart from what it is called here: two with the same content are the same."""
        return self.model_dump_json(exclude={"key"})


class RoutineShape(Shape):
    limber: str = "routine"
    version: int = VERSION
    name: Words
    summary: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    items: Annotated[list[ItemShape], Field(max_length=MOST_ITEMS)]
    stretches: Annotated[list[OwnShape], Field(max_length=MOST_OWN)] = Field(default_factory=list)

    @property
    def text(self) -> str:
        """The file. The same routine gives the same bytes."""
        return json.dumps(self.model_dump(exclude_none=True), indent=2, ensure_ascii=False) + "\n"


def read(text: str, catalogue: Catalogue) -> RoutineShape:
    """The routine of a file. Raises FileError with the line and the reason of everything that is wrong in it."""
    value, lines = read_json(text)
    _check_kind(value, lines)
    faults = [*_unknown(value, lines, catalogue), *_strangers(value, lines)]
    try:
        shape = RoutineShape.model_validate(value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        faults += [lines.fault(each["loc"], reason_of(each)) for each in errors]
    if faults:
        raise FileError(faults)
    return shape


def _check_kind(value: Any, lines: Lines) -> None:
    """Nothing more is said of a file that is no routine file, or one of another version."""
    if not isinstance(value, dict) or value.get("limber") != "routine":
        reason = 'this is no routine file of Limber: it has no "limber": "routine"'
        raise FileError([Fault(lines.of(("limber",)), reason)])
    version = value.get("version")
    if type(version) is not int or version != VERSION:
        given = f"version {version}" if type(version) is int else "a version that is no number"
        reason = f"the file says {given}, and this Limber reads version {VERSION}"
        raise FileError([Fault(lines.of(("version",)), reason)])


def _words_at(value: dict[str, Any], part: str, name: str) -> Iterator[tuple[Path, str]]:
    """What each of the items or stretches says under a name, as far as it says something there."""
    rows = value.get(part)
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and isinstance(row.get(name), str):
            yield (part, number, name), row[name]


def _unknown(value: dict[str, Any], lines: Lines, catalogue: Catalogue) -> Iterator[Fault]:
    """Stretches and drawings that the catalogue does not have."""
    items = [*_words_at(value, "items", "stretch"), *_words_at(value, "items", "swap")]
    stretches = [(path, slug) for path, slug in items if path[-1] == "swap" or not OWN.fullmatch(slug)]
    stretches, drawings = stretches[:MOST_NAMES], list(_words_at(value, "stretches", "drawn_as"))[:MOST_NAMES]
    known = catalogue({slug for _, slug in stretches + drawings})
    for path, slug in stretches:
        if slug not in known:
            yield lines.fault(path, f"the catalogue has no {slug}")
    for path, slug in drawings:
        if not known.get(slug):
            yield lines.fault(path, f"the catalogue has no drawing of {slug}")


def _strangers(value: dict[str, Any], lines: Lines) -> Iterator[Fault]:
    """Own stretches that are called but not there, there but not called, or there twice."""
    items = list(_words_at(value, "items", "stretch"))
    called = {key for _, key in items}
    keys: set[str] = set()
    for path, key in _words_at(value, "stretches", "key"):
        if key in keys:
            yield lines.fault(path, f"{key} stands there twice")
        elif key not in called:
            yield lines.fault(path, f"{key} is in none of the items")
        keys.add(key)
    for path, key in items:
        if OWN.fullmatch(key) and key not in keys:
            yield lines.fault(path, f"{key} is not among the stretches of the file")


def reason_of(error: ErrorDetails) -> str:
    context = error.get("ctx") or {}
    match error["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a name that this file can have"
        case "string_too_long":
            return f"must be {context['max_length']} characters at most, not {len(error['input'])}"
        case "too_long":
            return f"must be {context['max_length']} at most, not {len(error['input'])}"
        case "string_too_short" | "too_short":
            return "must not be empty"
        case "int_type" | "int_from_float":
            return "must be a whole number"
        case "bool_type":
            return "must be true or false"
        case "string_type":
            return "must be a text"
        case "list_type":
            return "must be a list"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "must be an object"
        case _:
            return error["msg"]

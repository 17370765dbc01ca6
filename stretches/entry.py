"""The shape of the catalogue's files, and reading one with errors that name file, key and reason."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from django.db.models import Choices
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from stretches.words import Area, Basis, Direction, Kind, Origin, Position, Side, SideRule, Sides, SpineRange

Model = TypeVar("Model", bound=BaseModel)


class CatalogueError(Exception):
    """Files that cannot be loaded. `faults`: one line each, "stretches/data/cat-cow.toml: key: reason"."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


def between(low: int, high: int) -> AfterValidator:
    """A number from low to high, both included."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise PydanticCustomError("between", f"must be {low} to {high}, not {value}")
        return value

    return AfterValidator(check)


def word_of(choices: type[Choices]) -> AfterValidator:
    """One of the words of a TextChoices."""

    def check(value: str) -> str:
        if value not in choices.values:
            raise PydanticCustomError("word", f"must be one of {', '.join(choices.values)}, not {value}")
        return value

    return AfterValidator(check)


Name = Annotated[str, Field(min_length=1, max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
LongText = Annotated[str, Field(min_length=1, max_length=300)]
Times = Annotated[int, between(1, 50)]
Pause = Annotated[int, between(0, 300)]
Hold = Annotated[int, between(0, 600)]
HoldRange = Annotated[int, between(0, 3600)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class DoseShape(Shape):
    sides: Annotated[str, word_of(Sides)]
    sets: Annotated[int, between(1, 10)]
    reps: Times
    hold_seconds: Hold
    hold_min_seconds: HoldRange
    hold_max_seconds: HoldRange
    rest_seconds: Pause
    set_rest_seconds: Pause = 0
    move_seconds: Annotated[int, between(0, 60)]
    times_per_day: Annotated[int, between(1, 10)] | None = None
    basis: Annotated[str, word_of(Basis)]
    reason: LongText

    @model_validator(mode="after")
    def possible(self) -> Self:
        if self.hold_min_seconds > self.hold_max_seconds:
            raise PydanticCustomError("range", "hold_min_seconds must not be more than hold_max_seconds")
        if not self.hold_seconds and not self.move_seconds:
            raise PydanticCustomError("time", "hold_seconds and move_seconds must not both be 0")
        return self


class MusclesShape(Shape):
    primary: list[str] = Field(min_length=1)
    secondary: list[str] = []


class StepShape(Shape):
    """An easier or a harder version: in words, and another entry where it is one."""

    text: Text
    slug: str | None = None


class ClaimShape(Shape):
    """What an article says about the dose; without an article it is common practice."""

    article: str | None = None
    says: Text


class SourceShape(Shape):
    """Where something was taken from: one of our articles, or something else by its title."""

    article: str | None = None
    title: Text | None = None
    what: Text

    @model_validator(mode="after")
    def named_once(self) -> Self:
        if (self.article is None) == (self.title is None):
            raise PydanticCustomError("source", "must have an article or a title, and not both")
        return self


class BodyShape(Shape):
    """What stands in a frame, or above all frames; stretches/figure/README.md tells what the keys mean."""

    pelvis: Any = None
    spine: Any = None
    lean: Any = None
    twist: Any = None
    neck: Any = None
    head: Any = None
    head_lean: Any = None
    head_twist: Any = None
    legs: Any = None
    left_leg: Any = None
    right_leg: Any = None
    arms: Any = None
    left_arm: Any = None
    right_arm: Any = None
    glow: Any = None
    target: list[str] | None = None
    motion: list[Any] | None = None
    prop: list[dict[str, Any]] | None = None
    view: Any = None
    front: list[str] | None = None
    behind: list[str] | None = None
    hair: str | None = None


class FrameShape(BodyShape):
    name: Name


class PoseShape(BodyShape):
    desc: LongText
    working: Annotated[str, word_of(Side)]
    ground: str | None = None
    wide: float | None = None
    loop: bool = False
    frame: list[FrameShape] = Field(min_length=1)


class StretchShape(Shape):
    """One file of `stretches/data`."""

    slug: str
    name: Name
    also_known_as: list[Name] = []
    origin: Annotated[str, word_of(Origin)]
    kind: Annotated[str, word_of(Kind)]
    position: Annotated[str, word_of(Position)]
    direction: Annotated[str, word_of(Direction)]
    directions_also: list[Annotated[str, word_of(Direction)]] = []
    spine_range: Annotated[str, word_of(SpineRange)]
    intensity: Annotated[int, between(1, 10)]
    acute_ok: bool
    side_rule: Annotated[str, word_of(SideRule)] = ""
    equipment: list[str]
    steps: list[Text] = Field(min_length=1)
    breath: Text
    feel_it: Text
    cautions: list[Text]
    caution_codes: list[str]
    claims: list[ClaimShape]
    sources: list[SourceShape] = Field(min_length=1)
    dose: DoseShape
    muscles: MusclesShape
    easier: StepShape
    harder: StepShape
    pose: PoseShape


class ArticleShape(Shape):
    title: Text
    author: str  # empty where it is not named


class MuscleShape(Shape):
    name: Name
    everyday_name: Name
    area: Annotated[str, word_of(Area)]


class VocabularyShape(Shape):
    """`vocabulary.toml`: the words that the other files name by their keys."""

    articles: dict[str, ArticleShape]
    equipment: dict[str, Name]
    cautions: dict[str, Text]
    areas: dict[Annotated[str, word_of(Area)], list[Name]] = {}  # other words for them
    muscles: dict[str, MuscleShape]


def place(file: Path) -> str:
    """The file as an error names it: its last two folders and itself."""
    return "/".join(file.parts[-3:])


def read_toml(file: Path, model: type[Model]) -> Model:
    """The file as a model.

    Raises CatalogueError with everything that is wrong with it: "stretches/data/cat-cow.toml: dose.reps:
    must be 1 to 50, not 0".
    """
    try:
        return model.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise CatalogueError(f"{place(file)}: {words(each)}" for each in error.errors()) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError([f"{place(file)}: is not valid TOML: {error}"]) from error


def words(error: ErrorDetails) -> str:
    """A pydantic error as "key: reason"."""
    key = ".".join(str(part) for part in error["loc"])
    match error["type"]:
        case "missing":
            reason = "is missing"
        case "extra_forbidden":
            reason = "is not a key of this file"
        case "between" | "word" | "range" | "time" | "source":
            reason = error["msg"]
        case _:
            reason = f"{error['msg'][0].lower()}{error['msg'][1:]}, not {error['input']!r}"
    return f"{key}: {reason}"

"""The journal file, row by row. docs/journal-file.md tells more.

The format is a promise: what one version of Limber wrote, every later one reads.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from accounts.models import Theme, User
from journal.file.plans import FrozenPlan, Storable
from journal.models import LONGEST_LABEL, LONGEST_NOTE, LONGEST_PAUSE, Hold, Rating
from routines.file import ItemShape, OwnShape, Step, Words
from routines.lines import is_plain
from routines.player_settings import DEFAULTS, is_right
from routines.schedule import MOST_TIMES, NAMED, clock_time
from stretches.entry import Shape, between, word_of
from stretches.forms import MOST_STEPS
from stretches.models.mark import LONGEST_REASON
from stretches.words import Direction

VERSION = 1
EARLIEST = date(1900, 1, 1)
LONGEST_ROUTINE_NOTE = 10_000
A_DAY = timedelta(days=1)
"""The clock of another machine may be ahead."""

INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def _instant(value: Any, info: ValidationInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(value if INSTANT.fullmatch(value) else "").astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        reason = "must be an instant such as 2026-05-15T07:30:00Z"
        raise PydanticCustomError("instant", reason) from error
    _check_day(moment.date(), info)
    return moment


def _day(value: Any, info: ValidationInfo, ahead: timedelta = A_DAY) -> date:
    try:
        day = date.fromisoformat(value if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else "")
    except (TypeError, ValueError) as error:
        raise PydanticCustomError("day", "must be a day such as 2026-05-15") from error
    _check_day(day, info, ahead)
    return day


def _day_within_a_year(value: Any, info: ValidationInfo) -> date:
    return _day(value, info, LONGEST_PAUSE)


def _check_day(day: date, info: ValidationInfo, ahead: timedelta = A_DAY) -> None:
    now: datetime = (info.context or {})["now"]
    if not EARLIEST <= day <= (now + ahead).date():
        until = "now" if ahead == A_DAY else "a year from now"
        raise PydanticCustomError("past", f"must be from 1900 until {until}, not {day}")


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        raise PydanticCustomError("zone", "must be the name of a time zone, such as Europe/Berlin")
    return name


def _plain(text: str) -> str:
    if not is_plain(text):
        raise PydanticCustomError("control", "has a control character in it")
    return text


def _setting(chosen: dict[str, Any]) -> dict[str, Any]:
    for name, value in chosen.items():
        if not is_right(name, value):
            raise PydanticCustomError(
                "setting", f"{name if name in DEFAULTS else 'one of them'} is not right"
            )
    return chosen


def _time(word: str) -> str:
    if word not in NAMED and clock_time(word) != word:
        raise PydanticCustomError("time", "must be morning, midday, evening or a time such as 18:30")
    return word


Instant = Annotated[datetime, BeforeValidator(_instant)]
Day = Annotated[date, BeforeValidator(_day)]
DayWithinAYear = Annotated[date, BeforeValidator(_day_within_a_year)]
Zone = Annotated[str, Field(max_length=64), AfterValidator(_zone)]
Sequence = Annotated[int, Field(ge=0, lt=2**53)]
Score = Annotated[int, between(1, 10)]
Seconds = Annotated[int, between(0, 4200)]
StepNumber = Annotated[int, between(0, 32_000)]
Name = Annotated[str, Field(min_length=1, max_length=50)]
OneLine = AfterValidator(_plain)


class PreferencesShape(Shape):
    """What a person chose, as far as it isn't as Limber has it anyway. Each is a field of accounts.models.User.

    A preference that is added to User needs a line here, with its limits, and nothing else.
    """

    @staticmethod
    def usual(name: str) -> Any:
        """What a person has who chose nothing."""
        return getattr(User(), name)

    name: Annotated[str, Field(max_length=80), OneLine] | None = None
    time_zone: Zone | None = None
    leave_out: (
        Annotated[list[Annotated[str, word_of(Direction)]], Field(max_length=len(Direction.values))] | None
    ) = None
    player: Annotated[dict[str, Any], AfterValidator(_setting)] | None = None
    theme: Annotated[str, word_of(Theme)] | None = None
    week_goal: Annotated[int, between(1, 7)] | None = None


class StretchShape(OwnShape):
    """A stretch of one's own. `discarded`: deleted, and kept for the sessions and routines that have it."""

    steps: Annotated[list[Step], Field(max_length=MOST_STEPS)]
    discarded: bool | None = None

    @property
    def content(self) -> str:
        return StretchShape.content_of(self)

    @staticmethod
    def content_of(shape: OwnShape) -> str:
        """All that it is, apart from what it is called and whether it is deleted."""
        said = shape.model_dump(exclude={"discarded", "key"}, exclude_none=True)
        return json.dumps(said, sort_keys=True)


class MarkShape(Shape):
    stretch: Name
    favourite: bool | None = None
    set_aside_at: Instant | None = None
    reason: Annotated[str, Field(max_length=LONGEST_REASON), OneLine] | None = None
    brought_back_at: Instant | None = None


class RoutineShape(Shape):
    """A routine of one's own. `days`: 0 is Monday."""

    key: Annotated[str, Field(pattern=r"^routine-[1-9][0-9]{0,3}$")]
    name: Words
    summary: Annotated[str, Field(min_length=1, max_length=300), OneLine] | None = None
    note: Annotated[str, Field(max_length=LONGEST_ROUTINE_NOTE), Storable] | None = None
    days: Annotated[list[Annotated[int, between(0, 6)]], Field(max_length=7)] | None = None
    times: Annotated[list[Annotated[str, AfterValidator(_time)]], Field(max_length=MOST_TIMES)] | None = None
    created_at: Instant
    changed_at: Instant
    archived_at: Instant | None = None
    items: list[ItemShape]


class ScoreShape(Shape):
    """`first_score` is what was said first, where it was another; `time_zone` where it isn't the session's."""

    score: Score
    first_score: Score | None = None
    given_at: Instant
    changed_at: Instant | None = None
    time_zone: Zone | None = None
    sequence: Sequence = 0


class CheckInShape(ScoreShape):
    time_zone: Zone


class ScoresShape(Shape):
    before: ScoreShape | None = None
    after: ScoreShape | None = None
    next_day: ScoreShape | None = None


class FactShape(Shape):
    at: Instant
    sequence: Sequence = 0


class DeedShape(FactShape):
    """`stretch` only where another than the plan's was done: its easier one."""

    step: StepNumber
    stretch: Name | None = None
    seconds: Seconds


class HoldShape(DeedShape):
    """`result` only where it was not done."""

    result: Annotated[str, word_of(Hold.Result)] | None = None


class HurtShape(DeedShape):
    pass


class RatingShape(FactShape):
    stretch: Name
    value: Annotated[str, word_of(Rating.Value)]


class NoteShape(FactShape):
    text: Annotated[str, Field(max_length=LONGEST_NOTE), Storable] = ""
    down_a_leg: bool = False
    pins_and_needles: bool = False
    cramp: bool = False
    dizzy: bool = False
    next_day_skipped: bool = False


class SessionShape(Shape):
    """`plan_of`: the session of this file, counted from 1, that had the same plan."""

    name: Annotated[str, Field(max_length=80), Storable]
    routine: Annotated[str, Field(max_length=60)] | None = None
    started_at: Instant
    finished_at: Instant | None = None
    whole: bool | None = None
    time_zone: Zone
    plan: FrozenPlan | None = None
    plan_of: Annotated[int, Field(ge=1)] | None = None
    scores: ScoresShape | None = None
    note: NoteShape | None = None
    ratings: list[RatingShape] | None = None
    hurts: list[HurtShape] | None = None
    holds: list[HoldShape] | None = None

    @model_validator(mode="after")
    def makes_sense(self) -> Self:
        if (self.plan is None) == (self.plan_of is None):
            raise PydanticCustomError("plan", "must have plan or plan_of, and not both")
        if self.finished_at and self.finished_at < self.started_at:
            raise PydanticCustomError("end", "finished_at must not be before started_at")
        return self


class FlareUpShape(Shape):
    """`ends_on` is its last day; without one it goes on."""

    starts_on: Day
    ends_on: Day | None = None
    label: Annotated[str, Field(max_length=LONGEST_LABEL), OneLine] | None = None

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> Self:
        if self.ends_on and self.ends_on < self.starts_on:
            raise PydanticCustomError("end", "ends_on must not be before starts_on")
        return self


class PauseShape(Shape):
    """Days off: `ends_on` is the last of them."""

    starts_on: DayWithinAYear
    ends_on: DayWithinAYear

    @model_validator(mode="after")
    def takes_a_year_at_most(self) -> Self:
        if not self.starts_on <= self.ends_on <= self.starts_on + LONGEST_PAUSE:
            reason = "ends_on must not be before starts_on, nor more than a year after it"
            raise PydanticCustomError("end", reason)
        return self


ROWS: Mapping[str, type[Shape]] = {
    "stretches": StretchShape,
    "marks": MarkShape,
    "routines": RoutineShape,
    "sessions": SessionShape,
    "check_ins": CheckInShape,
    "flare_ups": FlareUpShape,
    "pauses": PauseShape,
}
"""The lists of a file, in their order."""

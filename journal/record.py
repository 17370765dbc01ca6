"""Facts become rows. Recording a fact again changes nothing; a correction has a higher sequence.

A fact is one thing that happened in a session, under a natural key:

    hold:7            {"result": "done", "seconds": 30}     step 7 of the plan
    pain:before       {"score": 5}                          also pain:after, pain:next-day
    rating:cat-cow    {"value": "helped"}
    note              {"text": "...", "cramp": true, ...}
    end               {"whole": true}                       the person has come to an end
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from journal.models import LONGEST_NOTE, Hold, Moment, PainScore, Rating, SessionNote
from routines.models import Session
from stretches.models import Stretch


class FactError(ValueError):
    """A fact that makes no sense. The message says which, and why; it never repeats health data."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`at` is when it happened, aware; `sequence` grows with every change of the same key."""

    key: str
    value: dict[str, Any]
    at: datetime
    sequence: int


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class HoldValue(_Value):
    result: Literal["done", "skipped"]
    seconds: int = Field(ge=0, le=4200)


class PainValue(_Value):
    score: int = Field(ge=1, le=10)


class RatingValue(_Value):
    value: Literal["helped", "no-change", "uncomfortable"]


class NoteValue(_Value):
    down_a_leg: bool = False
    pins_and_needles: bool = False
    cramp: bool = False
    dizzy: bool = False
    text: Annotated[str, StringConstraints(max_length=LONGEST_NOTE, pattern=r"^[^\x00]*$")] = ""


class EndValue(_Value):
    whole: bool


@transaction.atomic
def record(session: Session, fact: Fact) -> None:
    """Record one fact of a session. Raises FactError when it cannot be one of this session."""
    kind, _, name = fact.key.partition(":")
    recorder = _RECORDERS.get(kind)
    if recorder is None:
        raise FactError("unknown kind of fact")
    try:
        recorder(session, name, fact)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise FactError(f"{kind}: {where or 'value'}: {error.errors()[0]['type']}") from None


def _hold(session: Session, name: str, fact: Fact) -> None:
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 5 else -1
    if not 0 <= number < len(session.steps) or session.steps[number].kind != "hold":
        raise FactError("hold: this session has no such hold")
    step = session.steps[number]
    value = HoldValue.model_validate(fact.value)
    stretch = _stretch(session, session.items[step.item].slug)
    defaults = {"stretch": stretch, "side": step.side, **value.model_dump()}
    _keep_newest(Hold, {"session": session, "step": number}, defaults, fact)


def _pain(session: Session, name: str, fact: Fact) -> None:
    if name not in (Moment.BEFORE, Moment.AFTER, Moment.NEXT_DAY):
        raise FactError("pain: unknown moment")
    score = PainValue.model_validate(fact.value).score
    kept = PainScore.objects.select_for_update().filter(session=session, moment=name).first()
    if kept is None:
        PainScore.objects.create(
            user_id=session.user_id,
            session=session,
            moment=name,
            score=score,
            first_score=score,
            given_at=fact.at,
            time_zone=session.time_zone,
            sequence=fact.sequence,
        )
    elif fact.sequence > kept.sequence:
        kept.sequence = fact.sequence
        if kept.score != score:
            kept.score, kept.changed_at = score, fact.at
        kept.save(update_fields=["score", "changed_at", "sequence"])


def _rating(session: Session, name: str, fact: Fact) -> None:
    value = RatingValue.model_validate(fact.value).value
    _keep_newest(Rating, {"session": session, "stretch": _stretch(session, name)}, {"value": value}, fact)


def _note(session: Session, name: str, fact: Fact) -> None:
    if name:
        raise FactError("note: a session has one note")
    value = NoteValue.model_validate(fact.value)
    _keep_newest(SessionNote, {"session": session}, value.model_dump(), fact)


def _end(session: Session, name: str, fact: Fact) -> None:
    if name:
        raise FactError("end: a session has one end")
    session.finish(fact.at, whole=EndValue.model_validate(fact.value).whole)


_RECORDERS: dict[str, Callable[[Session, str, Fact], None]] = {
    "hold": _hold,
    "pain": _pain,
    "rating": _rating,
    "note": _note,
    "end": _end,
}


def _stretch(session: Session, slug: str) -> Stretch:
    if slug not in session.slugs:
        raise FactError("this session has no such stretch")
    return Stretch.objects.get(slug=slug)


def _keep_newest(
    model: type[Hold | Rating | SessionNote], key: dict[str, Any], values: dict[str, Any], fact: Fact
) -> None:
    """Insert the row of this key, or update it if the fact is newer than what is kept."""
    values = {**values, "at": fact.at, "sequence": fact.sequence}
    row, is_new = model._default_manager.select_for_update().get_or_create(**key, defaults=values)
    if not is_new and fact.sequence > row.sequence:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))

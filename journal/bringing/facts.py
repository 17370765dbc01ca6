"""What happened in a session: which of it is not there yet, and the rows of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from journal.file.plans import Plan
from journal.file.shapes import (
    DeedShape,
    FactShape,
    HoldShape,
    HurtShape,
    NoteShape,
    RatingShape,
    ScoreShape,
    SessionShape,
)
from journal.models import Hold, HurtReport, Moment, PainScore, Rating, SessionNote
from routines.models import Session
from routines.plan import Step

MOMENTS = {"before": Moment.BEFORE, "after": Moment.AFTER, "next_day": Moment.NEXT_DAY}
CHUNK = 500
"""Sessions whose facts are asked for at once: databases take so many names."""


@dataclass(slots=True)
class Missing:
    """Facts of a session. `ends`: whether it came to its end, as far as that is not known yet."""

    NOUNS: ClassVar = (
        ("scores", "pain score", "pain scores"),
        ("holds", "hold", "holds"),
        ("hurts", "report of what hurt", "reports of what hurt"),
        ("ratings", "rating of a stretch", "ratings of stretches"),
        ("notes", "note", "notes"),
    )

    scores: dict[str, ScoreShape] = field(default_factory=dict)
    holds: list[HoldShape] = field(default_factory=list)
    hurts: list[HurtShape] = field(default_factory=list)
    ratings: list[RatingShape] = field(default_factory=list)
    notes: list[NoteShape] = field(default_factory=list)
    ends: bool = False

    @classmethod
    def all_of(cls, row: SessionShape) -> "Missing":
        scores = {name: score for name in MOMENTS if row.scores and (score := getattr(row.scores, name))}
        notes = [row.note] if row.note else []
        return cls(scores, row.holds or [], row.hurts or [], row.ratings or [], notes)

    @property
    def lacks(self) -> bool:
        """Whether there is anything."""
        return self.ends or any(getattr(self, name) for name, _, _ in self.NOUNS)

    @staticmethod
    def total(all_of: Iterable["Missing"]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for each in all_of:
            counts.update({name: len(getattr(each, name)) for name, _, _ in Missing.NOUNS})
        return counts


class Known:
    """What is there of some sessions: the natural keys of their facts."""

    def __init__(self, slug_of: Callable[[str], str]) -> None:
        self.slug_of = slug_of
        self.there: dict[str, dict[UUID, set[Any]]] = defaultdict(lambda: defaultdict(set))
        self.ends: dict[UUID, tuple[Any, bool]] = {}

    @classmethod
    def of(cls, sessions: list[UUID], slug_of: Callable[[str], str]) -> "Known":
        known = cls(slug_of)
        kinds: tuple[tuple[str, type[models.Model], str], ...] = (
            ("scores", PainScore, "moment"),
            ("holds", Hold, "step"),
            ("hurts", HurtReport, "step"),
            ("ratings", Rating, "stretch__slug"),
            ("notes", SessionNote, "session"),
        )
        for start in range(0, len(sessions), CHUNK):
            some = sessions[start : start + CHUNK]
            for name, model, key in kinds:
                rows = model._default_manager.filter(session__in=some)
                for session, value in rows.values_list("session_id", key).iterator():
                    known.there[name][session].add(value)
            for pk, finished_at, is_whole in Session.objects.filter(pk__in=some).values_list(
                "pk", "finished_at", "is_whole"
            ):
                known.ends[pk] = finished_at, is_whole
        return known

    def missing(self, row: SessionShape, session: UUID) -> Missing:
        """What the file has of this session that isn't there."""
        here = {name: self.there[name][session] for name, _, _ in Missing.NOUNS}
        facts = Missing.all_of(row)
        facts.scores = {
            name: score for name, score in facts.scores.items() if MOMENTS[name] not in here["scores"]
        }
        facts.holds = [hold for hold in facts.holds if hold.step not in here["holds"]]
        facts.hurts = [hurt for hurt in facts.hurts if hurt.step not in here["hurts"]]
        facts.ratings = [each for each in facts.ratings if self.slug_of(each.stretch) not in here["ratings"]]
        facts.notes = [] if here["notes"] else facts.notes
        finished_at, is_whole = self.ends[session]
        facts.ends = bool((row.finished_at and not finished_at) or (row.whole and not is_whole))
        return facts


def rows_of(
    facts: Missing,
    session: Session,
    plan: Plan,
    steps: tuple[Step, ...],
    stretches: Mapping[str, int],
) -> Iterator[models.Model]:
    """The rows of these facts. stretches: keys of rows, by the names of the file."""
    for name, score in facts.scores.items():
        yield score_row(score, session.user_id, session.time_zone, MOMENTS[name], session)
    for note in facts.notes:
        said = note.model_dump(exclude={"at", "sequence"})
        yield SessionNote(session=session, **said, **_when(note))
    for rating in facts.ratings:
        yield Rating(
            session=session, stretch_id=stretches[rating.stretch], value=rating.value, **_when(rating)
        )
    deeds: list[DeedShape] = [*facts.holds, *facts.hurts]
    for deed in deeds:
        step = steps[deed.step]
        values: dict[str, Any] = {
            "session": session,
            "step": deed.step,
            "side": step.side,
            "stretch_id": stretches[deed.stretch or plan.items[step.item].slug],
            "seconds": deed.seconds,
            **_when(deed),
        }
        if isinstance(deed, HoldShape):
            yield Hold(result=deed.result or Hold.Result.DONE, **values)
        else:
            yield HurtReport(**values)


def score_row(
    score: ScoreShape, user: int, zone: str, moment: Moment, session: Session | None = None
) -> PainScore:
    return PainScore(
        user_id=user,
        session=session,
        moment=moment,
        score=score.score,
        first_score=score.first_score or score.score,
        given_at=score.given_at,
        changed_at=score.changed_at,
        time_zone=score.time_zone or zone,
        sequence=score.sequence,
    )


def _when(fact: FactShape) -> dict[str, Any]:
    return {"at": fact.at, "sequence": fact.sequence}

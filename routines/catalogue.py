"""The ready-made routines: read, check and load the files of `routines/data`. Idempotent."""

from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from django.db import transaction
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, Field

from routines import plan
from routines.models import Item, Routine
from routines.models.routine import MOST_ITEMS
from stretches.catalogue import CatalogueError, read_toml
from stretches.dose import Dose
from stretches.models import Stretch

FOLDER = Path(__file__).parent / "data"
Text = Annotated[str, Field(min_length=1, max_length=300)]


class ItemEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    slug: str
    sets: int = Field(ge=1, le=10)
    reps: int = Field(ge=1, le=50)
    hold_seconds: int = Field(ge=0, le=600)
    sides: str
    seconds: int = Field(ge=1)
    source_number: int | None = None
    swap: str | None = None
    skip_if: Annotated[str, Field(max_length=120)] = ""
    optional: bool = False

    def dose(self, stretch: Stretch) -> Dose:
        """Sets, reps, hold and sides are written in the routine; rests and moves are the stretch's."""
        return replace(
            stretch.dose,
            sets=self.sets,
            reps=self.reps,
            hold_seconds=self.hold_seconds,
            sides=self.sides,
        )


class RoutineEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    slug: str
    position: int = Field(ge=1)
    name: Annotated[str, Field(min_length=1, max_length=80)]
    summary: Text
    intensity: int = Field(ge=1, le=10)
    acute_ok: bool
    dose_from: list[str]
    note: str
    equipment: list[str]
    target_minutes: int
    work_seconds: int
    total_seconds: int
    total_minutes: float
    items: list[ItemEntry] = Field(min_length=1, max_length=MOST_ITEMS)


def load(folder: Path = FOLDER) -> int:
    """Bring the ready-made routines in line with their files; nothing is loaded by halves.

    Returns how many were changed. Raises CatalogueError with file, key and reason. Call it after the
    stretches are loaded, in the same transaction.
    """
    files = sorted(folder.glob("*.toml"))
    stretches = {stretch.slug: stretch for stretch in Stretch.objects.all()}
    entries = [(file, read_toml(file, RoutineEntry)) for file in files]
    _check(entries, stretches)
    kept = {routine.slug: routine for routine in Routine.objects.filter(owner=None)}
    changed = 0
    with transaction.atomic():
        for file, entry in entries:
            changed += _store(entry, _digest(file, entry, stretches), kept.get(entry.slug), stretches)
        gone = Routine.objects.filter(owner=None, listed=True).exclude(slug__in=[e.slug for _, e in entries])
        changed += gone.update(listed=False)
    return changed


def _digest(file: Path, entry: RoutineEntry, stretches: dict[str, Stretch]) -> str:
    """Of the file and of what it takes from its stretches."""
    doses = [item.dose(stretches[item.slug]) for item in entry.items]
    return sha256(file.read_bytes() + repr(doses).encode()).hexdigest()


def _check(entries: list[tuple[Path, RoutineEntry]], stretches: dict[str, Stretch]) -> None:
    """Raise CatalogueError for everything a single file cannot know by itself."""
    faults: list[str] = []
    names: set[str] = set()
    for file, entry in entries:
        if entry.slug != file.stem:
            faults.append(f"{file.name}: slug: must be the file's name, {file.stem}, not {entry.slug}")
        if entry.name.casefold() in names:
            faults.append(f"{file.name}: name: another routine is already called {entry.name}")
        names.add(entry.name.casefold())
        unknown = [
            f"{file.name}: items.{number}.{key}: no stretch is called {slug}"
            for number, item in enumerate(entry.items)
            for key, slug in (("slug", item.slug), ("swap", item.swap))
            if slug and slug not in stretches
        ]
        faults += unknown or _check_times(file, entry, stretches)
    if faults:
        raise CatalogueError(faults)


def _check_times(file: Path, entry: RoutineEntry, stretches: dict[str, Stretch]) -> list[str]:
    """The times written in the file are a check on the plan, and the other way round."""
    doses = [item.dose(stretches[item.slug]) for item in entry.items]
    faults = [
        f"{file.name}: items.{number}.seconds: {item.slug} takes {dose.seconds} s, not {item.seconds}"
        for number, (item, dose) in enumerate(zip(entry.items, doses, strict=True))
        if dose.seconds != item.seconds
    ]
    items = [plan.PlanItem(item.slug, "", "", dose) for item, dose in zip(entry.items, doses, strict=True)]
    total = plan.total_seconds(items)
    if total != entry.total_seconds:
        faults.append(f"{file.name}: total_seconds: its items take {total} s, not {entry.total_seconds}")
    return faults


def _store(entry: RoutineEntry, digest: str, kept: Routine | None, stretches: dict[str, Stretch]) -> bool:
    if kept and kept.digest == digest and kept.listed:
        return False
    values: dict[str, Any] = entry.model_dump(include={"name", "summary", "note", "position"})
    values |= {"digest": digest, "listed": True, "changed_at": timezone.now()}
    routine, _ = Routine.objects.update_or_create(owner=None, slug=entry.slug, defaults=values)
    routine.items.all().delete()
    Item.objects.bulk_create(
        Item(
            routine=routine,
            stretch=stretches[item.slug],
            position=position,
            swap=stretches[item.swap] if item.swap else None,
            skip_if=item.skip_if,
            is_optional=item.optional,
            **asdict(item.dose(stretches[item.slug])),
        )
        for position, item in enumerate(entry.items, start=1)
    )
    return True

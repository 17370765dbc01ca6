"""The catalogue: read, check and load the files of `stretches/data`. All or nothing, and idempotent."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from stretches.entry import CatalogueError, StretchShape, VocabularyShape, place, read_toml
from stretches.figure.draw import complaints, still
from stretches.models import Equipment, Muscle, Stretch, StretchMuscle
from stretches.words import Area, Direction, Kind, Position, fold

__all__ = ["FOLDER", "Catalogue", "CatalogueError", "load", "read", "read_toml"]

FOLDER = Path(__file__).parent / "data"
VOCABULARY = "vocabulary.toml"


@dataclass(frozen=True)
class Catalogue:
    """All files of a folder, checked. `entries` by slug, in the order of their names."""

    vocabulary: VocabularyShape
    entries: dict[str, StretchShape]


def read(folder: Path = FOLDER) -> Catalogue:
    """Read and check all files. Raises CatalogueError with every fault that was found."""
    faults: list[str] = []
    vocabulary = read_toml(folder / VOCABULARY, VocabularyShape)
    entries: dict[Path, StretchShape] = {}
    for file in stretch_files(folder):
        try:
            entries[file] = read_toml(file, StretchShape)
        except CatalogueError as error:
            faults += error.faults
    for file, entry in entries.items():
        faults += (f"{place(file)}: {fault}" for fault in faults_of(file, entry, vocabulary, folder))
    names = Counter(fold(entry.name) for entry in entries.values())
    faults += (
        f"{place(file)}: name: another stretch is called {entry.name} too"
        for file, entry in entries.items()
        if names[fold(entry.name)] > 1
    )
    if faults:
        raise CatalogueError(faults)
    return Catalogue(vocabulary, {entry.slug: entry for entry in entries.values()})


def stretch_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.toml") if file.name != VOCABULARY)


def faults_of(file: Path, entry: StretchShape, vocabulary: VocabularyShape, folder: Path) -> Iterator[str]:
    """What is wrong with an entry that its own shape cannot tell, as "key: reason"."""
    if entry.slug != file.stem:
        yield f"slug: must be the name of the file, {file.stem}, not {entry.slug}"
    for key, slugs, known in (
        ("equipment", entry.equipment, vocabulary.equipment),
        ("caution_codes", entry.caution_codes, vocabulary.cautions),
        ("muscles.primary", entry.muscles.primary, vocabulary.muscles),
        ("muscles.secondary", entry.muscles.secondary, vocabulary.muscles),
        ("claims", [claim.article for claim in entry.claims if claim.article], vocabulary.articles),
        ("sources", [source.article for source in entry.sources if source.article], vocabulary.articles),
    ):
        yield from (f"{key}: {slug} is not in {VOCABULARY}" for slug in slugs if slug not in known)
    twice = Counter([*entry.muscles.primary, *entry.muscles.secondary])
    yield from (f"muscles: {slug} is there {count} times" for slug, count in twice.items() if count > 1)
    for key, step in (("easier", entry.easier), ("harder", entry.harder)):
        if step.slug == entry.slug or (step.slug and not (folder / f"{step.slug}.toml").is_file()):
            yield f"{key}.slug: there is no other stretch {step.slug}"
    if (entry.pose.working == "both") != (entry.dose.sides == "both"):
        yield f"pose.working: must go with dose.sides, {entry.dose.sides}, not be {entry.pose.working}"
    try:
        pose = entry.pose.model_dump(exclude_unset=True)
        still(pose)
        yield from (f"pose: {complaint}" for complaint in complaints(pose))
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        yield f"pose: cannot be drawn: {type(error).__name__}: {error}"


def state_of(stretch: Stretch, folder: Path = FOLDER) -> list[str]:
    """What is wrong with a catalogue's row or its file, a sentence each; nothing when all is well."""
    file = folder / f"{stretch.slug}.toml"
    if not file.is_file():
        return ["It is no longer in the files. Routines and sessions keep it."]
    try:
        vocabulary = read_toml(folder / VOCABULARY, VocabularyShape)
        faults = list(faults_of(file, read_toml(file, StretchShape), vocabulary, folder))
    except CatalogueError as error:
        faults = error.faults
    if not faults and stretch.digest != dict(digests_of(folder))[file]:
        faults = ["Its file has changed since. ./limber manage load_catalogue brings it here."]
    return faults


def load(folder: Path = FOLDER) -> int:
    """Bring the rows in line with the files; nothing is loaded by halves.

    Returns how many stretches were added, changed, taken out or brought back: 0 the second time. A
    stretch that is no longer in the files is only unlisted, for the routines and sessions that use it.
    Raises CatalogueError with every fault that was found.
    """
    digests = {file.stem: digest for file, digest in digests_of(folder)}
    if digests == dict(Stretch.objects.listed().values_list("slug", "digest")):
        return 0  # reading and drawing takes a second; every start of the server comes by here
    catalogue = read(folder)
    with transaction.atomic():
        kept = {each.slug: each for each in Stretch.objects.select_for_update().filter(owner=None)}
        changed = [
            entry
            for slug, entry in catalogue.entries.items()
            if slug not in kept or not kept[slug].listed or kept[slug].digest != digests[slug]
        ]
        store_vocabulary(catalogue.vocabulary)
        for entry in changed:
            kept[entry.slug] = store(entry, digests[entry.slug], catalogue.vocabulary)
        for entry in changed:  # only now that all are there
            kept[entry.slug].easier = kept.get(entry.easier.slug or "")
            kept[entry.slug].harder = kept.get(entry.harder.slug or "")
            kept[entry.slug].save(update_fields=["easier", "harder"])
        gone = Stretch.objects.listed().exclude(slug__in=catalogue.entries).update(listed=False)
    return len(changed) + gone


def digests_of(folder: Path) -> Iterator[tuple[Path, str]]:
    """Of everything that a row is made of: its file, the vocabulary, and the code that reads and draws."""
    here = Path(__file__).parent
    common = sha256((folder / VOCABULARY).read_bytes())
    for code in (
        *sorted((here / "figure").glob("*.py")),
        here / "entry.py",
        here / "words.py",
        Path(__file__),
    ):
        common.update(code.read_bytes())
    for file in stretch_files(folder):
        digest = common.copy()
        digest.update(file.read_bytes())
        yield file, digest.hexdigest()


def store_vocabulary(vocabulary: VocabularyShape) -> None:
    Equipment.objects.bulk_create(
        [Equipment(slug=slug, name=name) for slug, name in vocabulary.equipment.items()],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name"],
    )
    Muscle.objects.bulk_create(
        [Muscle(slug=slug, **muscle.model_dump()) for slug, muscle in vocabulary.muscles.items()],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name", "everyday_name", "area"],
    )


def store(entry: StretchShape, digest: str, vocabulary: VocabularyShape) -> Stretch:
    """Write one entry, all but the links to other entries."""
    figure = still(entry.pose.model_dump(exclude_unset=True))
    values = entry.model_dump(exclude={"slug", "equipment", "muscles", "dose", "easier", "harder", "pose"})
    values |= entry.dose.model_dump(exclude={"reason"})
    values |= {
        "default_reason": entry.dose.reason,
        "take_care": [vocabulary.cautions[code] for code in entry.caution_codes],
        "claims": [{**named(claim.article, vocabulary), "says": claim.says} for claim in entry.claims],
        "sources": [
            {**named(source.article, vocabulary, source.title), "what": source.what}
            for source in entry.sources
        ],
        "easier_text": entry.easier.text,
        "harder_text": entry.harder.text,
        "figure": figure.markup,
        "figure_box": figure.box,
        "figure_alt": entry.pose.desc,
        "figure_moves": len(entry.pose.frame) > 1,
        "figure_side": entry.pose.working,
        "search_text": search_text(entry, vocabulary),
        "listed": True,
        "digest": digest,
        "changed_at": timezone.now(),
    }
    stretch, _ = Stretch.objects.update_or_create(slug=entry.slug, defaults=values)
    Stretch.objects.filter(drawn_as=entry.slug).update(figure=figure.markup, figure_box=figure.box)
    stretch.equipment.set(Equipment.objects.filter(slug__in=entry.equipment))
    stretch.stretch_muscles.all().delete()
    slugs = [*entry.muscles.primary, *entry.muscles.secondary]
    muscles = Muscle.objects.in_bulk(slugs, field_name="slug")
    StretchMuscle.objects.bulk_create(
        StretchMuscle(
            stretch=stretch, muscle=muscles[slug], primary=slug in entry.muscles.primary, position=position
        )
        for position, slug in enumerate(slugs, start=1)
    )
    return stretch


def named(article: str | None, vocabulary: VocabularyShape, title: str | None = None) -> dict[str, str]:
    """Title and author as a page shows them; no title for common practice, no author where none is named."""
    return vocabulary.articles[article].model_dump() if article else {"title": title or "", "author": ""}


def search_text(entry: StretchShape, vocabulary: VocabularyShape) -> str:
    """Everything a person may look for, folded."""
    words = [entry.name, *entry.also_known_as, Kind(entry.kind).label, Position(entry.position).label]
    words += (Direction(word).label for word in (entry.direction, *entry.directions_also))
    words += (vocabulary.equipment[slug] for slug in entry.equipment)
    for slug in (*entry.muscles.primary, *entry.muscles.secondary):
        words += (vocabulary.muscles[slug].name, vocabulary.muscles[slug].everyday_name)
    for area in sorted({vocabulary.muscles[slug].area for slug in entry.muscles.primary}):
        words += (Area(area).label, *vocabulary.areas.get(area, ()))
    return fold(" | ".join(words))

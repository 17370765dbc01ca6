"""The drawings as files that browsers may keep for good: made before the static files are collected.

Chosen by measurement over drawings inside the page: the list of 48 with its pictures is 45 KB compressed
each time when they are inline, 34 KB once and 6 KB from then on when they are one file. A page's custom
properties reach into `<use href="figures/cat-cow.svg#cat-cow">`, so one file serves every theme and surface.
"""

from pathlib import Path

from django.conf import settings

from stretches import catalogue
from stretches.figure.draw import still
from stretches.figure.move import moving

ALL = "figures/all.svg"
"""Every drawing in one file, for pages that show most of them."""


def one(slug: str) -> str:
    """The static file of one drawing."""
    return f"figures/{slug}.svg"


def in_motion(slug: str) -> str:
    """The static file of one drawing that moves. It stands for itself only when inlined by a script."""
    return f"figures/{slug}-moving.svg"


def build(folder: Path = catalogue.FOLDER) -> int:
    """Write the drawings of all files of the catalogue; returns how many, 0 when they were there already.

    The same files give the same bytes. Raises CatalogueError, and OSError where nothing can be written.
    """
    digest = "\n".join(f"{file.stem} {digest}" for file, digest in catalogue.digests_of(folder))
    target = settings.DRAWINGS / "figures"
    done = target / ".digest"
    if done.exists() and done.read_text() == digest:
        return 0
    poses = {
        slug: entry.pose.model_dump(exclude_unset=True)
        for slug, entry in catalogue.read(folder).entries.items()
    }
    target.mkdir(parents=True, exist_ok=True)
    drawn = {slug: f'<g id="{slug}">{still(pose).markup}</g>' for slug, pose in poses.items()}
    files = {one(slug): svg(markup) for slug, markup in drawn.items()}
    files |= {in_motion(slug): svg(moving(pose).markup) for slug, pose in poses.items()}
    files[ALL] = svg("\n".join(drawn.values()))
    for name, text in files.items():
        (settings.DRAWINGS / name).write_text(text)
    done.write_text(digest)
    return len(poses)


def svg(markup: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{markup}</svg>\n'

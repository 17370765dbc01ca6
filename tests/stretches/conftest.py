import shutil
from pathlib import Path

import pytest

from stretches import catalogue
from stretches.models import Stretch

# Few, so that reading them is quick; easier and harder ones stay among them.
FEW = (
    "all-fours-hip-circles",
    "bird-dog",
    "childs-pose",
    "counter-half-dog",
    "gentle-walk",
    "side-reach-childs-pose",
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of some of the shipped files, to change."""
    folder = tmp_path / "stretches" / "data"
    folder.mkdir(parents=True)
    for name in ("vocabulary", *FEW):
        shutil.copy(catalogue.FOLDER / f"{name}.toml", folder)
    return folder


@pytest.fixture
def loaded(db: None) -> dict[str, Stretch]:
    """The shipped catalogue in the database, by slug."""
    catalogue.load()
    return {stretch.slug: stretch for stretch in Stretch.objects.with_details()}

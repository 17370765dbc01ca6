from pathlib import Path

import pytest

from stretches import catalogue
from stretches.catalogue import CatalogueError
from stretches.models import Equipment, Muscle, Stretch

in_the_database = pytest.mark.django_db


def change(folder: Path, slug: str, old: str, new: str) -> None:
    """Put other text in a file; `old` must be there exactly once."""
    file = folder / f"{slug}.toml"
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def faults(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as refusal:
        catalogue.read(folder)
    return refusal.value.faults


def test_all_shipped_stretches_load(loaded: dict[str, Stretch]):
    assert len(loaded) == 48
    assert all(stretch.listed for stretch in loaded.values())
    assert all(stretch.figure and stretch.figure_alt and stretch.steps for stretch in loaded.values())
    assert Muscle.objects.count() == 39
    assert Equipment.objects.count() == 10


def test_an_entry_arrives_with_all_that_its_file_says(loaded: dict[str, Stretch]):
    tilt = loaded["pelvic-tilt"]
    assert tilt.name == "Pelvic tilt"
    assert tilt.dose_words == "10 times"
    assert tilt.seconds == 50
    assert tilt.direction_words == "Bending forward, bending back"
    assert tilt.summary == (
        "A very gentle movement that bends the low back forward and backward, lying on your back."
    )
    assert tilt.easier == loaded["seated-cat-cow"]
    assert tilt.harder == loaded["bridge-hold"]
    assert [piece.name for piece in tilt.equipment.all()] == ["mat"]
    assert [muscle.everyday_name for muscle in tilt.primary_muscles] == ["front of the belly", "deep belly"]
    assert tilt.sources[0]["author"].endswith("Brian Yee, Physical Medicine & Rehabilitation")
    assert tilt.take_care == ["Later pregnancy: do not stay flat on your back; tilt to one side or prop up."]


@in_the_database
def test_loading_again_changes_nothing(files: Path):
    catalogue.load(files)
    before = list(Stretch.objects.values_list("pk", "changed_at"))
    assert catalogue.load(files) == 0
    assert list(Stretch.objects.values_list("pk", "changed_at")) == before


@in_the_database
def test_loading_again_asks_one_question_of_the_database(files: Path, django_assert_num_queries):
    catalogue.load(files)
    with django_assert_num_queries(1):
        catalogue.load(files)


@in_the_database
def test_a_changed_file_changes_its_entry_and_no_other(files: Path):
    catalogue.load(files)
    before = dict(Stretch.objects.values_list("slug", "changed_at"))
    change(files, "bird-dog", "reps = 6", "reps = 7")
    assert catalogue.load(files) == 1
    assert Stretch.objects.get(slug="bird-dog").reps == 7
    after = dict(Stretch.objects.values_list("slug", "changed_at"))
    assert [slug for slug in before if after[slug] != before[slug]] == ["bird-dog"]


@in_the_database
def test_a_changed_pose_changes_the_drawing(files: Path):
    catalogue.load(files)
    before = Stretch.objects.get(slug="counter-half-dog").figure
    change(files, "counter-half-dog", "pelvis = [71, 64]", "pelvis = [73, 64]")
    catalogue.load(files)
    assert Stretch.objects.get(slug="counter-half-dog").figure != before


@in_the_database
def test_a_word_changed_in_the_vocabulary_reaches_the_entries(files: Path):
    catalogue.load(files)
    change(files, "vocabulary", '"buttock"', '"bottom"')
    catalogue.load(files)
    assert Muscle.objects.get(slug="gluteus-maximus").everyday_name == "bottom"
    facets = Stretch.objects.facets()
    pks = facets.page(facets.search("bottom"), facets.everything, "", 0, 60)
    assert Stretch.objects.get(slug="bird-dog").pk in pks


@in_the_database
def test_an_entry_taken_out_is_kept_but_not_listed_and_comes_back_with_its_file(files: Path):
    catalogue.load(files)
    walk = Stretch.objects.get(slug="gentle-walk")
    text = (files / "gentle-walk.toml").read_text()
    (files / "gentle-walk.toml").unlink()
    assert catalogue.load(files) == 1
    walk.refresh_from_db()
    assert not walk.listed
    assert walk not in Stretch.objects.listed()
    assert catalogue.load(files) == 0
    (files / "gentle-walk.toml").write_text(text)
    assert catalogue.load(files) == 1
    assert Stretch.objects.listed().get(slug="gentle-walk").pk == walk.pk


@in_the_database
def test_nothing_is_loaded_by_halves(files: Path):
    catalogue.load(files)
    change(files, "bird-dog", "reps = 6", "reps = 7")
    change(files, "childs-pose", "reps = 1", "reps = 0")
    with pytest.raises(CatalogueError):
        catalogue.load(files)
    assert Stretch.objects.get(slug="bird-dog").reps == 6


KINDS = "release, stretch, active-stretch, mobility, activation, strength"
FAULTS = {
    "a number out of range": ("reps = 1", "reps = 0", "dose.reps: must be 1 to 50, not 0"),
    "a number as a text": ("reps = 1", 'reps = "1"', "dose.reps: input should be a valid integer, not '1'"),
    "a missing number": ("reps = 1\n", "", "dose.reps: is missing"),
    "an unknown key": ("reps = 1", "reps = 1\nrepeats = 1", "dose.repeats: is not a key of this file"),
    "too strong": ("intensity = 3", "intensity = 11", "intensity: must be 1 to 10, not 11"),
    "a range upside down": (
        "hold_min_seconds = 30",
        "hold_min_seconds = 90",
        "dose: hold_min_seconds must not be more than hold_max_seconds",
    ),
    "a dose that takes no time": (
        "hold_seconds = 30\nhold_min_seconds = 30\nhold_max_seconds = 60\nrest_seconds = 5\nmove_seconds = 8",
        "hold_seconds = 0\nhold_min_seconds = 0\nhold_max_seconds = 60\nrest_seconds = 5\nmove_seconds = 0",
        "dose: hold_seconds and move_seconds must not both be 0",
    ),
    "an unknown word": ('kind = "stretch"', 'kind = "bend"', f"kind: must be one of {KINDS}, not bend"),
    "unknown equipment": ('["mat", "cushion"]', '["mat", "rug"]', "equipment: rug is not in vocabulary.toml"),
    "an unknown caution": (
        '"kneeling", "knee"',
        '"kneeing"',
        "caution_codes: kneeing is not in vocabulary.toml",
    ),
    "an unknown muscle": (
        '["erector-spinae"',
        '["spine"',
        "muscles.primary: spine is not in vocabulary.toml",
    ),
    "a muscle twice": ('["gluteus-maximus"', '["erector-spinae"', "muscles: erector-spinae is there 2 times"),
    "an unknown article": (
        '{ article = "yee", says',
        '{ article = "me", says',
        "claims: me is not in vocabulary.toml",
    ),
    "a source of nothing": (
        '{ article = "yee", what',
        "{ what",
        "sources.0: must have an article or a title, and not both",
    ),
    "easier than nothing": (
        'slug = "counter-half-dog"',
        'slug = "sofa"',
        "easier.slug: there is no other stretch sofa",
    ),
    "harder than itself": (
        'slug = "side-reach-childs-pose"',
        'slug = "childs-pose"',
        "harder.slug: there is no other stretch childs-pose",
    ),
    "a slug that is not the file's name": (
        'slug = "childs-pose"',
        'slug = "child-pose"',
        "slug: must be the name of the file, childs-pose, not child-pose",
    ),
    "a name that is taken": (
        'name = "Child\'s pose"',
        'name = "Bird dog"',
        "name: another stretch is called Bird dog too",
    ),
    "a drawing of the wrong sides": (
        'working = "both"',
        'working = "left"',
        "pose.working: must go with dose.sides, both, not be left",
    ),
    "a muscle that cannot be drawn": (
        'target = ["lower back"]',
        'target = ["lower bakc"]',
        "pose: cannot be drawn: KeyError: 'lower bakc'",
    ),
    "an unknown key in a pose": (
        'name = "Hold"',
        'name = "Hold"\nhaed = 1',
        "pose.frame.1.haed: is not a key of",
    ),
}


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_refused_with_its_file_its_key_and_the_reason(files: Path, old: str, new: str, fault: str):
    change(files, "childs-pose", old, new)
    found = faults(files)
    assert [line for line in found if line.startswith(f"stretches/data/childs-pose.toml: {fault}")], found


def test_a_pose_whose_hand_cannot_reach_is_refused(files: Path):
    change(files, "counter-half-dog", "wrist = [155, 63]", "wrist = [195, 63]")
    assert faults(files)[0].startswith("stretches/data/counter-half-dog.toml: pose: Start: left wrist is ")


def test_a_pose_that_sinks_into_the_floor_is_refused(files: Path):
    change(files, "childs-pose", "wrist = [126, 3]", "wrist = [126, 1]")
    assert "stretches/data/childs-pose.toml: pose: Hold: left wrist is too low (1.0)" in faults(files)


def test_a_file_without_a_dose_is_refused(files: Path):
    text = (files / "bird-dog.toml").read_text()
    dose = text[text.index("[dose]") : text.index("[muscles]")]
    change(files, "bird-dog", dose, "")
    assert faults(files) == ["stretches/data/bird-dog.toml: dose: is missing"]


def test_a_file_that_is_not_toml_is_refused(files: Path):
    change(files, "bird-dog", "[dose]", "[dose")
    (fault,) = faults(files)
    assert fault.startswith("stretches/data/bird-dog.toml: is not valid TOML: ")


def test_all_faults_are_told_at_once(files: Path):
    change(files, "bird-dog", "reps = 6", "reps = 0")
    change(files, "childs-pose", "reps = 1", "reps = 51")
    change(files, "gentle-walk", 'kind = "mobility"', 'kind = "walk"')
    assert [fault.partition(": ")[0] for fault in faults(files)] == [
        "stretches/data/bird-dog.toml",
        "stretches/data/childs-pose.toml",
        "stretches/data/gentle-walk.toml",
    ]


@in_the_database
def test_the_state_of_an_entry_says_what_is_wrong_with_its_file(files: Path):
    catalogue.load(files)
    walk = Stretch.objects.get(slug="gentle-walk")
    assert catalogue.state_of(walk, files) == []
    change(files, "gentle-walk", 'name = "Gentle walk"', 'name = "Very gentle walk"')
    assert catalogue.state_of(walk, files) == [
        "Its file has changed since. ./limber manage load_catalogue brings it here."
    ]
    change(files, "gentle-walk", 'position = "standing"', 'position = "flying"')
    (fault,) = catalogue.state_of(walk, files)
    assert "position: must be one of" in fault
    (files / "gentle-walk.toml").unlink()
    assert "no longer in the files" in catalogue.state_of(walk, files)[0]

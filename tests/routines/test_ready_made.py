"""The shipped routines and the command that loads them."""

import tomllib

import pytest
from django.core.management import CommandError, call_command

from routines import catalogue
from routines.models import Routine, Session
from routines.plan import freeze
from stretches.catalogue import CatalogueError
from tests.factories import make_routine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files, to be spoiled."""
    for file in catalogue.FOLDER.glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


@pytest.mark.parametrize("file", sorted(catalogue.FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_a_shipped_routine_takes_as_long_as_its_file_says(file):
    written = tomllib.loads(file.read_text())
    routine = Routine.objects.with_items().get(slug=file.stem)
    assert routine.seconds == written["total_seconds"]
    assert [item.dose.seconds for item in routine.ordered_items] == [i["seconds"] for i in written["items"]]
    session = Session(plan=freeze(routine.plan_items))
    assert sum(step.seconds for step in session.steps) == written["total_seconds"]


def test_loading_again_changes_nothing():
    before = list(Routine.objects.order_by("pk").values_list("pk", "changed_at", "items__pk"))
    call_command("load_catalogue", verbosity=0)
    assert list(Routine.objects.order_by("pk").values_list("pk", "changed_at", "items__pk")) == before


def test_a_changed_file_changes_its_routine_and_nobody_elses(folder, ana):
    own = make_routine(ana, "cat-cow", name="Three to soothe")
    file = folder / "soothe-three.toml"
    file.write_text(file.read_text().replace('name = "Three to soothe"', 'name = "Three quiet ones"'))
    pk = Routine.objects.get(slug="soothe-three").pk
    assert catalogue.load(folder) == 1
    assert Routine.objects.get(pk=pk).name == "Three quiet ones"
    assert ana.routines.get(pk=own.pk).name == "Three to soothe"


def test_a_routine_taken_out_of_the_files_leaves_the_list_and_stays_for_sessions(folder, ana):
    routine = Routine.objects.with_items().get(slug="desk-five")
    session = Session.objects.begin(ana, routine)
    (folder / "desk-five.toml").unlink()
    catalogue.load(folder)
    assert "desk-five" not in Routine.objects.ready_made().values_list("slug", flat=True)
    assert Session.objects.get(pk=session.pk).routine_id == routine.pk


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('slug = "zombie-crawl"', 'slug = "no-such"', "items.1.slug: no stretch is called no-such"),
        ("total_seconds = 307", "total_seconds = 300", "total_seconds: its items take 307 s, not 300"),
        ("seconds = 141", "seconds = 140", "items.0.seconds: standing-psoas-lunge takes 141 s, not 140"),
        ("hold_seconds = 60", "hold_seconds = 601", "hold_seconds"),
        ('slug = "soothe-three"', 'slug = "other"', "slug: must be the file's name"),
        ("target_minutes", "minutes_wanted", "minutes_wanted"),
    ],
)
def test_a_bad_file_is_refused_with_file_key_and_reason_and_nothing_is_loaded(folder, old, new, reason):
    good = folder / "acute-gentle.toml"
    good.write_text(good.read_text().replace("Sore-day gentle", "Changed"))
    file = folder / "soothe-three.toml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))
    with pytest.raises(CatalogueError) as refusal:
        catalogue.load(folder)
    assert "soothe-three.toml" in str(refusal.value)
    assert reason in str(refusal.value)
    assert not Routine.objects.filter(name="Changed").exists()


def test_two_routines_of_one_name_are_refused(folder):
    file = folder / "soothe-three.toml"
    file.write_text(file.read_text().replace('name = "Three to soothe"', 'name = "Sore-day gentle"'))
    with pytest.raises(CatalogueError, match="another routine is already called"):
        catalogue.load(folder)


def test_the_command_refuses_in_one_sentence(folder, monkeypatch):
    (folder / "desk-five.toml").write_text("slug = ")
    monkeypatch.setattr(catalogue.load, "__defaults__", (folder,))
    with pytest.raises(CommandError, match=r"desk-five\.toml"):
        call_command("load_catalogue", verbosity=0)

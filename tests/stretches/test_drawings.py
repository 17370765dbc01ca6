"""Drawings as static files, still and moving."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template

from stretches import drawings
from stretches.figure.draw import still
from stretches.figure.move import MOVE_SECONDS, moving
from stretches.models import Stretch
from tests.stretches.test_figures import POSES

MOVING = [slug for slug, pose in POSES.items() if len(pose["frame"]) > 1]


@pytest.fixture
def built(tmp_path, settings):
    """A folder of drawings of its own."""
    settings.DRAWINGS = tmp_path
    drawings.build()
    return tmp_path


def contents(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_every_stretch_has_a_still_and_a_moving_file_and_a_place_among_all(built):
    names = {file.name for file in built.rglob("*.svg")}
    assert names == {"all.svg"} | {f"{slug}.svg" for slug in POSES} | {f"{slug}-moving.svg" for slug in POSES}
    ids = [shape.attrib["id"] for shape in ET.parse(built / drawings.ALL).getroot()]
    assert ids == sorted(POSES)
    for slug in POSES:
        assert ET.parse(built / drawings.one(slug)).getroot()[0].attrib["id"] == slug


def test_the_files_are_free_of_script_style_and_references(built):
    for name, data in contents(built).items():
        if name.endswith(".svg"):
            assert not re.search(
                rb"<(script|style|image|a|use|foreignObject)\b|href|style=|url\(| on\w+=", data
            )


def test_drawing_again_gives_the_same_bytes_and_does_nothing_when_all_is_there(built):
    before = contents(built)
    assert drawings.build() == 0
    (built / "figures" / ".digest").write_text("of something older")
    assert drawings.build() == len(POSES)
    assert contents(built) == before


@pytest.mark.parametrize("slug", MOVING)
def test_a_drawing_that_moves_starts_and_ends_as_the_still_and_waits_to_be_asked(slug):
    drawing = ET.fromstring(f"<svg>{moving(POSES[slug]).markup}</svg>")
    assert moving(POSES[slug]).box == still(POSES[slug]).box
    animations = list(drawing.iter("animate"))
    assert animations
    assert {animation.attrib["begin"] for animation in animations} == {"indefinite"}
    assert {animation.attrib["attributeName"] for animation in animations} <= {"d", "opacity"}
    for animation in animations:
        values = animation.attrib["values"].split(";")
        times = [float(time) for time in animation.attrib["keyTimes"].split(";")]
        assert len(values) == len(times) == len(animation.attrib["keySplines"].split(";")) + 1
        assert times == sorted(times)
        assert (times[0], times[-1]) == (0, 1)
        assert values[0] == values[-1]


def test_there_and_back_takes_one_slow_breath():
    assert f'dur="{2 * MOVE_SECONDS}s"' in moving(POSES["knee-to-chest"]).markup
    assert 2 * MOVE_SECONDS == 10


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_a_page_refers_to_the_file_and_a_stretch_out_of_the_catalogue_brings_its_own_shapes():
    stretch = Stretch.objects.get(slug="cat-cow")
    template = Template("{% load figures %}{% figure stretch %}|{% figure stretch among_all=True %}")
    one, among_all = template.render(Context({"stretch": stretch})).split("|")
    assert '<use href="/static/figures/cat-cow.svg#cat-cow"/>' in one
    assert '<use href="/static/figures/all.svg#cat-cow"/>' in among_all
    stretch.listed = False
    gone = template.render(Context({"stretch": stretch}))
    assert "<use" not in gone
    assert gone.count("<path") == 2 * stretch.figure.count("<path")


@pytest.mark.usefixtures("catalogue", "db")
def test_the_files_are_found_among_the_static_files():
    assert finders.find(drawings.one("cat-cow")) == str(settings.DRAWINGS / drawings.one("cat-cow"))

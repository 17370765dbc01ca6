import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template

from stretches import catalogue
from stretches.figure.colours import TONES, colour, stylesheet
from stretches.figure.draw import complaints, still
from stretches.models import Stretch
from tests.stretches.processes import PROJECT, printed_in_two_processes

POSES = {slug: entry.pose.model_dump(exclude_unset=True) for slug, entry in catalogue.read().entries.items()}
HASH_OF_ALL = """
import tomllib
from hashlib import sha256
from pathlib import Path

from stretches.figure.draw import still

files = (tomllib.loads(file.read_text()) for file in sorted(Path("stretches/data").glob("*.toml")))
drawings = "".join(still(file["pose"]).markup for file in files if "pose" in file)
print(sha256(drawings.encode()).hexdigest())
"""


def render(template: str, stretch: Stretch) -> str:
    return Template("{% load figures %}" + template).render(Context({"stretch": stretch}))


@pytest.mark.parametrize("slug", POSES)
def test_every_stretch_has_a_drawing_that_nothing_is_wrong_with(slug: str):
    drawing = still(POSES[slug])
    svg = ET.fromstring(f"<svg>{drawing.markup}</svg>")
    assert len(svg) > 10
    assert {element.tag for element in svg} == {"path"}
    painted = {"fill", "stroke", "stroke-width", "paint-order"}
    assert {key for element in svg for key in element.attrib} <= {"d", "opacity", *painted}
    colours = {element.attrib.get(key) for element in svg for key in ("fill", "stroke")}
    assert colours <= {None, *map(colour, TONES)}
    assert not list(complaints(POSES[slug]))


@pytest.mark.parametrize("slug", POSES)
def test_the_bottom_of_a_drawing_is_the_floor(slug: str):
    _, y, wide, high = map(float, still(POSES[slug]).box.split())
    assert wide >= 180
    assert high / wide == pytest.approx(0.45, abs=0.01) or high / wide == pytest.approx(0.675, abs=0.01)
    if "view" not in POSES[slug]:  # seen from the side
        assert y + high == pytest.approx(0, abs=0.11)


def test_the_same_pose_gives_the_same_bytes_in_every_process():
    assert len(printed_in_two_processes(HASH_OF_ALL)) == 1


def test_the_style_sheet_on_disk_is_the_one_the_tones_give():
    css = (PROJECT / "static/css/figures.css").read_text()
    lines = css.splitlines()
    assert stylesheet().splitlines() == [line.removeprefix("  ") for line in lines[2:-1]]
    assert (lines[1], lines[-1]) == ("@layer components {", "}")


def test_a_drawing_carries_its_words_unless_a_name_stands_beside_it(loaded: dict[str, Stretch]):
    stretch = loaded["cat-cow"]
    spoken = ET.fromstring(render("{% figure stretch %}", stretch))
    assert spoken.attrib["role"] == "img"
    assert spoken.attrib["aria-label"] == stretch.figure_alt
    silent = ET.fromstring(render("{% figure stretch decorative=True %}", stretch))
    assert silent.attrib["aria-hidden"] == "true"
    assert "aria-label" not in silent.attrib


def test_a_drawing_can_show_the_other_side(loaded: dict[str, Stretch]):
    svg = render("{% figure stretch flip=True %}", loaded["knee-to-chest"])
    assert ET.fromstring(svg).attrib["class"] == "figure figure--flip"


def test_the_words_of_a_drawing_are_escaped():
    stretch = Stretch(figure="<path/>", figure_box="0 0 1 1", figure_alt='a "bent" <knee>')
    assert ET.fromstring(render("{% figure stretch %}", stretch)).attrib["aria-label"] == 'a "bent" <knee>'

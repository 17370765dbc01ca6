import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import unescape

import pytest
from django.template import Context, Template
from django.test import Client

from stretches import catalogue
from stretches.figure.muscle_map import BOX, Part, area, bodies, draw, hatched, marks, solid
from stretches.figure.places import AREAS, MUSCLES, PLACES, REACH
from stretches.models import Stretch
from stretches.words import Area
from tests.stretches.processes import PROJECT, printed_in_two_processes

CATALOGUE = catalogue.read()
STRETCHES = {slug: entry.muscles for slug, entry in CATALOGUE.entries.items()}
HASH_OF_ALL = """
from hashlib import sha256

from stretches.figure.muscle_map import area, draw, marks
from stretches.figure.places import AREAS, MUSCLES

maps = [draw(marks(MUSCLES, [])), draw(marks([], MUSCLES)), [area(slug) for slug in AREAS]]
print(sha256(repr(maps).encode()).hexdigest())
"""
NUMBER = r"(-?(?:\d+\.?\d*|\.\d+))"
ARC = re.compile(rf"{NUMBER} ?{NUMBER} ?0 ?[01][01]{NUMBER} ?{NUMBER}")


def render(template: str, **context: object) -> str:
    return Template("{% load muscles %}" + template).render(Context(context))


def points(d: str) -> Iterator[complex]:
    """Every point that SVG path data names: ends, and handles of curves. Steps are relative, `M` is not."""
    at = 0j
    for letter, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        if letter == "a":
            steps = [complex(float(x), float(y)) for _, _, x, y in ARC.findall(numbers)]
        else:
            values = [float(n) for n in re.findall(NUMBER, numbers)]
            steps = [complex(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
        a_command = {"c": 3, "s": 2, "q": 2}.get(letter, 1)  # has so many points; the last is where it ends
        for i, step in enumerate(steps, 1):
            place = step if letter == "M" else at + step
            yield place
            if i % a_command == 0:
                at = place
        assert letter in "Mlcsqaz"


def test_every_muscle_has_a_place_and_every_place_a_muscle():
    assert set(MUSCLES) == set(CATALOGUE.vocabulary.muscles)
    assert {place for places in MUSCLES.values() for place in places} == set(PLACES)
    assert all(MUSCLES.values())


def test_every_area_that_the_catalogue_is_filtered_by_can_be_pressed():
    assert set(AREAS) == set(Area.values)
    assert set(REACH) <= set(AREAS)


@pytest.mark.parametrize("slug", STRETCHES)
def test_the_muscles_of_every_stretch_are_drawn_and_their_places_said(slug: str):
    primary, secondary = STRETCHES[slug].primary, STRETCHES[slug].secondary
    shown = marks(primary, secondary)
    drawn = draw(shown)
    for muscle in primary:
        assert all(solid(place) in drawn for place in MUSCLES[muscle])
    for muscle in secondary:
        assert all(solid(place) in drawn or hatched(place) in drawn for place in MUSCLES[muscle])
    assert len(drawn) == len(bodies()) + len(shown.main) + len(shown.also)
    assert all(place in shown.words for place in (*shown.main, *shown.also))


def test_what_is_main_is_not_said_or_drawn_as_also():
    shown = marks(["multifidus"], ["erector-spinae"])
    assert shown == (["lower back"], ["beside the spine"])
    assert shown.words == "Front and back of a body. Works mainly on: lower back. Also: beside the spine."
    tones = [part.tone for part in draw(shown)[len(bodies()) :]]
    assert sorted(tones) == ["also", "main"]
    assert hatched("lower back") not in draw(shown)


def test_also_differs_from_main_by_its_lines_and_not_by_colour_alone():
    for place in PLACES:
        assert hatched(place).d.count("M") >= solid(place).d.count("M") + 4, place


def test_a_muscle_without_a_place_is_left_out():
    assert marks(["heart"], ["piriformis"]) == ([], ["deep in the buttock"])


@pytest.mark.parametrize(
    "part",
    [*bodies(), *map(solid, PLACES), *map(hatched, PLACES), *(part for slug in AREAS for part in area(slug))],
    ids=lambda part: f"{part.tone} {part.d[:12]}",
)
def test_nothing_is_outside_the_picture_or_below_the_floor(part: Part):
    left, top, wide, high = map(float, BOX.split())
    found = list(points(part.d))
    assert len(found) > 2
    assert all(left <= p.real <= left + wide and top <= p.imag <= top + high for p in found)


def test_both_halves_of_a_place_mirror_each_other():
    for place in PLACES:
        xs = {view: [] for view in ("front", "back")}
        for p in points(solid(place).d):
            xs["front" if p.real < 58 else "back"].append(p.real)
        for middle, found in ((29, xs["front"]), (87, xs["back"])):
            if found:
                assert min(found) + max(found) == pytest.approx(2 * middle, abs=0.5), place


def test_the_same_muscles_give_the_same_bytes_in_every_process():
    assert len(printed_in_two_processes(HASH_OF_ALL)) == 1


def test_a_map_is_plain_shapes_whose_tones_the_style_sheet_knows(loaded: dict[str, Stretch]):
    css = (PROJECT / "static/css/muscle-map.css").read_text()
    assert "@layer components {" in css
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(|hsl\(", css)
    for stretch in loaded.values():
        html = render("{% muscle_map stretch %}", stretch=stretch)
        svg = ET.fromstring(re.search(r"<svg class=\"muscle-map\".*?</svg>", html).group())
        assert set(svg.attrib) == {"class", "viewBox", "role", "aria-label"}
        assert {child.tag for child in svg} == {"path"}
        assert {key for child in svg for key in child.attrib} == {"class", "d"}
        assert all(f".{child.attrib['class']} {{" in css for child in svg)
        assert not re.search(r"\b(id|style|href|src)=|<script", html)
        assert len(html) < 12_000


def test_the_page_of_a_stretch_shows_where_it_works_and_names_each_muscle_once(
    client: Client, loaded: dict[str, Stretch]
):
    for stretch in loaded.values():
        page = unescape(client.get(stretch.get_absolute_url()).text)
        shown = marks(*([m.slug for m in ms] for ms in (stretch.primary_muscles, stretch.secondary_muscles)))
        assert page.count(shown.words) == 1
        for muscle in stretch.primary_muscles + stretch.secondary_muscles:
            assert page.lower().count(str(muscle).lower()) == 1, (stretch, muscle)
    assert "css/muscle-map.css" in page


def test_every_area_is_a_link_on_the_body_and_in_the_list():
    html = render("{% muscle_map_links %}")
    svg = ET.fromstring(re.search(r"<svg.*?</svg>", html).group())
    on_the_body = {link.attrib["href"]: link.attrib["aria-label"] for link in svg.iter("a")}
    assert on_the_body == {f"/stretches/?area={slug}": name for slug, name in Area.choices}
    below = html.partition("</svg>")[2]
    assert dict(re.findall(r'<a class="link" href="([^"]+)">([^<]+)</a>', below)) == on_the_body


def test_the_areas_that_are_chosen_are_marked_in_both():
    html = render("{% muscle_map_links current=areas %}", areas=["buttocks"])
    assert re.findall(r'area=([a-z-]+)"[^>]*aria-current="true"', html) == ["buttocks", "buttocks"]

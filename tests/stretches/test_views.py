from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stretches.models import Equipment, Stretch
from stretches.words import Direction, Kind, Position

LIST = "/stretches/"
AS_HTMX = {"HX-Request": "true", "HX-Target": "section#stretches"}


def found(client: Client, **query: Any) -> set[str]:
    """The slugs that the list shows."""
    page = client.get(LIST, query)
    assert page.status_code == 200
    return {stretch.slug for stretch in page.context["stretches"]}


def test_a_newcomer_sees_every_stretch(client: Client, loaded: dict[str, Stretch]):
    page = client.get(LIST)
    assert page.status_code == 200
    assert "<h2" in page.text
    assert "48 stretches" in page.text
    for stretch in loaded.values():
        assert f'href="{stretch.get_absolute_url()}"' in page.text


def test_htmx_gets_the_list_alone_and_caches_are_told(client: Client, loaded: dict[str, Stretch]):
    page = client.get(LIST, {"q": "figure four"}, headers=AS_HTMX)
    assert ET.fromstring(page.text.strip()).attrib["id"] == "stretches"
    assert "HX-Target" in page.headers["Vary"]
    assert "HX-Target" in client.get(LIST).headers["Vary"]


@pytest.mark.parametrize("address", [LIST, "/stretches/cat-cow/"])
def test_pages_of_the_catalogue_only_answer_get(client: Client, loaded: dict[str, Stretch], address: str):
    assert client.post(address).status_code == 405


def test_search_finds_names_other_names_and_muscles(client: Client, loaded: dict[str, Stretch]):
    assert found(client, q="bird dog") == {"bird-dog"}
    assert found(client, q="CHILD\u2019S pose") == {"childs-pose", "side-reach-childs-pose"}
    assert found(client, q="balasana") == {"childs-pose"}
    assert "bridge-hold" in found(client, q="buttock")
    assert "bridge-hold" in found(client, q="gluteus max")
    assert found(client, q="cat hamstring") == set()


PASSES: dict[str, Callable[[Stretch, str], bool]] = {
    "position": lambda stretch, word: stretch.position == word,
    "kind": lambda stretch, word: stretch.kind == word,
    "direction": lambda stretch, word: word in {stretch.direction, *stretch.directions_also},
    "need": lambda stretch, word: (
        word in pieces(stretch) if word != "nothing" else not pieces(stretch) - {"mat"}
    ),
    "sore": lambda stretch, word: stretch.acute_ok,
}


def pieces(stretch: Stretch) -> set[str]:
    return {piece.slug for piece in stretch.equipment.all()}


queries = st.fixed_dictionaries(
    {},
    optional={
        "position": st.lists(st.sampled_from(Position.values), unique=True, min_size=1),
        "kind": st.lists(st.sampled_from(Kind.values), unique=True, min_size=1),
        "direction": st.lists(st.sampled_from(Direction.values), unique=True, min_size=1),
        "need": st.lists(
            st.sampled_from(["nothing", "wall", "chair", "cushion", "strap", "bed"]), unique=True, min_size=1
        ),
        "sore": st.just(["1"]),
    },
)


@given(query=queries)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_filters_widen_within_a_group_and_narrow_between_groups(
    client: Client, loaded: dict[str, Stretch], query: dict[str, list[str]]
):
    assert found(client, **query) == {
        slug
        for slug, stretch in loaded.items()
        if all(any(PASSES[key](stretch, word) for word in words) for key, words in query.items())
    }


def test_every_filter_that_is_on_can_be_taken_off_by_a_link(client: Client, loaded: dict[str, Stretch]):
    query = {"q": "cat", "kind": ["mobility", "stretch"], "sore": "1"}
    active = client.get(LIST, query).context["active"]
    assert [each.words for each in active] == ["Stretch", "Mobility", "Suited to a sore day", "“cat”"]
    assert active[0].without == urlencode({"q": "cat", "kind": "mobility", "sore": "1"})
    assert active[3].without == urlencode({"kind": ["mobility", "stretch"], "sore": "1"}, doseq=True)


def test_the_form_shows_what_the_address_says(client: Client, loaded: dict[str, Stretch]):
    page = client.get(LIST, {"q": "cat", "position": "seated", "sore": "1"})
    assert 'name="position" value="seated" checked' in page.text
    assert 'name="position" value="prone">' in page.text
    assert 'name="sore" value="1" checked' in page.text
    assert 'value="cat"' in page.text


def test_a_word_that_is_no_filter_filters_nothing(client: Client, loaded: dict[str, Stretch]):
    assert len(found(client, kind="juggling", q="\0", page="7")) == 48


def test_an_empty_result_says_so_and_leads_back(client: Client, loaded: dict[str, Stretch]):
    page = client.get(LIST, {"q": "trapeze"})
    assert "No stretch found" in page.text
    assert f'<a href="{LIST}">see all stretches</a>' in page.text


def test_what_a_person_typed_is_escaped(client: Client, loaded: dict[str, Stretch]):
    page = client.get(LIST, {"q": '"><b>cat'})
    assert "<b>cat" not in page.text
    assert "&lt;b&gt;cat" in page.text


def test_the_list_needs_no_more_queries_with_more_stretches(
    client: Client, loaded: dict[str, Stretch], django_assert_num_queries
):
    Stretch.objects.exclude(slug="cat-cow").update(listed=False)
    with django_assert_num_queries(2):
        client.get(LIST)
    Stretch.objects.update(listed=True)
    with django_assert_num_queries(2):
        client.get(LIST)


def test_a_stretch_page_says_how_long_how_and_when_to_stop(client: Client, loaded: dict[str, Stretch]):
    stretch = loaded["knee-to-chest"]
    page = client.get(stretch.get_absolute_url())
    assert page.status_code == 200
    for text in (stretch.name, stretch.summary, *stretch.steps, stretch.breath, stretch.feel_it):
        assert text in page.text
    assert "<dt>in all</dt><dd>1:13</dd>" in page.text
    assert "pain is sharp, sudden, stabbing or electric" in page.text
    assert stretch.figure in page.text
    assert 'href="/stretches/pelvic-tilt/"' in page.text
    assert 'href="/stretches/double-knee-to-chest/"' in page.text
    assert "Long muscles beside the spine (erector spinae), buttock (gluteus maximus)" in page.text
    assert "A guide to stretching for low back pain with seven stretches" in page.text
    assert f"{reverse('routines:routine-choose')}?stretch=knee-to-chest" in page.text


@pytest.mark.parametrize(
    "slug", ["cat-cow", "dead-bug", "counter-half-dog", "gentle-walk", "kneeling-side-bend-hold"]
)
def test_pages_of_all_sorts_of_stretches_answer(client: Client, loaded: dict[str, Stretch], slug: str):
    assert client.get(f"/stretches/{slug}/").status_code == 200


def test_a_stretch_nobody_knows_is_not_found(client: Client, loaded: dict[str, Stretch]):
    assert client.get("/stretches/trapeze/").status_code == 404


def test_a_stretch_taken_out_keeps_its_page_and_leaves_the_list(client: Client, loaded: dict[str, Stretch]):
    Stretch.objects.filter(slug="cat-cow").update(listed=False)
    page = client.get("/stretches/cat-cow/")
    assert page.status_code == 200
    assert "This stretch is no longer in the catalogue." in page.text
    assert "cat-cow" not in found(client)


def test_a_stretch_page_needs_no_more_queries_with_more_muscles_and_props(
    client: Client, loaded: dict[str, Stretch], django_assert_num_queries
):
    few = loaded["gentle-walk"]
    assert not few.equipment.all()
    with django_assert_num_queries(3):
        client.get(few.get_absolute_url())
    few.equipment.set(Equipment.objects.all())
    with django_assert_num_queries(3):
        client.get(few.get_absolute_url())


def test_nothing_on_the_pages_is_styled_or_scripted_inline(client: Client, loaded: dict[str, Stretch]):
    for address in (LIST, "/stretches/cat-cow/"):
        main = client.get(address).text.partition("<main")[2].partition("</main>")[0]
        assert " style=" not in main
        assert "<script" not in main
        assert " onclick" not in main


def test_the_admin_shows_a_stretch_and_its_drawing_but_changes_nothing(
    admin_client: Client, loaded: dict[str, Stretch]
):
    address = reverse("admin:stretches_stretch_change", args=[loaded["cat-cow"].pk])
    page = admin_client.get(address)
    assert loaded["cat-cow"].figure in page.text
    assert admin_client.post(address, {"name": "Dog-cow"}).status_code == 403
    assert admin_client.get(reverse("admin:stretches_stretch_add")).status_code == 403

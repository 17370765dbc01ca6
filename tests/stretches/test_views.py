from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stretches.models import Equipment, Stretch
from stretches.words import Area, Direction, Kind, Position

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
    assert page.text.strip().startswith('<section class="stack gap-4" id="stretches"')
    assert page.text.strip().endswith("</section>")
    assert page.text.count("<section") == 1
    assert page.text.count('hx-swap-oob="') == 2  # what stands beside it: the filters and how many are on
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
    "sore": lambda stretch, word: stretch.acute_ok,
    "area": lambda stretch, word: word in {muscle.area for muscle in stretch.primary_muscles},
    "sides": lambda stretch, word: (stretch.sides == "both") == (word == "together"),
    "time": lambda stretch, word: stretch.seconds <= 60 * int(word),
}
CHOICES: dict[str, list[str]] = {
    "position": Position.values,
    "kind": Kind.values,
    "direction": Direction.values,
    "have": ["nothing", "wall", "chair", "cushion", "strap", "bed"],
    "sore": ["1"],
    "area": Area.values,
    "sides": ["together", "one"],
    "time": ["1", "2", "5"],
}


def pieces(stretch: Stretch) -> set[str]:
    return {piece.slug for piece in stretch.equipment.all()}


def passing(stretches: dict[str, Stretch], query: dict[str, list[str]]) -> set[str]:
    """The slugs that a plain filter over the data leaves."""
    return {
        slug
        for slug, stretch in stretches.items()
        if all(
            any(PASSES[key](stretch, word) for word in words) for key, words in query.items() if key != "have"
        )
        and ("have" not in query or pieces(stretch) <= {"mat", *query["have"]})
    }


queries = st.fixed_dictionaries(
    {},
    optional={
        group: st.lists(st.sampled_from(choices), unique=True, min_size=1)
        for group, choices in CHOICES.items()
    },
)
with_the_catalogue = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("group", "choice"), [(group, choice) for group, choices in CHOICES.items() for choice in choices]
)
def test_each_filter_alone_leaves_what_a_plain_filter_leaves(
    client: Client, loaded: dict[str, Stretch], group: str, choice: str
):
    assert found(client, **{group: choice}) == passing(loaded, {group: [choice]})


@given(query=queries)
@settings(with_the_catalogue, max_examples=60)
def test_filters_widen_within_a_group_and_narrow_between_groups(
    client: Client, loaded: dict[str, Stretch], query: dict[str, list[str]]
):
    assert found(client, **query) == passing(loaded, query)


pairs = st.lists(st.sampled_from(sorted(CHOICES)), unique=True, min_size=2, max_size=2).flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.sampled_from(CHOICES[name]).map(lambda c: [c]) for name in names}
    )
)


@given(query=pairs, sort=st.sampled_from(["", "gentle", "short"]))
@settings(with_the_catalogue, max_examples=120)
def test_filters_in_pairs_leave_what_a_plain_filter_leaves_in_the_order_asked_for(
    client: Client, loaded: dict[str, Stretch], query: dict[str, list[str]], sort: str
):
    shown = client.get(LIST, {**query, "sort": sort}).context["stretches"]
    orders: dict[str, Callable[[Stretch], Any]] = {
        "": lambda stretch: stretch.name.lower(),
        "gentle": lambda stretch: (stretch.intensity, stretch.name.lower()),
        "short": lambda stretch: (stretch.seconds, stretch.name.lower()),
    }
    expected = sorted((loaded[slug] for slug in passing(loaded, query)), key=orders[sort])
    assert shown == expected


@given(query=queries, q=st.sampled_from(["", "hip", "figur for", "bum", "juggling"]))
@settings(with_the_catalogue, max_examples=15)
def test_the_number_beside_a_choice_is_what_ticking_it_gives(
    client: Client, loaded: dict[str, Stretch], query: dict[str, list[str]], q: str
):
    """In a group where others are ticked already, it is what this one would give in their place."""
    for group in client.get(LIST, {**query, "q": q}).context["filters"].groups:
        for chip in group.chips:
            assert chip.how_many == len(found(client, **{**query, group.name: chip.value, "q": q}))


def test_a_choice_that_gives_nothing_can_still_be_ticked(client: Client, loaded: dict[str, Stretch]):
    text = client.get(LIST, {"q": "sphinx"}).text
    chip = text[text.index('<label class="chip chip--none"') :].partition("</label>")[0]
    assert "disabled" not in chip
    assert '<span class="filters__count">0</span>' in chip


def test_an_empty_result_says_which_filter_to_drop_the_most_useful_first(
    client: Client, loaded: dict[str, Stretch]
):
    query = {"q": "figure", "position": "standing", "time": "2"}
    page = client.get(LIST, query)
    advice = page.context["filters"].advice
    ways = [(each.words, each.how_many) for each in advice]
    assert [words for words, _ in ways] == ["“figure”", "Standing"]
    for each in advice:
        assert 0 < each.how_many == len(client.get(f"{LIST}?{each.without}").context["stretches"])
        quoted = each.words if each.words.startswith("“") else f"“{each.words}”"
        assert (
            f"Without {quoted} there {'is' if each.how_many == 1 else 'are'} {each.how_many}</a>" in page.text
        )
    assert ways == sorted(ways, key=lambda way: -way[1])


def test_advice_on_an_empty_result_is_short(client: Client, loaded: dict[str, Stretch]):
    query = {
        "position": "prone",
        "kind": "mobility",
        "direction": "flexion",
        "have": "nothing",
        "sides": "one",
    }
    filters = client.get(LIST, query).context["filters"]
    assert filters.count == 0
    assert len(filters.advice) <= 3


def test_a_full_result_gives_no_advice(client: Client, loaded: dict[str, Stretch]):
    assert "Without “" not in client.get(LIST, {"position": "standing"}).text


@pytest.fixture
def many(loaded: dict[str, Stretch]) -> int:
    """Hundred more stretches, so that the list has three pages; returns how many there are in all."""
    walk = loaded["gentle-walk"]
    for number in range(100):
        Stretch.objects.create(
            slug=f"walk-{number}",
            name=f"Walk {number:03}",
            changed_at=timezone.now(),
            **{field: getattr(walk, field) for field in SAME},
        )
    return len(loaded) + 100


SAME = [
    "origin", "kind", "position", "direction", "spine_range", "hold_seconds", "hold_min_seconds", "hold_max_seconds",
    "move_seconds", "sides", "basis", "intensity", "acute_ok", "steps", "breath", "feel_it", "default_reason",
    "figure", "figure_box", "figure_alt", "figure_side", "search_text",
]  # fmt: skip


def test_a_long_list_comes_in_pages_of_sixty_and_every_stretch_once(client: Client, many: int):
    address, seen = LIST, []
    for size in (60, 60, many - 120):
        page = client.get(address)
        assert len(page.context["stretches"]) == size
        seen += [stretch.slug for stretch in page.context["stretches"]]
        assert f"{many} stretches" in page.text
        address = f"{LIST}?{page.context['filters'].more}"
    assert len(set(seen)) == many
    assert page.context["filters"].more == ""
    assert f"121 to {many} of {many}" in page.text
    assert 'href="?page=2"' in page.text  # those before


def test_the_link_to_more_keeps_the_filters_and_needs_no_script(client: Client, many: int):
    page = client.get(LIST, {"q": "walk", "sort": "short", "have": "nothing"})
    assert 'href="?q=walk&amp;have=nothing&amp;sort=short&amp;page=2"' in page.text
    assert (
        len(client.get(f"{LIST}?{page.context['filters'].more}").context["stretches"])
        == page.context["filters"].count - 60
    )


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 30, ""])
def test_a_page_that_makes_no_sense_is_the_first(client: Client, many: int, page: str):
    assert client.get(LIST, {"page": page}).context["filters"].page == 1


def test_a_page_behind_the_last_is_the_last(client: Client, many: int):
    assert client.get(LIST, {"page": "99"}).context["filters"].page == 3


@pytest.mark.parametrize(
    ("before", "after", "header"),
    [
        ("", {"q": "hip"}, "HX-Push-Url"),
        ("?q=hi", {"q": "hip"}, "HX-Replace-Url"),
        ("?q=hip", {"q": "hip", "position": "standing"}, "HX-Push-Url"),
        ("?q=hip", {"q": ""}, "HX-Push-Url"),
        ("?sort=short", {"q": "", "sort": ""}, "HX-Push-Url"),
    ],
)
def test_a_change_of_filters_is_a_step_in_history_but_a_letter_is_none(
    client: Client, loaded: dict[str, Stretch], before: str, after: dict[str, str], header: str
):
    headers = {**AS_HTMX, "HX-Current-URL": f"http://testserver{LIST}{before}"}
    response = client.get(LIST, after, headers=headers)
    clean = urlencode({key: value for key, value in after.items() if value})
    assert response.headers[header] == (f"{LIST}?{clean}" if clean else LIST)
    assert {"HX-Push-Url", "HX-Replace-Url"} & set(response.headers) == {header}


def test_every_filter_that_is_on_can_be_taken_off_by_a_link(client: Client, loaded: dict[str, Stretch]):
    query = {"q": "cat", "kind": ["mobility", "stretch"], "sore": "1"}
    active = client.get(LIST, query).context["filters"].active
    assert [each.words for each in active] == ["Stretch", "Mobility", "Suited to a sore day", "“cat”"]
    assert active[0].without == urlencode({"q": "cat", "kind": "mobility", "sore": "1"})
    assert active[3].without == urlencode({"kind": ["stretch", "mobility"], "sore": "1"}, doseq=True)


def test_the_form_shows_what_the_address_says(client: Client, loaded: dict[str, Stretch]):
    page = client.get(LIST, {"q": "cat", "position": "seated", "sore": "1"})
    assert 'name="position" value="seated" checked' in page.text
    assert 'name="position" value="prone">' in page.text
    assert 'name="sore" value="1" checked' in page.text
    assert 'value="cat"' in page.text


def test_a_word_that_is_no_filter_filters_nothing(client: Client, loaded: dict[str, Stretch]):
    assert len(found(client, kind="juggling", q="\0", page="7")) == 48


def test_an_empty_result_says_so_and_leads_back(client: Client, loaded: dict[str, Stretch]):
    page = client.get(LIST, {"q": "juggling"})
    assert "No stretch found" in page.text
    assert f'<a href="{LIST}">See all stretches</a>' in page.text


def test_what_a_person_typed_is_escaped(client: Client, loaded: dict[str, Stretch]):
    page = client.get(LIST, {"q": '"><b>cat'})
    assert "<b>cat" not in page.text
    assert "&lt;b&gt;cat" in page.text


def test_the_list_needs_no_more_queries_with_more_stretches(
    client: Client, loaded: dict[str, Stretch], django_assert_num_queries
):
    """Three: is the catalogue still the same, asked twice, and the page. After a change the first asks four more."""
    for few in (True, False):
        Stretch.objects.exclude(slug="cat-cow").update(listed=not few)
        with django_assert_num_queries(7):
            client.get(LIST)
        with django_assert_num_queries(3):
            client.get(LIST, {"q": "cat", "have": "nothing", "area": "belly"})


def test_a_stretch_page_says_how_long_how_and_when_to_stop(client: Client, loaded: dict[str, Stretch]):
    stretch = loaded["knee-to-chest"]
    page = client.get(stretch.get_absolute_url())
    assert page.status_code == 200
    for text in (stretch.name, stretch.summary, *stretch.steps, stretch.breath, stretch.feel_it):
        assert text in page.text
    assert "<dt>in all</dt><dd>1:13</dd>" in page.text
    assert "pain is sharp, sudden, stabbing or electric" in page.text
    assert f"figures/{stretch.slug}.svg#{stretch.slug}" in page.text
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
    client.get(few.get_absolute_url())
    with django_assert_num_queries(6):
        client.get(few.get_absolute_url())
    few.equipment.set(Equipment.objects.all())
    with django_assert_num_queries(6):
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
    assert "Valid, and as shown here." in page.text
    assert "figures/cat-cow.svg#cat-cow" in page.text
    assert admin_client.post(address, {"name": "Dog-cow"}).status_code == 403
    assert admin_client.get(reverse("admin:stretches_stretch_add")).status_code == 403

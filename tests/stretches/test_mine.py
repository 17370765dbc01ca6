"""Marks, directions left out, and what lists make of them."""

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from stretches.facets import Card, Facets, FacetsOfPerson
from stretches.mine import Mine
from stretches.models import Mark, Stretch
from tests.factories import fill_with_stretches

pytestmark = pytest.mark.usefixtures("catalogue")


def mark(client: Client, slug: str, **data: str):
    return client.post(f"/stretches/{slug}/mark/", data)


def shown(client: Client, **query: object) -> list[str]:
    return [stretch.slug for stretch in client.get("/stretches/", query).context["stretches"]]


def test_a_favourite_is_marked_found_and_unmarked(client_of, ana):
    client = client_of(ana)
    mark(client, "cat-cow", favourite="1")
    mark(client, "sphinx", favourite="1")
    assert shown(client, yours="favourite") == ["cat-cow", "sphinx"]
    assert 'aria-pressed="true" aria-label="Favourite: Cat-cow"' in client.get("/stretches/").text
    mark(client, "sphinx", favourite="0")
    assert shown(client, yours="favourite") == ["cat-cow"]


def test_what_is_set_aside_leaves_the_list_until_it_is_brought_back(client_of, ana):
    client = client_of(ana)
    mark(client, "cat-cow", aside="1", reason="my wrist")
    assert "cat-cow" not in shown(client)
    page = client.get("/stretches/")
    assert "47 stretches" in page.text
    assert "1 more is not shown" in page.text
    assert shown(client, yours="aside") == ["cat-cow"]
    assert "You set it aside: my wrist" in client.get("/stretches/?yours=aside").text
    assert "my wrist" in client.get("/stretches/cat-cow/").text
    mark(client, "cat-cow", aside="0")
    assert "cat-cow" in shown(client)
    assert "not shown" not in client.get("/stretches/").text


def test_a_search_that_finds_only_what_is_set_aside_says_so(client_of, ana):
    client = client_of(ana)
    mark(client, "sphinx", aside="1")
    page = client.get("/stretches/?q=sphinx")
    assert "No stretch found" in page.text
    assert 'href="/stretches/?q=sphinx&amp;yours=aside&amp;yours=left-out"' in page.text
    assert shown(client, q="sphinx", yours=["aside", "left-out"]) == ["sphinx"]


def test_a_favourite_that_is_set_aside_is_a_favourite_again_afterwards(client_of, ana):
    client = client_of(ana)
    mark(client, "cat-cow", favourite="1")
    mark(client, "cat-cow", aside="1")
    assert shown(client, yours="favourite") == []
    mark(client, "cat-cow", aside="0")
    assert shown(client, yours="favourite") == ["cat-cow"]


def test_a_reason_that_is_too_long_is_refused_and_kept(client_of, ana):
    page = mark(client_of(ana), "cat-cow", aside="1", reason="so " * 60)
    assert page.status_code == 422
    assert "Keep the reason to 120 characters" in page.text
    assert ("so " * 60).strip() in page.text
    assert not Mark.objects.exists()


def test_marks_are_nobody_elses(client_of, ana, ben):
    mark(client_of(ana), "cat-cow", aside="1", reason="my wrist")
    assert "cat-cow" in shown(client_of(ben))
    assert "my wrist" not in client_of(ben).get("/stretches/cat-cow/").text


def test_a_newcomer_becomes_a_guest_with_the_first_mark(client):
    mark(client, "cat-cow", favourite="1", time_zone="Asia/Tokyo")
    guest = User.objects.get()
    assert guest.is_guest
    assert guest.time_zone == "Asia/Tokyo"
    assert shown(client, yours="favourite") == ["cat-cow"]


def test_an_account_keeps_its_own_marks_when_a_guest_brings_others(ana):
    guest = User.objects.create_guest()
    both, one = Stretch.objects.get(slug="sphinx"), Stretch.objects.get(slug="cat-cow")
    Mark.objects.create(person=ana, stretch=both, is_favourite=True)
    Mark.objects.create(person=guest, stretch=both, set_aside_at=timezone.now())
    Mark.objects.create(person=guest, stretch=one, is_favourite=True)
    guest.leave_out = ["flexion"]
    guest.hand_over(to=ana)
    mine = Mine.of(ana)
    assert mine.favourites == {both.pk, one.pk}
    assert mine.aside == {}
    assert mine.leave_out == ["flexion"]


def test_directions_left_out_are_shown_where_they_apply(client_of, ana):
    client = client_of(ana)
    answer = client.post("/stretches/leave-out/", {"leave_out": ["flexion"], "next": "/routines/"})
    assert answer.headers["Location"] == "/routines/"
    left_out = {stretch.slug for stretch in Stretch.objects.listed() if "flexion" in stretch.directions}
    assert left_out
    assert set(shown(client)) == set(Stretch.objects.listed().values_list("slug", flat=True)) - left_out
    assert set(shown(client, yours="left-out")) == left_out
    assert "Bending forward, which you leave out" in client.get("/stretches/?yours=left-out").text
    assert "Bending forward, which you leave out" in client.get("/stretches/childs-pose/").text
    client.post("/stretches/leave-out/", {})
    assert len(shown(client)) == 48


def test_leaving_out_leads_back_to_pages_of_ours_only(client_of, ana):
    answer = client_of(ana).post("/stretches/leave-out/", {"next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/stretches/"


def test_a_direction_that_there_is_not_is_refused(client_of, ana):
    answer = client_of(ana).post("/stretches/leave-out/", {"leave_out": ["upwards"]})
    assert answer.status_code == 422
    assert "Tick some of these directions, or none." in answer.text


def test_more_like_one_shares_its_muscles_and_leaves_out_what_is_set_aside(client_of, ana):
    client = client_of(ana)
    alike = client.get("/stretches/figure-four/").context["alike"]
    mine = Stretch.objects.with_details().get(slug="figure-four")
    areas = {muscle.area for muscle in mine.primary_muscles}
    assert 0 < len(alike) <= 4
    assert all(areas & {muscle.area for muscle in each.primary_muscles} for each in alike)
    assert mine not in alike
    assert mine.easier not in alike
    mark(client, alike[0].slug, aside="1")
    assert alike[0] not in client.get("/stretches/figure-four/").context["alike"]


def test_the_list_needs_no_more_queries_with_more_marks(client_of, ana, django_assert_num_queries):
    client = client_of(ana)
    mark(client, "cat-cow", favourite="1")
    client.get("/stretches/")
    with django_assert_num_queries(6):
        client.get("/stretches/")
    for slug in ("sphinx", "bird-dog", "figure-four"):
        mark(client, slug, favourite="1")
    with django_assert_num_queries(6):
        client.get("/stretches/")


def test_the_list_needs_no_more_queries_with_more_stretches_of_ones_own(
    client_of, ana, django_assert_num_queries
):
    client = client_of(ana)
    fill_with_stretches(ana)
    every, first = ana.stretches.all(), ana.stretches.first()
    every.exclude(pk=first.pk).update(listed=False)
    client.get("/stretches/")
    with django_assert_num_queries(8):
        client.get("/stretches/")
    every.update(listed=True)
    with django_assert_num_queries(8):
        client.get("/stretches/")


# --- Pure: what one person sees of some cards ---------------------------------------------------------

PIECES = [("mat", "Mat"), ("wall", "Wall"), ("chair", "Chair")]
MARKS = st.sets(
    st.sampled_from([
        ("direction", "flexion"), ("direction", "rotation"), ("area", "calf"), ("area", "belly"),
        ("need", "mat"), ("need", "wall"), ("need", "chair"), ("kind", "release"),
    ])
)  # fmt: skip


def cards(first: int):
    """Cards whose primary keys count up from the first."""
    parts = st.tuples(MARKS, st.integers(1, 300), st.integers(1, 10))
    return st.lists(parts, max_size=8).map(
        lambda rows: [
            Card(first + n, frozenset(marks), (f"Name {n}", "", "", ""), seconds, intensity)
            for n, (marks, seconds, intensity) in enumerate(rows)
        ]
    )


@given(
    shared=cards(1),
    own=cards(100),
    aside=st.sets(st.integers(1, 8)),
    favourite=st.sets(st.integers(1, 8)),
    leave_out=st.sets(st.sampled_from(["flexion", "rotation"])),
    have=st.sets(st.sampled_from(["nothing", "wall", "chair"])),
    sort=st.sampled_from(["", "gentle", "short"]),
)
def test_a_person_sees_what_a_plain_filter_over_all_cards_leaves(
    shared, own, aside, favourite, leave_out, have, sort
):
    facets = FacetsOfPerson(
        Facets(shared, PIECES), own, {"aside": aside, "favourite": favourite}, sorted(leave_out)
    )
    chosen = {"have": sorted(have)} if have else {}

    def left_out(card: Card) -> bool:
        return bool({("direction", word) for word in leave_out} & card.marks)

    def can(card: Card) -> bool:
        needed = {piece for group, piece in card.marks if group == "need"}
        return not have or needed <= {"mat", *have}

    seen = {card.pk for card in [*shared, *own] if can(card) and card.pk not in aside and not left_out(card)}
    found = facets.found(facets.search(""), chosen)
    order = facets.page(facets.search(""), found, sort, 0, 99)
    assert set(order) == seen
    assert order == sorted(order, key=lambda pk: pk < 100)  # their own first
    hidden = facets.found(facets.search(""), {**chosen, "yours": ["aside", "left-out"]})
    expected = {card.pk for card in [*shared, *own] if can(card)} - seen
    assert set(facets.page(facets.search(""), hidden, "", 0, 99)) == expected
    wanted = facets.found(facets.search(""), {"yours": ["favourite"]})
    assert set(facets.page(facets.search(""), wanted, "", 0, 99)) == {
        card.pk for card in shared if card.pk in favourite - aside and not left_out(card)
    }

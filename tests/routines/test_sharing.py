"""A routine shared by a link: what others see, do and keep, and what they never learn."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from routines.models import Routine, Session
from routines.models.routine import FULL, MOST_ROUTINES
from routines.qr import QUIET, code_of
from stretches.forms import FULL as FULL_OF_STRETCHES
from stretches.models import MOST_OWN, Stretch
from tests.factories import fill_with_stretches, make_routine, make_session

pytestmark = pytest.mark.usefixtures("catalogue")


def make_own(user: User, name: str = "Towel pull") -> Stretch:
    stretch = Stretch(name=name, steps=["Lie down.", "Pull."], kind="stretch", position="supine")
    stretch.sides, stretch.direction, stretch.hold_seconds = "each", "flexion", 20
    stretch.drawn_as, stretch.breath = "figure-four", "Out as you pull."
    stretch.keep_for(user)
    return stretch


@pytest.fixture
def routine(ana: User) -> Routine:
    """Shared, with a note and a stretch of ana's own in it."""
    routine = make_routine(ana, "cat-cow", make_own(ana).slug)
    item = routine.ordered_items[0]
    item.note = "Not before coffee"
    item.save()
    routine.share()
    return Routine.objects.with_items().get(pk=routine.pk)


def address(routine: Routine) -> str:
    return f"/r/{routine.share_token}/"


def test_a_link_is_made_and_made_only_once(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    client = client_of(ana)
    answer = client.post(f"/routines/{routine.pk}/share/")
    assert answer.headers["Location"] == f"/routines/{routine.pk}/#share"
    routine.refresh_from_db()
    token = routine.share_token
    assert len(token) >= 43  # 256 bits
    client.post(f"/routines/{routine.pk}/share/")
    routine.refresh_from_db()
    assert routine.share_token == token


def test_htmx_gets_the_section_with_link_code_and_withdrawal(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    client = client_of(ana)
    text = client.post(f"/routines/{routine.pk}/share/", headers={"HX-Target": "section#share"}).text
    routine.refresh_from_db()
    link = f"http://testserver{address(routine)}"
    assert "<html" not in text
    assert f'value="{link}" readonly' in text
    assert code_of(link).path in text
    assert "Withdraw the link" in text
    text = client.post(
        f"/routines/{routine.pk}/share/", {"withdraw": "1"}, headers={"HX-Target": "section#share"}
    ).text
    assert "Make a link" in text
    assert "/r/" not in text


def test_a_withdrawn_link_answers_like_one_that_never_was(client_of, routine, ana):
    old = address(routine)
    assert Client().get(old).status_code == 200
    client_of(ana).post(f"/routines/{routine.pk}/share/", {"withdraw": "1"})
    withdrawn, invented = Client().get(old), Client().get("/r/no-such-token/")
    assert withdrawn.status_code == invented.status_code == 404
    assert withdrawn.content == invented.content
    for deed in ("start", "copy"):
        assert Client().post(f"{old}{deed}/").status_code == 404
    assert not User.objects.filter(is_guest=True).exists()
    client_of(ana).post(f"/routines/{routine.pk}/share/")
    routine.refresh_from_db()
    assert address(routine) != old


@pytest.mark.parametrize("token", ["%00", "a%00b", "é", "x" * 5000, "..", "a%0D%0Ab"])
def test_no_token_is_an_error(client, token):
    assert client.get(f"/r/{token}/").status_code == 404


def test_only_the_owner_shares_and_withdraws(client_of, ana, ben, routine):
    for data in ({}, {"withdraw": "1"}):
        assert client_of(ben).post(f"/routines/{routine.pk}/share/", data).status_code == 404
        assert Client().post(f"/routines/{routine.pk}/share/", data).status_code == 302
    ready_made = Routine.objects.ready_made()[0]
    assert client_of(ana).post(f"/routines/{ready_made.pk}/share/").status_code == 404
    assert client_of(ana).get(f"/routines/{routine.pk}/share/").status_code == 405
    token = routine.share_token
    routine.refresh_from_db()
    assert routine.share_token == token


def test_others_see_the_routine_and_nothing_of_its_owner(client_of, ana, ben, routine):
    make_session(ana, before=9, after=4)
    for client in (Client(), client_of(ben)):
        text = client.get(address(routine)).text
        for words in (
            "Before the desk",
            "Cat-cow",
            "Not before coffee",
            "Towel pull",
            "Lie down.",
            "20 s each side",
        ):
            assert words in text
        assert "Out as you pull." in text
        assert Stretch.objects.get(slug="figure-four").figure in text
        own = Stretch.objects.get(owner=ana)
        for secret in ("Ana", "ana@", own.slug, f"/routines/{routine.pk}/"):
            assert secret not in text


def test_the_owner_is_led_back(client_of, ana, routine):
    assert f'href="/routines/{routine.pk}/"' in client_of(ana).get(address(routine)).text


def test_the_page_is_listed_kept_and_told_on_nowhere(client, routine):
    answer = client.get(address(routine))
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "strict-origin"  # never the path; see `secret`
    begun = client.post(f"{address(routine)}start/")
    assert begun.headers["Referrer-Policy"] == "no-referrer"
    assert begun.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert address(routine) not in client.get("/routines/").text


def test_looking_makes_nobody_a_guest(client, routine):
    client.get(address(routine))
    assert User.objects.count() == 1


def test_a_newcomer_starts_it_and_nothing_leads_to_the_owner(client, ana, routine):
    answer = client.post(f"{address(routine)}start/", {"time_zone": "Asia/Tokyo", "safety": "none"})
    session = Session.objects.get()
    assert session.user.is_guest
    assert session.user.time_zone == "Asia/Tokyo"
    assert answer.headers["Location"] == f"/sessions/{session.pk}/before/"
    assert session.routine is None
    assert [item.name for item in session.items] == ["Cat-cow", "Towel pull"]
    own = Stretch.objects.get(owner=session.user)
    assert session.slugs == ["cat-cow", own.slug]
    assert not own.listed  # it is there for this session, and not among their own
    assert own.was_begun
    assert not Stretch.objects.get(owner=ana).was_begun
    for page in ("before/", "", "finish/"):
        assert client.get(f"/sessions/{session.pk}/{page}").status_code == 200


def test_what_the_owner_changes_later_changes_nothing(client, ana, routine):
    client.post(f"{address(routine)}start/", {"safety": "none"})
    Stretch.objects.filter(owner=ana).update(name="Secret pull", figure="")
    session = Session.objects.get()
    assert "Secret pull" not in client.get(f"/sessions/{session.pk}/").text
    assert Stretch.objects.get(slug=session.slugs[1]).figure


def test_a_second_tap_begins_no_second_session(client, routine):
    said = {"safety": "none"}
    places = {client.post(f"{address(routine)}start/", said).headers["Location"] for _ in range(2)}
    assert places == {f"/sessions/{Session.objects.get().pk}/before/"}


def test_starting_again_makes_no_second_copy(client, routine):
    for _ in range(3):
        client.post(f"{address(routine)}start/", {"safety": "none"})
        Session.objects.update(started_at=timezone.now() - timedelta(hours=1))
    assert Session.objects.count() == 3
    assert Stretch.objects.filter(owner__is_guest=True).count() == 1


def test_the_owner_starts_it_as_their_own(client_of, ana, routine):
    client_of(ana).post(f"{address(routine)}start/")
    assert Session.objects.get().routine == routine
    assert Stretch.objects.filter(owner=ana).count() == 1


def test_an_empty_one_is_not_started(client, ana):
    routine = make_routine(ana)
    routine.share()
    assert client.get(address(routine)).status_code == 200
    answer = client.post(f"{address(routine)}start/")
    assert answer.status_code == 422
    assert "There is nothing in it yet." in answer.text
    assert not Session.objects.exists()


def test_a_copy_is_the_persons_own(client_of, ben, ana, routine):
    client = client_of(ben)
    client.post(f"{address(routine)}start/")
    answer = client.post(f"{address(routine)}copy/")
    copy = Routine.objects.get(owner=ben)
    assert answer.headers["Location"] == f"/routines/{copy.pk}/edit/"
    assert copy.name == "Before the desk"
    assert copy.share_token is None
    assert [item.note for item in copy.ordered_items] == ["Not before coffee", ""]
    own = Stretch.objects.get(owner=ben)  # the one of the session, offered from now on
    assert own.listed
    assert copy.ordered_items[1].stretch == own
    client.post(f"{address(routine)}copy/")
    assert Stretch.objects.filter(owner=ben).count() == 1
    assert Stretch.objects.get(owner=ana) == routine.ordered_items[1].stretch


def test_there_is_an_end_to_copies(client_of, ben, routine):
    Routine.objects.bulk_create(Routine(owner=ben, name=f"{n}") for n in range(MOST_ROUTINES))
    answer = client_of(ben).post(f"{address(routine)}copy/")
    assert answer.status_code == 422
    assert FULL in answer.text
    assert Routine.objects.filter(owner=ben).count() == MOST_ROUTINES


def test_there_is_an_end_to_own_stretches_too(client_of, ben, routine):
    fill_with_stretches(ben)
    answer = client_of(ben).post(f"{address(routine)}copy/")
    assert answer.status_code == 422
    assert FULL_OF_STRETCHES in answer.text
    assert Stretch.objects.filter(owner=ben).count() == MOST_OWN
    assert not Routine.objects.filter(owner=ben).exists()
    client_of(ben).post(f"{address(routine)}start/")  # to follow it once needs no room
    assert Session.objects.get(user=ben).routine is None


def test_markup_is_text(client, ana):
    own = make_own(ana, name="<b>Pull</b>")
    own.steps = ["<script>alert(1)</script>"]
    own.keep_for(ana)
    routine = make_routine(ana, own.slug, name="<i>Desk</i>")
    routine.share()
    text = client.get(address(routine)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert not re.search("<b>Pull|<i>Desk|<script>alert", text)


def test_a_longer_routine_takes_no_more_queries(client, ana, django_assert_num_queries):
    counts = []
    for slugs in (["cat-cow"], ["cat-cow", "sphinx", "figure-four", "bird-dog"] * 3):
        routine = make_routine(ana, *slugs, make_own(ana, f"Pull {len(slugs)}").slug)
        routine.share()
        with django_assert_num_queries(2) as captured:
            client.get(address(routine))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_code_says_what_segno_says_with_the_quiet_zone_kept():
    import segno

    text = "https://limber.example.org/r/ME1oSfXDQGsrl4ouYFI2Fnnw8gtEtUjLfj_2KoMZ4EU/"
    code = code_of(text)
    dark = {
        (int(x) + n, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", code.path)
        for n in range(int(length))
    }
    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    assert dark == {(x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, on in enumerate(row) if on}
    assert code.side == len(rows) + 8

"""Facts become rows, once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from journal.models import Hold, PainScore, Rating, SessionNote
from journal.record import FactError, record
from tests.factories import make_fact, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def session(ana):
    """figure-four: ready 0, move 1, hold 2 (left), switch 3, move 4, hold 5 (right)."""
    return make_session(ana, "figure-four", finished=False)


def test_a_hold_is_kept_with_its_stretch_and_side(session):
    record(session, make_fact("hold:5", {"result": "done", "seconds": 30}))
    hold = session.holds.get()
    assert (hold.step, hold.stretch.slug, hold.side, hold.result, hold.seconds) == (
        5,
        "figure-four",
        "right",
        "done",
        30,
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hold:2", {"result": "done", "seconds": 30}),
        ("pain:after", {"score": 3}),
        ("rating:figure-four", {"value": "helped"}),
        ("note", {"text": "Long drive", "cramp": True}),
        ("end", {"whole": True}),
    ],
)
def test_a_fact_sent_twice_is_recorded_once(session, key, value):
    fact = make_fact(key, value)
    record(session, fact)
    counts = [model.objects.count() for model in (Hold, PainScore, Rating, SessionNote)]
    record(session, fact)
    assert [model.objects.count() for model in (Hold, PainScore, Rating, SessionNote)] == counts
    assert sum(counts) == (0 if key == "end" else 1)


def test_a_correction_wins_by_its_sequence_and_an_older_one_loses(session):
    record(session, make_fact("hold:2", {"result": "skipped", "seconds": 3}, sequence=5))
    record(session, make_fact("hold:2", {"result": "done", "seconds": 30}, sequence=9))
    record(session, make_fact("hold:2", {"result": "skipped", "seconds": 1}, sequence=7))
    assert session.holds.get().seconds == 30


def test_what_is_said_on_a_page_counts_also_after_a_phone_whose_clock_is_years_ahead(session):
    ahead = 2**52
    record(session, make_fact("pain:before", {"score": 7}, sequence=ahead))
    record(session, make_fact("hold:2", {"result": "skipped", "seconds": 3}, sequence=ahead))
    record(session, make_fact("pain:before", {"score": 5}, sequence=None))
    record(session, make_fact("hold:2", {"result": "done", "seconds": 30}, sequence=None))
    assert (session.pain_scores.get().score, session.holds.get().seconds) == (5, 30)
    record(session, make_fact("pain:before", {"score": 4}, sequence=ahead + 2))
    assert session.pain_scores.get().score == 4


def test_a_corrected_score_keeps_the_first_one_and_its_time(session):
    given, changed = timezone.now() - timedelta(minutes=5), timezone.now()
    record(session, make_fact("pain:before", {"score": 7}, sequence=1, at=given))
    record(session, make_fact("pain:before", {"score": 5}, sequence=2, at=changed))
    score = session.pain_scores.get()
    assert (score.score, score.first_score, score.given_at, score.changed_at) == (5, 7, given, changed)


def test_the_end_of_a_session_stands_and_can_only_become_whole(session):
    first = session.started_at + timedelta(minutes=3)
    record(session, make_fact("end", {"whole": False}, at=first))
    record(session, make_fact("end", {"whole": True}, at=first + timedelta(minutes=9)))
    record(session, make_fact("end", {"whole": False}, at=first + timedelta(minutes=10)))
    assert (session.finished_at, session.is_whole) == (first, True)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hold:0", {"result": "done", "seconds": 30}),
        ("hold:99", {"result": "done", "seconds": 30}),
        ("hold:-1", {"result": "done", "seconds": 30}),
        ("hold:²", {"result": "done", "seconds": 30}),
        ("hold:2", {"result": "great", "seconds": 30}),
        ("hold:2", {"result": "done", "seconds": -1}),
        ("hold:2", {"result": "done", "seconds": "30"}),
        ("hold:2", {"result": "done"}),
        ("pain:after", {"score": 0}),
        ("pain:after", {"score": 11}),
        ("pain:after", {"score": 3.5}),
        ("pain:after", {"score": True}),
        ("pain:soon", {"score": 3}),
        ("pain:check-in", {"score": 3}),
        ("rating:cat-cow", {"value": "helped"}),
        ("rating:figure-four", {"value": "great"}),
        ("note", {"text": "x" * 2001}),
        ("note", {"text": "\0"}),
        ("note:2", {"text": "x"}),
        ("end:2", {"whole": True}),
        ("end", {}),
        ("cheer", {}),
        ("", {}),
    ],
)
def test_a_fact_that_makes_no_sense_is_refused(session, key, value):
    with pytest.raises(FactError):
        record(session, make_fact(key, value))
    assert not any(model.objects.exists() for model in (Hold, PainScore, Rating, SessionNote))


@pytest.mark.parametrize("score", [0, 11])
def test_the_database_itself_refuses_a_score_off_the_scale(session, ana, score):
    with pytest.raises(IntegrityError), transaction.atomic():
        PainScore.objects.bulk_create(
            [PainScore(user=ana, moment="check-in", score=score, first_score=score, time_zone="UTC")]
        )


def test_a_score_of_half_past_eleven_belongs_to_that_day_where_the_person_was(ana):
    ana.time_zone = "Pacific/Auckland"
    session = make_session(ana, finished=False)
    late = datetime(2026, 1, 10, 10, 30, tzinfo=UTC)  # 23:30 in Auckland
    record(session, make_fact("pain:before", {"score": 4}, at=late))
    assert f"{session.pain_scores.get().day}" == "2026-01-10"

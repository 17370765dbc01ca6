"""The address that phones send facts to."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.context import person_key
from journal.models import Hold, PainScore
from tests.factories import make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def session(ana):
    return make_session(ana, "figure-four", finished=False)


def fact(session, key="hold:2", value=None, **other):
    value = value or {"result": "done", "seconds": 30}
    now = timezone.now().timestamp() * 1000
    return {
        "id": f"outbox:{key}",
        "session": str(session.pk),
        "key": key,
        "value": value,
        "at": now,
        "sequence": 1,
    } | other


def send(client, person, *facts, **other):
    batch = {"person": person_key(person), "now": timezone.now().timestamp() * 1000, "facts": facts} | other
    return client.post("/journal/facts/", json.dumps(batch), content_type="application/json")


def test_a_batch_is_recorded_and_each_fact_named(client_of, ana, session):
    good = fact(session)
    bad = fact(session, "pain:after", {"score": 11})
    response = send(client_of(ana), ana, good, bad)
    assert response.json()["kept"] == [good["id"]]
    assert list(response.json()["refused"]) == [bad["id"]]
    assert Hold.objects.count() == 1
    assert not PainScore.objects.exists()


def test_a_batch_sent_again_is_named_again_and_changes_nothing(client_of, ana, session):
    answers = [send(client_of(ana), ana, fact(session)).json()["kept"] for _ in range(3)]
    assert answers == [["outbox:hold:2"]] * 3
    assert Hold.objects.count() == 1


def test_signed_out_is_401_and_never_a_redirect(client, ana, session):
    assert send(client, ana, fact(session)).status_code == 401
    assert not Hold.objects.exists()


def test_another_person_on_the_phone_is_409(client_of, ana, ben, session):
    assert send(client_of(ben), ana, fact(session)).status_code == 409
    assert not Hold.objects.exists()


def test_a_stranger_cannot_report_on_a_session(client_of, ben, session):
    assert send(client_of(ben), ben, fact(session)).json()["refused"] == {"outbox:hold:2": "no such session"}
    assert not Hold.objects.exists()


def test_the_phones_clock_is_corrected_and_kept_within_the_session(client_of, ana, session):
    ahead = 3 * 60 * 60 * 1000
    now = timezone.now().timestamp() * 1000
    send(client_of(ana), ana, fact(session, at=now + ahead), now=now + ahead)
    assert abs(Hold.objects.get().at - timezone.now()) < timedelta(seconds=5)
    send(client_of(ana), ana, fact(session, at=0, sequence=2))
    assert Hold.objects.get().at == session.started_at


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        '{"person": 1}',
        "[" * 100_000,
        '{"person": "x", "now": NaN, "facts": []}',
        '{"person": "x", "now": 1e400, "facts": []}',
        '{"person": "x", "now": 1, "facts": [{"id": "a"}]}',
        b"\xff\xfe",
    ],
)
def test_nonsense_is_422(client_of, ana, body):
    response = client_of(ana).post("/journal/facts/", body, content_type="application/json")
    assert response.status_code == 422
    assert "error" in response.json()


def test_too_many_facts_are_422_and_too_large_a_batch_is_413(client_of, ana, session):
    assert send(client_of(ana), ana, *[fact(session)] * 501).status_code == 422
    large = fact(session, "note", {"text": "x" * 600_000})
    assert send(client_of(ana), ana, large).status_code == 413


def test_it_takes_only_posts_with_a_token(client_of, ana, session):
    assert client_of(ana).get("/journal/facts/").status_code == 405
    strict = client_of(ana)
    strict.handler.enforce_csrf_checks = True
    assert send(strict, ana, fact(session)).status_code == 403
    assert not Hold.objects.exists()

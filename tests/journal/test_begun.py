"""Sessions that a phone began without a network, and tells of later."""

import json
import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.context import person_key
from accounts.models import User
from journal.begun import begin_of
from journal.models import Hold, PainScore
from routines.models import Routine, Session
from tests.factories import make_routine, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

HOUR = 3_600_000  # ms


def now() -> int:
    return time.time_ns() // 1_000_000


def begin(user: User, *slugs: str) -> str:
    routine = Routine.objects.with_items().get(pk=make_routine(user, *(slugs or ["figure-four"])).pk)
    return begin_of(Session.objects.planned(user, routine))


def fact(session: UUID, key: str, value: dict, at: int | None = None) -> dict:
    at = at or now()
    return {
        "id": f"{session}:{key}",
        "session": str(session),
        "key": key,
        "value": value,
        "at": at,
        "sequence": at,
    }


def told(id_: UUID, begin: str, at: int | None = None) -> dict:
    return {"id": str(id_), "begin": begin, "at": at or now()}


def send(client: Client, user: User, *facts: dict, begun: list | None = None, clock: int | None = None):
    body = {"person": person_key(user), "now": clock or now(), "facts": facts}
    if begun is not None:
        body["begun"] = begun
    return client.post("/journal/facts/", json.dumps(body), content_type="application/json")


def test_a_session_begun_on_a_phone_arrives_with_its_facts_once(ana: User, client_of):
    client, id_, words = client_of(ana), uuid4(), begin(ana)
    facts = [
        fact(id_, "pain:before", {"score": 6}),
        fact(id_, "hold:2", {"result": "done", "seconds": 30}),
        fact(id_, "end", {"whole": True}),
    ]
    for _ in range(2):
        answer = send(client, ana, *facts, begun=[told(id_, words)]).json()
        assert answer == {"kept": [each["id"] for each in facts], "refused": {}, "begun": [str(id_)]}
    session = Session.objects.get()
    assert (session.pk, session.user, session.name, session.is_whole) == (id_, ana, "Before the desk", True)
    assert [step.kind for step in session.steps][:3] == ["ready", "move", "hold"]
    assert Hold.objects.get().step == 2
    assert PainScore.objects.get().score == 6


def test_facts_that_come_after_their_session_need_no_plan_again(ana: User, client_of):
    client, id_ = client_of(ana), uuid4()
    send(client, ana, fact(id_, "pain:before", {"score": 6}), begun=[told(id_, begin(ana))])
    assert send(client, ana, fact(id_, "end", {"whole": False})).json()["refused"] == {}


def test_without_its_plan_an_unknown_session_is_refused(ana: User, client_of):
    id_ = uuid4()
    answer = send(client_of(ana), ana, fact(id_, "end", {"whole": True})).json()
    assert answer["refused"] == {f"{id_}:end": "no such session"}
    assert not Session.objects.exists()


@pytest.mark.parametrize("spoil", [lambda words: words[:-2] + "AA", lambda words: "", lambda words: "a:b"])
def test_a_forged_plan_begins_nothing(spoil, ana: User, client_of):
    id_ = uuid4()
    answer = send(
        client_of(ana), ana, fact(id_, "end", {"whole": True}), begun=[told(id_, spoil(begin(ana)))]
    ).json()
    assert answer["kept"] == []
    assert not Session.objects.exists()


def test_a_plan_made_for_another_person_begins_nothing(ana: User, ben: User, client_of):
    id_ = uuid4()
    answer = send(client_of(ben), ben, fact(id_, "end", {"whole": True}), begun=[told(id_, begin(ana))])
    assert answer.json()["refused"] == {f"{id_}:end": "no such session"}
    assert not Session.objects.exists()


def test_nobody_takes_over_a_session_by_its_id(ana: User, ben: User, client_of):
    hers = make_session(ana, finished=False)
    answer = send(
        client_of(ben), ben, fact(hers.pk, "end", {"whole": True}), begun=[told(hers.pk, begin(ben))]
    )
    assert answer.json()["refused"] == {f"{hers.pk}:end": "no such session"}
    hers.refresh_from_db()
    assert (hers.user, hers.finished_at) == (ana, None)


def test_it_began_when_it_began_by_our_clock(ana: User, client_of):
    User.objects.filter(pk=ana.pk).update(joined_at=timezone.now() - timedelta(days=9))
    ana.refresh_from_db()
    id_, ahead = uuid4(), 3 * HOUR
    clock = now() + ahead
    send(
        client_of(ana),
        ana,
        fact(id_, "end", {"whole": True}, at=clock - 23 * HOUR),
        begun=[told(id_, begin(ana), at=clock - 24 * HOUR)],
        clock=clock,
    )
    session, minute = Session.objects.get(), timedelta(minutes=1)
    assert abs(timezone.now() - timedelta(hours=24) - session.started_at) < minute
    assert abs(session.finished_at - session.started_at - timedelta(hours=1)) < minute


@pytest.mark.parametrize("at", [1, 2**53 - 1])
def test_it_began_neither_before_the_person_joined_nor_in_the_future(at: int, ana: User, client_of):
    id_ = uuid4()
    send(client_of(ana), ana, fact(id_, "end", {"whole": True}), begun=[told(id_, begin(ana), at=at)])
    assert ana.joined_at <= Session.objects.get().started_at <= timezone.now()


def test_a_routine_deleted_meanwhile_takes_no_session_with_it(ana: User, client_of):
    id_, words = uuid4(), begin(ana)
    Routine.objects.filter(owner=ana).delete()
    send(client_of(ana), ana, fact(id_, "end", {"whole": True}), begun=[told(id_, words)])
    assert Session.objects.get().routine is None


def test_many_begun_cost_no_more_queries_than_one(ana: User, client_of, django_assert_max_num_queries):
    client, words = client_of(ana), begin(ana)
    with django_assert_max_num_queries(12):
        send(client, ana, begun=[told(uuid4(), words) for _ in range(1)])
    with django_assert_max_num_queries(12):
        send(client, ana, begun=[told(uuid4(), words) for _ in range(20)])
    assert Session.objects.count() == 21

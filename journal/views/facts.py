"""The address a phone sends its facts to. It speaks JSON only, and never redirects."""

import json
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accounts.context import person_key
from journal.begun import Begun, save_begun
from journal.record import Fact, UnreadableError, record_all
from routines.models import Session

MOST_FACTS = 500
MOST_BEGUN = 100
LARGEST_BATCH_BYTES = 512 * 1024
Milliseconds = Annotated[float, Field(ge=0, lt=2**53, allow_inf_nan=False)]


class SentFact(BaseModel):
    """A fact as a phone sends it. `at` is milliseconds since 1970 by the phone's own clock."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(max_length=200)]
    session: UUID
    key: Annotated[str, Field(max_length=80)]
    value: dict[str, Any]
    at: Milliseconds
    sequence: Annotated[int, Field(ge=0, lt=2**53)]


class SentBegun(BaseModel):
    """A session that the phone began without a network, with the plan that we signed (see journal.begun)."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    begin: Annotated[str, Field(max_length=64 * 1024)]
    at: Milliseconds


class Batch(BaseModel):
    """`person` says whose page this is; `now` is the phone's clock, to be compared with ours."""

    model_config = ConfigDict(extra="forbid")

    person: str
    now: Milliseconds
    facts: Annotated[list[SentFact], Field(max_length=MOST_FACTS)]
    begun: Annotated[list[SentBegun], Field(max_length=MOST_BEGUN)] = []


@login_not_required
@require_POST
def facts_record(request: HttpRequest) -> JsonResponse:
    """Record a batch. The answer names each fact as kept or refused; the phone keeps all others.

    Sessions that the phone began come first, and are named too: it need not send them again.
    401 signed out, 409 somebody else is signed in, 422 not a batch: nothing is recorded.
    """
    if not request.user.is_authenticated:
        return _problem(HTTPStatus.UNAUTHORIZED, "Sign in to send what this phone keeps.")
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BATCH_BYTES:
        return _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is more than one batch may hold.")
    try:
        batch = Batch.model_validate(json.loads(request.body))
    except (ValidationError, ValueError, RecursionError):
        return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "That is not a batch of facts.")
    if batch.person != person_key(request.user):
        return _problem(HTTPStatus.CONFLICT, "Somebody else is signed in on this phone.")
    ahead = batch.now - timezone.now().timestamp() * 1000
    kept: list[str] = []
    with transaction.atomic():
        save_begun(request.user, [Begun(b.id, b.begin, _moment(b.at - ahead)) for b in batch.begun])
        sessions = Session.objects.of(request.user).in_bulk([fact.session for fact in batch.facts])
        refused = {sent.id: "no such session" for sent in batch.facts if sent.session not in sessions}
        for session in sessions.values():
            sent_for_it = [sent for sent in batch.facts if sent.session == session.pk]
            facts = [Fact(s.key, s.value, _at(s.at - ahead, session), s.sequence) for s in sent_for_it]
            for sent, problem in zip(sent_for_it, record_all(session, facts), strict=True):
                if problem is None:
                    kept.append(sent.id)
                elif not isinstance(problem, UnreadableError):  # those the phone keeps, for a newer Limber
                    refused[sent.id] = str(problem)
    return JsonResponse({"kept": kept, "refused": refused, "begun": [str(sent.id) for sent in batch.begun]})


def _at(milliseconds: float, session: Session) -> datetime:
    """The moment by our clock, never before the session began and never in the future."""
    return max(_moment(milliseconds), session.started_at)


def _moment(milliseconds: float) -> datetime:
    """The moment by our clock, never in the future."""
    now = timezone.now()
    latest = (now - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1)
    return min(datetime.fromtimestamp(min(max(milliseconds, 0), latest) / 1000, UTC), now)


def _problem(status: HTTPStatus, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)

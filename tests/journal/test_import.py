"""A journal file comes in: what it adds is shown first, and what is there stands."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from journal.bringing.bring import bring, understand
from journal.carried import LONGEST, packed, unpacked
from journal.models import FlareUp, PainScore, Pause
from journal.record import record
from journal.views import imports
from routines.lines import FileError
from routines.models import Routine, Session
from stretches.models import Stretch
from tests.factories import make_fact, make_session
from tests.journal.test_export import exported, full, own_stretch, somebody

__all__ = ["full"]

pytestmark = pytest.mark.usefixtures("catalogue")

PATH = "/journal/import/"

FILE: dict[str, Any] = {
    "limber": "journal",
    "version": 1,
    "preferences": {"time_zone": "Europe/Berlin"},
    "stretches": [
        {"key": "own-1", "name": "Towel pull", "kind": "stretch", "position": "supine", "directions": ["flexion"],
         "hold_seconds": 20, "sides": "each", "steps": ["Pull."]},
    ],
    "marks": [{"stretch": "sphinx", "favourite": True}],
    "routines": [
        {"key": "routine-1", "name": "Mornings", "created_at": "2026-05-01T06:00:00Z",
         "changed_at": "2026-05-01T06:00:00Z", "items": [{"stretch": "own-1", "hold_seconds": 20, "sides": "each"}]},
    ],
    "sessions": [
        {"name": "Mornings", "routine": "routine-1", "started_at": "2026-05-14T05:30:00Z",
         "finished_at": "2026-05-14T05:32:00Z", "whole": True, "time_zone": "Europe/Berlin",
         "scores": {"before": {"score": 5, "given_at": "2026-05-14T05:30:00Z"}},
         "ratings": [{"stretch": "own-1", "value": "helped", "at": "2026-05-14T05:32:00Z"}],
         "holds": [{"step": 1, "seconds": 20, "at": "2026-05-14T05:31:00Z"}],
         "plan": {"version": 1, "items": [{"slug": "own-1", "name": "Towel pull", "cue": "",
                  "dose": {"sets": 1, "reps": 1, "hold_seconds": 20, "sides": "each"}}]}},
    ],
    "check_ins": [{"score": 4, "given_at": "2026-05-15T10:00:00Z", "time_zone": "UTC"}],
    "flare_ups": [{"starts_on": "2026-05-01", "ends_on": "2026-05-04", "label": "Moving house"}],
    "pauses": [{"starts_on": "2026-05-02", "ends_on": "2026-05-09"}],
}  # fmt: skip


def written(file: Any = None) -> str:
    """Each value on a line of its own."""
    return json.dumps(FILE if file is None else file, indent=1)


def with_row(part: str, **changes: Any) -> str:
    """The first row of a list, changed."""
    return written({**FILE, part: [{**FILE[part][0], **changes}]})


def with_plan(**changes: Any) -> str:
    item = FILE["sessions"][0]["plan"]["items"][0]
    dose = {**item["dose"], **changes.pop("dose", {})}
    return with_row("sessions", plan={"version": 1, "items": [{**item, "dose": dose, **changes}]})


def send(client: Client, text: str | bytes, name: str = "limber.json", **more: str):
    data = text.encode() if isinstance(text, str) else text
    return client.post(PATH, {"file": SimpleUploadedFile(name, data), **more})


def confirm(client: Client, page):
    return client.post(
        PATH, {"carried": page.context["carried"], "mark": page.context["mark"], "step": "bring"}
    )


def rows() -> dict[str, int]:
    ours = ("accounts", "stretches", "routines", "journal")
    models = [model for app in ours for model in apps.get_app_config(app).get_models()]
    return {model.__name__: model.objects.count() for model in models}


def shown(page) -> str:
    return " ".join(page.text.split())


def test_what_a_file_would_add_is_shown_before_anything_is_kept(client_of, ana):
    before = rows()
    page = send(client_of(ana), written())
    assert page.status_code == 200
    assert page.context["new"] == [
        "1 session", "1 pain score", "1 hold", "1 rating of a stretch", "1 check-in", "1 flare-up", "1 pause",
        "1 routine", "1 stretch of your own", "1 marked stretch", "1 preference",
    ]  # fmt: skip
    assert rows() == before


def test_confirming_adds_it(client_of, ana):
    client = client_of(ana)
    answer = confirm(client, send(client, written()))
    assert answer.headers["Location"] == "/journal/"
    page = client.get("/journal/")
    assert "Added: 1 session, 1 pain score," in shown(page)
    session = Session.objects.get(user=ana)
    assert session.routine == Routine.objects.get(owner=ana)
    assert session.slugs == [Stretch.objects.get(owner=ana).slug]
    assert session.holds.get().side == "left"
    ana.refresh_from_db()
    assert ana.time_zone == "Europe/Berlin"


def test_the_same_file_again_adds_nothing(client_of, full):
    client = client_of(full)
    text, before = exported(full), rows()
    page = send(client, text)
    assert page.context["new"] == []
    assert "1 session" in page.context["there"]
    assert "Nothing new in it" in page.text
    confirm(client, page)
    assert rows() == before
    assert exported(full) == text


def test_two_confirmations_add_it_once(client_of, ana):
    client = client_of(ana)
    page = send(client, written())
    confirm(client, page)
    before = rows()
    confirm(client, page)
    assert rows() == before


def test_what_is_there_stands_and_what_a_session_lacks_is_added(ana):
    session = make_session(ana, before=5, finished=False)
    earlier = exported(ana)
    record(session, make_fact("pain:after", {"score": 2}), make_fact("note", {"text": "Fine."}))
    session.finish(timezone.now(), whole=True)
    later = exported(ana)
    other = somebody(1)
    bring(understand(earlier), other)
    mine = Session.objects.get(user=other)
    mine.pain_scores.update(score=9)  # corrected here since
    bring(understand(later), other)
    mine.refresh_from_db()
    assert mine.is_whole
    assert mine.note.text == "Fine."
    assert list(mine.pain_scores.order_by("moment").values_list("moment", "score")) == [
        ("after", 2),
        ("before", 9),
    ]


def test_a_preference_that_was_chosen_here_stands(ana):
    ana.time_zone = "Asia/Tokyo"
    ana.save()
    bring(understand(written()), ana)
    ana.refresh_from_db()
    assert ana.time_zone == "Asia/Tokyo"


def test_a_stretch_of_ones_own_that_is_the_same_is_taken_again(ana):
    bring(understand(written()), ana)
    Routine.objects.filter(owner=ana).delete()
    Stretch.objects.get(owner=ana).discard()
    bring(understand(written()), ana)
    assert Stretch.objects.filter(owner=ana).count() == Stretch.objects.of(ana).count() == 1


def test_a_flare_up_that_has_ended_since_ends_here_too(ana):
    FlareUp.objects.create(user=ana, label="Moving house", starts_on="2026-05-01")
    bring(understand(written()), ana)
    assert str(FlareUp.objects.get().ends_on) == "2026-05-04"


def test_a_pause_with_a_day_of_one_that_is_here_stays_out(ana):
    Pause.objects.create(user=ana, starts_on=date(2026, 5, 9), ends_on=date(2026, 5, 20))
    later = {"starts_on": "2026-05-21", "ends_on": "2027-05-01"}
    bring(understand(written({**FILE, "pauses": [*FILE["pauses"], later]})), ana)
    assert [str(pause.starts_on) for pause in ana.pauses.all()] == ["2026-05-21", "2026-05-09"]


def test_a_file_of_two_machines_cannot_leave_two_flare_ups_going_on(client_of, ana):
    FlareUp.objects.create(user=ana, starts_on="2026-05-03")
    file = written({**FILE, "flare_ups": [{"starts_on": "2026-05-01"}]})
    page = send(client_of(ana), file)
    assert page.status_code == 422
    assert "a flare-up is going on here since 3 May 2026" in page.text


def test_a_newcomer_becomes_a_guest_with_the_confirmation_and_not_before(client):
    page = send(client, written())
    assert not User.objects.exists()
    confirm(client, page)
    assert Session.objects.get().user.is_guest


def test_nobody_elses_stretch_can_be_reached(ana, ben):
    own = own_stretch(ben)
    for text in (with_plan(slug=own.slug), with_row("marks", stretch=own.slug)):
        with pytest.raises(FileError):
            understand(text)


def test_ids_in_a_file_are_refused(client_of, ana):
    page = send(client_of(ana), with_row("sessions", id="7d0b3a0e-0000-4000-8000-000000000000"))
    assert "id: is not a name that this file can have" in page.text


def test_a_routine_that_this_limber_does_not_have_costs_only_the_link(ana):
    bring(understand(with_row("sessions", routine="no-longer-shipped")), ana)
    assert Session.objects.get(user=ana).routine is None


def test_a_file_too_long_to_be_carried_is_asked_for_again(client_of, ana, monkeypatch):
    monkeypatch.setattr("journal.carried.LONGEST", 10)
    client = client_of(ana)
    page = send(client, written())
    assert "The same file once more" in page.text
    other = send(client, with_row("sessions", name="Another"), step="bring", mark=page.context["mark"])
    assert other.status_code == 200  # it is looked at first, as any file
    assert not Session.objects.exists()
    assert send(client, written(), step="bring", mark=page.context["mark"]).status_code == 302
    assert Session.objects.exists()


def test_what_is_too_large_or_nothing_or_no_text_is_refused(client_of, ana, monkeypatch):
    client = client_of(ana)
    assert imports.NOTHING in client.post(PATH).text
    assert imports.NOTHING in send(client, " \n").text
    assert imports.NO_TEXT in send(client, b"\x00\x81\x00").text
    assert imports.NO_TEXT in send(client, '{"a": "\xe9"}'.encode("latin-1")).text
    assert imports.LOST in client.post(PATH, {"carried": "AAAA"}).text
    monkeypatch.setattr("journal.carried.LARGEST_BYTES", 1000)
    page = send(client, written() + " " * 1000)
    assert imports.TOO_LARGE in page.text
    assert page.status_code == 422


def test_a_form_carries_a_file_whole_and_never_more_than_a_file(monkeypatch):
    text = written() + "ä\N{GRINNING FACE}"
    assert unpacked(packed(text)) == text
    for broken in ("", "ä", "QlpoOTE=", packed(text)[:-8], packed(text)[8:]):
        assert unpacked(broken) is None
    monkeypatch.setattr("journal.carried.LARGEST_BYTES", 1000)
    assert unpacked(packed("x" * 1_000_000)) is None
    assert LONGEST < 2.5 * 1024 * 1024


def test_nothing_of_a_file_is_left_on_the_disk(client_of, ana, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100  # what is larger passes through the disk
    client = client_of(ana)
    confirm(client, send(client, written()))
    send(client, with_row("check_ins", score=0))
    assert list(Path(tmp_path).iterdir()) == []
    assert PainScore.objects.count() == 2


def test_the_file_of_the_documentation_is_right(settings):
    text = (settings.BASE_DIR / "docs" / "journal-file.md").read_text()
    journal = understand(text.split("```json\n")[1].split("```")[0])
    assert (len(journal.sessions), len(journal.plans)) == (2, 1)
    assert journal.sessions[0].started_at - journal.sessions[1].started_at < timedelta(0)

"""A table from another diary: its columns are told, its scores become check-ins, nonsense is refused by its line."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from journal.foreign import Columns, read
from journal.models import PainScore
from routines.lines import FileError
from tests.journal.test_export import with_rows

PATH = "/journal/import/"
DIARY = "Date;Mood;Pain\n14/05/2026 07:30;fine;4\n15/05/2026;;6\n16/05/2026;bad;\n"
CHOSEN = {"day": "0", "time": "", "score": "2", "order": "dmy", "scale": "1-10"}
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def send(client: Client, table: str | bytes):
    data = table.encode() if isinstance(table, str) else table
    return client.post(PATH, {"file": SimpleUploadedFile("diary.csv", data)})


def go_on(client: Client, page, step: str = "look", **chosen: str):
    return client.post(PATH, {"carried": page.context["carried"], "step": step, **CHOSEN, **chosen})


def scores(table: str, zone: str = "UTC", **columns) -> list[tuple[str, int]]:
    chosen = Columns(**{"day": 0, "score": 1, "order": "dmy", "scale": "1-10", **columns})
    diary = read(table).diary(chosen, zone, NOW)
    return [(f"{entry.at:%Y-%m-%d %H:%M}", entry.score) for entry in diary.entries]


def faults(table: str, **columns) -> list[str]:
    with pytest.raises(FileError) as refused:
        scores(table, **columns)
    return [str(fault) for fault in refused.value.faults]


def test_its_scores_become_check_ins_once_that_is_confirmed(client_of, ana):
    ana.time_zone = "Europe/Berlin"
    ana.save()
    client = client_of(ana)
    columns = send(client, DIARY)
    assert columns.status_code == 200
    assert "Mood" in columns.text
    page = go_on(client, columns)
    assert "This would add 2 check-ins" in page.text
    assert "1 row has no score" in " ".join(page.text.split())
    assert not PainScore.objects.exists()
    assert go_on(client, page, "bring").status_code == 302
    kept = PainScore.objects.of(ana).order_by("given_at")
    assert [(score.given_at.isoformat(), score.score, score.moment) for score in kept] == [
        ("2026-05-14T05:30:00+00:00", 4, "check-in"),
        ("2026-05-15T10:00:00+00:00", 6, "check-in"),
    ]
    assert {score.time_zone for score in kept} == {"Europe/Berlin"}


def test_the_same_table_again_adds_nothing(client_of, ana):
    client = client_of(ana)
    page = go_on(client, send(client, DIARY))
    go_on(client, page, "bring")
    page = go_on(client, page)
    assert "Nothing new in it" in page.text
    assert "2 are here already" in page.text
    go_on(client, page, "bring")
    assert PainScore.objects.count() == 2


def test_nothing_is_taken_for_granted_about_the_scale(client_of, ana):
    client = client_of(ana)
    page = send(client, DIARY)
    form = page.context["form"]
    assert [form[name].value() for name in ("day", "time", "score", "order", "scale")] == [
        0, None, 2, "dmy", None,
    ]  # fmt: skip
    page = go_on(client, page, scale="", day="9", score="")
    assert page.status_code == 422
    for sentence in ("Choose how pain is counted.", "Choose one of the columns.", "with the pain score."):
        assert sentence in page.text


def test_what_was_chosen_can_be_changed(client_of, ana):
    client = client_of(ana)
    page = go_on(client, go_on(client, send(client, DIARY)), "columns", scale="0-10")
    assert page.status_code == 200
    assert "Which column is what?" in page.text
    assert page.context["form"]["scale"].value() == "0-10"


def test_what_is_wrong_is_shown_beside_what_was_chosen(client_of, ana):
    client = client_of(ana)
    page = go_on(client, send(client, DIARY + "17/05/2026;;11\n"))
    assert page.status_code == 422
    assert "Line 5: the score must be a whole number from 1 to 10, not 11." in page.text
    assert page.context["form"]["scale"].value() == "1-10"
    assert go_on(client, page, "bring").status_code == 422
    assert not PainScore.objects.exists()


def test_a_newcomer_becomes_a_guest_with_the_confirmation(client, db):
    page = go_on(client, send(client, DIARY), time_zone="Asia/Tokyo")
    assert not User.objects.exists()
    go_on(client, page, "bring", time_zone="Asia/Tokyo")
    assert User.objects.get().is_guest
    assert {score.time_zone for score in PainScore.objects.all()} == {"Asia/Tokyo"}


def test_a_newcomer_whose_browser_tells_no_known_zone_is_in_utc(client, db):
    page = go_on(client, send(client, DIARY), time_zone="Nowhere/At_All")
    assert page.status_code == 200
    go_on(client, page, "bring", time_zone="Nowhere/At_All")
    assert {score.time_zone for score in PainScore.objects.all()} == {"UTC"}


def test_our_own_table_is_refused_for_the_whole_file(client_of, ana):
    client = client_of(ana)
    PainScore.objects.create(user=ana, moment="check-in", score=4, first_score=4, time_zone="UTC")
    ours = b"".join(client.get("/journal/export/scores.csv").streaming_content)
    page = send(client, ours)
    assert page.status_code == 422
    assert "bring in limber-….json instead" in page.text


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_it_is_read_as_other_programs_write_it(client_of, ana, mark, encoding):
    table = f'Tag{mark}Schmerz{mark}Notiz\r\n14.5.2026{mark}4{mark}"für{mark}\r\nmich"\r\n15.5.26{mark}5{mark}\r\n'
    client = client_of(ana)
    page = send(client, table.encode(encoding))
    assert page.context["table"].names == ["Tag", "Schmerz", "Notiz"]
    assert page.context["form"]["score"].value() == 1
    page = go_on(client, page, score="1")
    assert [(entry.line, entry.score) for entry in page.context["diary"].entries] == [(2, 4), (4, 5)]


@pytest.mark.parametrize(
    ("said", "order", "at"),
    [
        ("2026-05-14", "ymd", "2026-05-14 12:00"),
        ("2026-05-14T07:30:15", "ymd", "2026-05-14 07:30"),
        ("2026-05-14 07:30:15.123+02:00", "ymd", "2026-05-14 05:30"),
        ("2026-05-14T07:30Z", "ymd", "2026-05-14 07:30"),
        ("14/5/26 7:30 pm", "dmy", "2026-05-14 19:30"),
        ("14.05.2026 12:05 AM", "dmy", "2026-05-14 00:05"),
        ("3/4/2026", "dmy", "2026-04-03 12:00"),
        ("3/4/2026", "mdy", "2026-03-04 12:00"),
        ("5-14-2026", "mdy", "2026-05-14 12:00"),
    ],
)
def test_days_and_times_are_read_as_they_are_written(said, order, at):
    assert scores(f"day,pain\n{said},3\n", order=order) == [(at, 3)]


def test_a_time_may_have_its_own_column_and_is_where_the_person_is():
    table = "day,pain,time\n14/5/2026,3,07:30\n15/1/2026,3,\n"
    assert scores(table, zone="Europe/Berlin", time=2) == [("2026-05-14 05:30", 3), ("2026-01-15 11:00", 3)]


def test_an_hour_that_the_clock_leaves_out_or_has_twice_is_a_moment_all_the_same():
    table = "day,pain\n29/3/2026 02:30,3\n25/10/2026 02:30,3\n"
    assert scores(table, zone="Europe/Berlin") == [("2026-03-29 01:30", 3), ("2026-10-25 00:30", 3)]


@pytest.mark.parametrize(
    ("scale", "said", "kept"),
    [
        ("1-10", "1", 1), ("1-10", "10", 10), ("1-10", "4,0", 4),
        ("0-10", "0", 1), ("0-10", "10", 10), ("0-10", "5", 6), ("0-10", "4.4", 5), ("0-10", "0,5", 1),
        ("0-100", "0", 1), ("0-100", "100", 10), ("0-100", "37", 4),
    ],
)  # fmt: skip
def test_scores_of_other_scales_become_the_nearest_of_ours(scale, said, kept):
    assert scores(f"day;pain\n14/5/2026;{said}\n", scale=scale) == [("2026-05-14 12:00", kept)]


def test_several_scores_of_a_day_without_times_are_kept_apart():
    table = "day,pain\n14/5/2026,3\n14/5/2026,5\n14/5/2026,3\n14/5/2026,6\n"
    assert scores(table) == [("2026-05-14 12:00", 3), ("2026-05-14 12:01", 5), ("2026-05-14 12:02", 6)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("14/5/2026,0", "the score must be a whole number from 1 to 10, not 0"),
        ("14/5/2026,4.5", "the score must be a whole number from 1 to 10, not 4.5"),
        ("14/5/2026,much", "the score must be a whole number from 1 to 10, not much"),
        ("14/5/2026,1e1", "the score must be a whole number from 1 to 10, not 1e1"),
        ("14/5/2026,NaN", "the score must be a whole number from 1 to 10, not NaN"),
        ("14/5/2026,\u0663", "the score must be a whole number from 1 to 10"),
        (",3", "there is a score without a day"),
        ("Tuesday,3", "there is no day, only “Tuesday”"),
        ("31/4/2026,3", "31/4/2026 is no day, read as day, month, year"),
        ("5/14/2026,3", "5/14/2026 is no day, read as day, month, year"),
        ("14/5/1899,3", "the day must be from 1900 until now, not 14/5/1899"),
        ("14/5/2027,3", "the day must be from 1900 until now, not 14/5/2027"),
        ("1/1/0000,3", "1/1/0000 is no day"),
        ("1/1/0001,3", "the day must be from 1900 until now"),
        ("31/12/9999 23:59 -23:59,3", "the day must be from 1900 until now"),
        ("1/1/0001 00:00 +23:59,3", "the day must be from 1900 until now"),
        ("14/5/2026 25:00,3", "“25:00” is not a time"),
        ("14/5/2026 13:00 pm,3", "“13:00 pm” is not a time"),
        ("14/5/2026 soon,3", "“soon” is not a time"),
        ("14/5/2026 7:00,3\n14/5/2026 7:00,4", "there is another score of the same minute"),
    ],
)
def test_nonsense_is_refused_by_its_line(row, reason):
    assert any(reason in fault for fault in faults(f"day,pain\n12/5/2026,3\n\n{row}\n"))
    assert all(
        fault.startswith(("Line 4:", "Line 5:")) for fault in faults(f"day,pain\n1/5/2026,3\n\n{row}\n")
    )


def test_a_table_without_names_is_read_from_its_first_row():
    table = read("14/5/2026,3\n15/5/2026,4\n")
    assert table.names == ["Column 1", "Column 2"]
    assert [line for line, _ in table.rows] == [1, 2]


def test_an_order_that_cannot_be_told_is_asked_for():
    assert read("day,pain\n3/4/2026,3\n").likely_order(0) == ""
    assert read("day,pain\n3/4/2026,3\n13/4/2026,3\n").likely_order(0) == "dmy"
    assert read("day,pain\n3/4/2026,3\n4/13/2026,3\n").likely_order(0) == "mdy"
    assert read("day,pain\n2026-04-03,3\n").likely_order(0) == "ymd"


@pytest.mark.parametrize("text", ["hello", "a\nb\nc", '"', "," * 300 + "\n1", "a,b\n" + '"' + "x" * 200_000])
def test_what_is_no_table_is_refused(client_of, ana, text):
    page = send(client_of(ana), text)
    assert page.status_code == 422
    assert page.context["faults"][0].line >= 1


@with_rows
@given(st.text(st.sampled_from("14/5202,;\t\n\"'= :abZ-+"), min_size=1, max_size=60))
def test_no_table_is_an_error(client_of, ana, text):
    client = client_of(ana)
    page = send(client, text)
    assert page.status_code in (200, 422)
    if page.status_code == 200:
        assert go_on(client, page, score="1", order="ymd").status_code in (200, 422)
    assert not PainScore.objects.exists()


def test_a_time_in_the_future_by_less_than_a_day_is_another_zone(client_of, ana):
    client = client_of(ana)
    today = timezone.localdate()
    page = go_on(client, send(client, f"day,pain\n{today},3\n"), order="ymd", score="1")
    assert page.status_code == 200

"""The pain chart: where things lie, what is drawn at which range, and its pages."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from journal.chart import RANGES, Chart, CheckIn, Flare, SessionPoint, build, mini
from journal.frame import LABEL_PX, NARROW, Frame, extent, x_labels, y
from journal.marks import NOTHING
from journal.trend import headline

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 5, 15)
NAMES = [name for name, _ in RANGES]


def ago(days: int) -> date:
    return FRIDAY - timedelta(days=days)


def make_point(day: date, before: int | None = 5, after: int | None = 3, **given) -> SessionPoint:
    hour = given.pop("hour", 8)
    at = datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)
    return replace(SessionPoint(at, before, after, None, "Before the desk"), **given)


def every_day(days: int, **given) -> list[SessionPoint]:
    return [make_point(ago(n), **given) for n in range(days - 1, -1, -1)]


def rendered(chart: Chart, points=()) -> str:
    context = {
        "chart": chart,
        "headline": headline(points, FRIDAY),
        "rows": chart.rows,
        "range_name": chart.range_name,
        "ranges": RANGES,
    }
    return render_to_string("journal/_history.html", context)


scores = st.integers(1, 10) | st.none()
records = st.lists(st.tuples(st.dates(ago(1500), FRIDAY), scores, scores), max_size=60).map(
    lambda found: [make_point(*one) for one in sorted(found, key=lambda one: one[0])]
)
check_ins = st.lists(st.tuples(st.dates(ago(400), FRIDAY), st.integers(1, 10)), max_size=5).map(
    lambda found: [CheckIn(datetime(d.year, d.month, d.day, 12, tzinfo=BERLIN), s) for d, s in sorted(found)]
)
flares = st.lists(
    st.builds(
        lambda start, days, label: Flare(start, start + timedelta(days) if days else None, label),
        st.dates(ago(1600), FRIDAY),
        st.integers(0, 30),
        st.sampled_from(["", "Long drive", "Lifted a sofa up four flights of stairs"]),
    ),
    max_size=4,
)


# Geometry -----------------------------------------------------------------------------------------


@given(records, check_ins, flares, st.sampled_from(NAMES), st.none() | st.dates(ago(1600), FRIDAY))
def test_everything_drawn_lies_in_the_frame(points, checks, worse, name, end):
    chart = build(points, checks, worse, name, FRIDAY, end)
    drawn = [n for bar in chart.bars for n in (bar.x, bar.y1, bar.y2)]
    drawn += [n for dot in chart.check_ins for n in (dot.x, dot.y)]
    drawn += [n for shade in chart.flares for n in (shade.x, shade.x + shade.width)]
    drawn += [n for one in (bar.band for bar in chart.bars) if one for n in (one.x, one.x + one.width)]
    drawn += [n for one in (bar.band for bar in chart.bars) if one for n in (one.y, one.y + one.height)]
    drawn += [label.x for label in (*chart.x_labels, *chart.notes)]
    drawn += [float(n) for line in chart.trend for n in re.split("[ ,]", line)]
    assert all(0 <= n <= 100.0001 for n in drawn)


@given(records, st.sampled_from(NAMES))
def test_bars_and_what_the_reading_line_says_are_in_order_of_time(points, name):
    chart = build(points, [], [], name, FRIDAY)
    places = [bar.x for bar in chart.bars]
    assert [x for x, _ in chart.stops] == places
    assert places == sorted(places)


@given(records, st.sampled_from(NAMES))
def test_sessions_are_counted_once_and_only_the_newest_bar_is_last(points, name):
    chart = build(points, [], [], name, FRIDAY)
    both = [p for p in points if p.day >= chart.first_on and p.before and p.after]
    assert chart.lower + chart.same + chart.higher == len(both)
    assert [bar.last for bar in chart.bars] == [False] * (len(chart.bars) - 1) + [True] * bool(chart.bars)


@given(records)
def test_numbers_have_two_decimals_at_most(points):
    html = rendered(build(points, [], [], "all", FRIDAY))
    assert not re.search(r"\d\.\d{3,}", html)


def test_a_score_lies_where_the_design_has_it():
    assert [y(score) for score in (10, 7, 4, 1)] == [0, 33.3, 66.7, 100]
    chart = build([make_point(date(2026, 5, 14))], [], [], "30d", FRIDAY)
    assert chart.bars[0].x == pytest.approx(1.2 + 28.5 / 30 * 97.6, abs=0.01)
    assert (chart.bars[0].y1, chart.bars[0].y2) == (55.6, 77.8)


def test_two_sessions_of_one_day_stand_side_by_side_in_its_slot():
    first, second = build([make_point(FRIDAY), make_point(FRIDAY, hour=20)], [], [], "30d", FRIDAY).bars
    slot = 97.6 / 30
    assert second.x - first.x == pytest.approx(slot / 2, abs=0.02)
    assert [first.slim, second.slim] == [True, True]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2025, 10, 26)])
def test_the_days_the_clocks_change_are_days_like_others(day):
    points = [
        make_point(day - timedelta(1), hour=23),
        make_point(day, hour=3),
        make_point(day + timedelta(1), hour=0),
    ]
    places = [bar.x for bar in build(points, [], [], "30d", day + timedelta(1)).bars]
    assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=0.02)


def test_a_session_in_another_zone_counts_on_the_day_it_was_there_even_when_that_is_tomorrow_here():
    abroad = replace(make_point(FRIDAY), at=datetime(2026, 5, 16, 1, tzinfo=ZoneInfo("Asia/Tokyo")))
    chart = build([abroad], [], [], "30d", FRIDAY)
    assert chart.last_on == date(2026, 5, 16)
    assert [bar.last for bar in chart.bars] == [True]
    home_again = replace(make_point(FRIDAY), at=datetime(2026, 5, 15, 20, tzinfo=UTC))
    assert len(build([abroad, home_again], [], [], "30d", FRIDAY).bars) == 2


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_sessions_make_a_chart_and_a_page(name, count):
    points = every_day(count)
    chart = build(points, [], [], name, FRIDAY)
    assert len(chart.rows) == count
    assert 'id="history"' in rendered(chart, points)


# Kinds of bars ------------------------------------------------------------------------------------


def test_lower_higher_and_equal_scores_make_bars_of_their_kind():
    points = [make_point(ago(3), 5, 3), make_point(ago(2), 3, 5), make_point(ago(1), 4, 4)]
    chart = build(points, [], [], "30d", FRIDAY)
    assert [bar.css for bar in chart.bars] == ["fell", "rose", "same last"]
    assert chart.summary == (
        "3 sessions. Lower after 1, the same after 1, higher after 1. The table below has every number."
    )


@given(records, st.sampled_from(NAMES))
def test_bars_that_look_alike_are_one_path_and_none_is_left_out(points, name):
    chart = build(points, [], [], name, FRIDAY)
    drawn = {css: path.count("M") for css, path in chart.lines}
    assert drawn == Counter(bar.css for bar in chart.bars if bar.kind != "single")
    assert len(chart.singles) + sum(drawn.values()) == len(chart.bars)
    assert chart.bands.count("M") == sum(bar.band is not None for bar in chart.bars)


def test_one_score_makes_a_hollow_dot_where_it_is_and_none_makes_no_bar():
    points = [make_point(ago(3), 6, None), make_point(ago(2), None, 2), make_point(ago(1), None, None)]
    chart = build(points, [], [], "30d", FRIDAY)
    assert [(bar.kind, bar.y1, bar.y2) for bar in chart.bars] == [
        ("single", 44.4, 44.4),
        ("single", 88.9, 88.9),
    ]
    assert chart.stops[0][1] == "Tue 12 May: 6 before, no score after"
    assert (chart.lower, chart.same, chart.higher) == (0, 0, 0)
    assert "3 without both scores." in chart.summary
    assert [(row.before, row.after) for row in chart.rows] == [
        (NOTHING, NOTHING),
        (NOTHING, "2"),
        ("6", NOTHING),
    ]


def test_a_check_in_is_a_dot_and_a_row_of_its_own():
    check = CheckIn(datetime(2026, 5, 10, 21, tzinfo=BERLIN), 7)
    chart = build([make_point(date(2026, 5, 9)), make_point(date(2026, 5, 11))], [check], [], "30d", FRIDAY)
    assert [dot.y for dot in chart.check_ins] == [33.3]
    assert [(row.what, row.score) for row in chart.rows] == [
        ("Before the desk", ""),
        ("Check-in", "7"),
        ("Before the desk", ""),
    ]
    assert '<td colspan="3">7</td>' in rendered(chart)


def test_a_day_later_is_a_score_or_the_reason_there_is_none():
    points = [
        make_point(ago(4), next_day=2),
        make_point(ago(3), next_day_skipped=True),
        make_point(ago(2)),
        make_point(ago(1)),
    ]
    rows = build(points, [], [], "30d", FRIDAY).rows
    assert [row.next_day for row in rows] == ["not yet", NOTHING, "skipped", "2"]


# Ranges -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "days", "unit"),
    [
        ("30d", 900, "session"),
        ("90d", 900, "session"),
        ("1y", 900, "week"),
        ("1y", 10, "week"),
        ("all", 10, "session"),
        ("all", 92, "session"),
        ("all", 93, "week"),
        ("all", 731, "week"),
        ("all", 732, "four weeks"),
    ],
)
def test_what_a_bar_stands_for_follows_from_the_range_and_the_record(name, days, unit):
    assert build(every_day(days), [], [], name, FRIDAY).unit == unit


def test_all_shows_the_whole_record_but_thirty_days_at_least():
    assert build(every_day(3), [], [], "all", FRIDAY).first_on == ago(29)
    assert build(every_day(500), [], [], "all", FRIDAY).first_on == ago(499)


def test_a_range_there_is_not_is_an_error():
    with pytest.raises(KeyError):
        build([], [], [], "2w", FRIDAY)


def test_a_week_is_one_bar_with_a_band_from_median_to_median():
    monday = date(2026, 5, 4)
    week = [make_point(monday + timedelta(n), 6 - n % 2, 3) for n in range(5)]
    (bar,) = build(week, [], [], "1y", FRIDAY).bars
    assert (bar.y1, bar.y2, bar.kind) == (y(6), y(3), "fell")
    assert bar.band.y <= bar.y1 <= bar.y2 <= bar.band.y + bar.band.height + 0.1
    chart = build(week, [], [], "1y", FRIDAY)
    assert chart.stops[0][1] == "Week of 4 May, 5 sessions: typically 6 before, 3 after"
    assert [(row.when, row.what, row.before) for row in chart.rows] == [("Week of 4 May", "5 sessions", "6")]


def test_a_week_with_scores_on_two_days_stays_as_its_sessions():
    chart = build([make_point(date(2026, 5, 4)), make_point(date(2026, 5, 6))], [], [], "1y", FRIDAY)
    assert [bar.css for bar in chart.bars] == ["fell slim", "fell slim last"]
    assert not any(bar.band for bar in chart.bars)


def test_earlier_and_later_lead_through_the_record_and_end_where_it_ends():
    points = every_day(70)
    chart = build(points, [], [], "30d", FRIDAY)
    assert (chart.earlier, chart.later) == (f"?range=30d&end={ago(30)}", "")
    chart = build(points, [], [], "30d", FRIDAY, ago(30))
    assert (chart.earlier, chart.later) == (f"?range=30d&end={ago(60)}", "?range=30d")
    assert not any(bar.last for bar in chart.bars)
    chart = build(points, [], [], "30d", FRIDAY, ago(60))
    assert (chart.earlier, chart.later) == ("", f"?range=30d&end={ago(30)}")


def test_a_part_of_the_record_is_enough_when_it_is_said_when_it_began():
    assert build(every_day(30), [], [], "30d", FRIDAY).earlier == ""
    assert build(every_day(30), [], [], "30d", FRIDAY, began_on=ago(300)).earlier


@pytest.mark.parametrize("end", [date.min, date.max, ago(5000)])
def test_an_end_beyond_the_record_is_brought_back_to_it(end):
    chart = build(every_day(10), [], [], "1y", FRIDAY, end)
    assert ago(9) <= chart.last_on <= FRIDAY


# Flare-ups and labels -----------------------------------------------------------------------------


def test_a_flare_up_is_cut_to_the_window_and_keeps_its_name():
    long_ago, open_still = Flare(ago(200), ago(100), "Old"), Flare(ago(3), None, "Long drive")
    across = Flare(ago(40), ago(25), "Moved house")
    chart = build(every_day(300), [], [long_ago, across, open_still], "30d", FRIDAY)
    assert [shade.edge for shade in chart.flares] == [False, True]
    assert chart.flares[0].x == 1.2
    assert chart.flares[1].x + chart.flares[1].width == pytest.approx(98.8, abs=0.02)
    assert {note.text for note in chart.notes} == {"Moved house", "Long drive"}
    assert "Flare-ups: Moved house, from 5 Apr; Long drive, from 12 May." in chart.summary


def test_notes_of_flare_ups_close_to_each_other_never_lie_on_top_of_each_other():
    worse = [Flare(ago(n), ago(n), "Lifted a sofa") for n in (8, 6, 4, 2)]
    chart = build(every_day(90), [], worse, "90d", FRIDAY)
    assert len(chart.flares) == 4
    assert len([note for note in chart.notes if note.only != "roomy"]) == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (30, ["17 Apr", "24 Apr", "1 May", "8 May", "15 May"]),
        (90, ["March", "April", "May"]),
    ],
)
def test_the_days_and_months_below_are_those_of_the_design(days, words):
    assert [label.text for label in x_labels(Frame(ago(days - 1), FRIDAY))] == words


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(30, 9000))
def test_labels_never_touch_on_a_phone(last, days):
    labels = [label for label in x_labels(Frame(last - timedelta(days - 1), last)) if label.only != "roomy"]
    assert labels
    reach = [extent(label, LABEL_PX, NARROW) for label in labels]
    assert all(left[1] < right[0] for left, right in pairwise(reach))
    assert reach[0][0] >= -1
    assert reach[-1][1] <= NARROW + 1


# The small chart ----------------------------------------------------------------------------------


def test_the_small_chart_holds_the_last_fourteen_with_the_newest_at_the_right():
    chart = mini(every_day(20))
    assert (len(chart.bars), chart.bars[0].x, chart.bars[-1].x) == (14, 3, 97)
    assert [bar.last for bar in chart.bars] == [False] * 13 + [True]
    assert chart.sentence == "Lower after 14 of your last 14 sessions."
    assert [bar.x for bar in mini(every_day(1)).bars] == [97]


def test_the_small_chart_leaves_out_sessions_without_scores():
    points = [make_point(ago(3), 4, 3), make_point(ago(2), 4, 4), make_point(ago(1), None, None)]
    assert len(mini(points).bars) == 2
    assert mini(points).sentence == "Lower after 1 of your last 2 sessions."


def test_of_one_session_alone_nothing_is_said():
    assert (mini(every_day(1)).sentence, mini(every_day(1)).caution) == ("", "")
    assert mini([]).sentence == ""


# Pages --------------------------------------------------------------------------------------------


def test_the_page_marks_the_range_and_every_link_names_its_own_target():
    html = rendered(build(every_day(200), [], [], "90d", FRIDAY), every_day(200))
    assert re.search(r'href="\?range=90d"[^>]* aria-current="true"', html)
    links = re.findall(r"<a [^>]*hx-get[^>]*>", html)
    assert len(links) == 5
    assert all('hx-target="#history"' in link and 'hx-push-url="true"' in link for link in links)
    assert all(re.search(r'href="([^"]+)" hx-get="\1"', link) for link in links)


def test_the_page_needs_no_inline_styles_or_scripts():
    html = rendered(build(every_day(400), [], [Flare(ago(5), None, "Sofa")], "1y", FRIDAY))
    assert " style=" not in html
    assert " on" not in " ".join(re.findall(r"<[^>]+>", html)).replace(" one", "")
    assert re.findall(r"<script[^>]*>", html) == ['<script type="application/json">']


def test_a_row_of_the_table_leads_to_its_day():
    chart = build(every_day(40), [CheckIn(make_point(FRIDAY).at, 5)], [], "90d", FRIDAY)
    html = rendered(chart)
    links = re.findall(r'<th scope="row"><a href="([^"]+)">', html)
    assert links == [reverse("journal:day", args=[row.on]) for row in chart.rows]
    assert len(links) == 41


def test_names_are_shown_as_text_and_never_as_markup():
    points = [make_point(FRIDAY, routine="<b>Desk</b>")]
    html = rendered(build(points, [], [Flare(FRIDAY, None, "<i>&")], "30d", FRIDAY))
    assert "<b>Desk" not in html
    assert "<i>" not in html


def test_the_small_chart_is_drawn_as_lines():
    html = render_to_string("journal/_chart_mini.html", {"chart": mini(every_day(3))})
    lines = dict(re.findall(r'<path class="([^"]+)" d="([^"]+)"', html))
    assert {name: path.count("V") for name, path in lines.items()} == {"fell": 2, "fell last": 1}
    assert "Lower after 3 of your last 3 sessions." in html

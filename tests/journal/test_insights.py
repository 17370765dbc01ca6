"""What seems to help: the rules, the bars, and the middle change."""

from collections import Counter
from math import comb

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from journal.insights import ORDER, findings, helps
from journal.relief import outside, relief
from journal.tally import MOST_BARS, tally
from journal.verdicts import FEWEST, SURE, Count, Verdict, by_session, verdict, vote

FEW = st.integers(0, 60)
ANSWERS = st.tuples(FEW, FEW, FEW)
COUNTS = st.builds(Count, st.sampled_from("abcdef"), st.just("Sphinx"), FEW, FEW, FEW)
PAIRS = st.dictionaries(st.tuples(st.integers(1, 10), st.integers(1, 10)), st.integers(1, 40), max_size=20)


def make_count(
    helped: int = 0, no_change: int = 0, uncomfortable: int = 0, name: str = "Knee rolls"
) -> Count:
    return Count(name.lower().replace(" ", "-"), name, helped, no_change, uncomfortable)


def sentence_of(*answers: int, sessions: bool = False) -> str:
    group = findings("By stretch", [make_count(*answers)], sessions)
    return (group.judged + group.early)[0].sentence


# The verdict --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((7, 0, 0), Verdict.EARLY),
        ((0, 0, 7), Verdict.EARLY),
        ((8, 0, 0), Verdict.LEANING),
        ((12, 0, 0), Verdict.LEANING),
        ((13, 0, 0), Verdict.HELPS),
        ((24, 6, 0), Verdict.LEANING),
        ((25, 5, 0), Verdict.HELPS),
        ((68, 32, 0), Verdict.LEANING),
        ((69, 31, 0), Verdict.HELPS),
        ((5, 5, 0), Verdict.UNCLEAR),
        ((6, 5, 0), Verdict.LEANING),
        ((6, 0, 3), Verdict.UNCOMFORTABLE),
        ((6, 1, 3), Verdict.LEANING),
        ((0, 9, 0), Verdict.UNCLEAR),
    ],
)
def test_a_verdict_follows_from_its_count(answers, expected):
    assert verdict(make_count(*answers)) is expected


def test_what_is_uncomfortable_one_time_in_three_is_never_said_to_help_however_often_it_did():
    assert verdict(make_count(helped=660, uncomfortable=300)) is Verdict.HELPS
    assert verdict(make_count(helped=660, uncomfortable=330)) is Verdict.UNCOMFORTABLE


@given(ANSWERS)
def test_probably_helps_you_is_the_lower_bound_of_the_interval_at_that_many_standard_errors(answers):
    count = make_count(*answers)
    if verdict(count) in (Verdict.HELPS, Verdict.LEANING, Verdict.UNCLEAR):
        share, of, z2 = count.helped / count.of, count.of, SURE**2
        lower = share + z2 / (2 * of) - SURE * (share * (1 - share) / of + z2 / (4 * of * of)) ** 0.5
        assert (lower / (1 + z2 / of) > 0.5 + 1e-12) == (verdict(count) is Verdict.HELPS)


@given(ANSWERS, st.sampled_from(["no_change", "uncomfortable"]))
def test_one_more_helped_in_place_of_another_answer_never_makes_a_verdict_worse(answers, instead_of):
    count = make_count(*answers)
    if getattr(count, instead_of):
        other = {name: getattr(count, name) for name in ("helped", "no_change", "uncomfortable")}
        other[instead_of] -= 1
        other["helped"] += 1
        rank = [Verdict.UNCOMFORTABLE, Verdict.UNCLEAR, Verdict.LEANING, Verdict.HELPS]
        if count.of >= FEWEST:
            assert rank.index(verdict(make_count(**other))) >= rank.index(verdict(count))


def test_a_count_below_nought_is_refused():
    with pytest.raises(ValueError, match="below nought"):
        make_count(helped=-1)


# Groups count sessions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "answer"),
    [
        ((3, 2, 0), (1, 0, 0)),
        ((2, 2, 0), (0, 1, 0)),
        ((3, 0, 2), (0, 0, 1)),
        ((4, 0, 1), (1, 0, 0)),
        ((0, 0, 0), (0, 0, 0)),
    ],
)
def test_a_session_has_one_vote(ratings, answer):
    assert vote(*ratings) == answer


@given(st.lists(COUNTS, max_size=40), st.randoms())
def test_votes_are_summed_by_key_in_any_order_and_none_is_lost(rows, chance):
    found = by_session(rows)
    assert {count.key: count.of for count in found} == {
        key: sum(bool(row.of) for row in rows if row.key == key) for key in {row.key for row in rows}
    }
    chance.shuffle(rows)
    assert by_session(rows) == found


# The section --------------------------------------------------------------------------------------


@given(st.lists(COUNTS, max_size=6, unique_by=lambda count: count.key), st.randoms())
def test_the_order_of_the_counts_changes_nothing_and_good_news_comes_first(counts, chance):
    group = findings("By stretch", counts)
    assert len(group.judged) + len(group.early) == sum(bool(count.of) for count in counts)
    ranks = [ORDER.index(finding.verdict) for finding in group.judged + group.early]
    assert ranks == sorted(ranks)
    chance.shuffle(counts)
    shuffled = findings("By stretch", counts)
    assert [f.sentence for f in shuffled.judged] == [f.sentence for f in group.judged]


@given(COUNTS.filter(lambda count: count.of))
def test_every_finding_has_its_count_and_an_interval_that_holds_the_share(count):
    group = findings("By stretch", [count])
    (finding,) = group.judged + group.early
    assert 0 <= finding.low <= count.helped / count.of + 1e-9
    assert count.helped / count.of - 1e-9 <= finding.high <= 1
    assert str(count.helped) in finding.sentence
    assert finding.words == (
        f"Helped {count.helped}, no change {count.no_change}, uncomfortable {count.uncomfortable}"
    )


def test_a_sentence_says_the_count_and_its_doubt():
    assert sentence_of(25, 4, 1) == (
        "Helped 25 of 30 times. The true share could be anywhere from seven to nine in ten."
    )
    assert sentence_of(9, 3, 1) == "Helped 9 of 13 times. Too few to be sure."
    assert sentence_of(35, 25, 0) == "Helped 35 of 60 times. Too close to half to be sure."
    assert sentence_of(30, 10, 0) == "Helped 30 of 40 times. Not quite enough to be sure."
    assert sentence_of(5, 1, 0) == "Helped 5 of 6 times. From eight on, this says more."
    assert sentence_of(1, 0, 0).startswith("Helped 1 of 1 time.")
    assert sentence_of(3, 2, 4) == (
        "Uncomfortable 4 of 9 times, helped 3. You could do without for two weeks and see."
    )
    assert sentence_of(3, 5, 2) == "Helped 3 of 10 times, no change 5, uncomfortable 2."
    assert sentence_of(9, 3, 1, sessions=True) == "Helped in 9 of 13 sessions. Too few to be sure."


def test_what_explains_everything_away_stands_beside_every_verdict():
    section = helps([make_count(20)], [], [make_count(9, 9)], [])
    assert "not what caused what" in section.beside
    assert "everything looks helpful" in section.beside
    assert [group.title for group in section.groups] == ["By kind"]


def test_without_ratings_there_is_nothing_to_say():
    assert not helps([make_count()], [], [], [])


# The bars -----------------------------------------------------------------------------------------


@given(ANSWERS)
def test_bars_stay_apart_and_inside_the_picture(answers):
    drawn = tally(answers, (0.2, 0.9))
    edges = [edge for bar in drawn.bars for edge in (bar.x, round(bar.x + bar.width, 2))]
    assert edges == sorted(edges)
    assert all(bar.width > 0 for bar in drawn.bars)
    assert all(-0.01 <= edge <= min(drawn.width, 100) + 0.01 for edge in edges)


@given(ANSWERS.filter(lambda answers: sum(answers) >= FEWEST))
def test_the_share_helped_is_where_its_bars_end_and_lies_in_the_line_below(answers):
    (finding,) = findings("By stretch", [make_count(*answers)]).judged
    drawn, share = finding.tally, answers[0] / sum(answers)
    border = share * drawn.width
    assert all((bar.x + bar.width / 2 < border) == (bar.kind == "y") for bar in drawn.bars)
    assert -0.01 <= drawn.low <= border + 0.01
    assert border - 0.01 <= drawn.high <= drawn.width + 0.01
    assert drawn.half == pytest.approx(drawn.width / 2, abs=0.01)


@given(ANSWERS)
def test_a_bar_is_a_rating_until_there_are_too_many(answers):
    kinds = Counter(bar.kind for bar in tally(answers).bars)
    if sum(answers) <= MOST_BARS:
        assert (kinds["y"], kinds["n"], kinds["u"]) == answers
    else:
        assert sum(kinds.values()) == sum(bool(count) for count in answers)


# The middle change --------------------------------------------------------------------------------


def test_the_middle_scores_come_with_their_count_and_their_doubt():
    found = relief({(5, 3): 20, (5, 4): 20, (4, 4): 10, (3, 3): 2})
    assert (found.before, found.after, found.change) == (5, 4, -1)
    assert (found.low, found.high, found.sessions) == (-2, -1, 52)
    assert found.sentence == (
        "Typically 5 before and 4 after, in 52 sessions with both scores. "
        "The middle change is 1 point lower; it could be anywhere from 1 to 2 points lower."
    )
    assert "comes down by itself" in found.beside


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ({(5, 4): 5, (5, 6): 4, (5, 5): 1}, "anywhere from 1 point lower to 1 point higher"),
        ({(5, 6): 5, (5, 8): 5}, "The middle change is 2 points higher; it could be anywhere from 1 to 3"),
        ({(5, 5): 30}, "The middle change is none, and 30 sessions leave little room for another."),
        (
            {(5, 4): 6, (5, 5): 6},
            "The middle change is ½ point lower; it could be anywhere from 1 point lower to none",
        ),
    ],
)
def test_a_change_is_said_in_points(pairs, said):
    assert said in relief(pairs).sentence


@given(PAIRS)
def test_the_interval_holds_the_middle_change_and_stays_on_the_scale(pairs):
    found = relief(pairs)
    assert (found is None) == (sum(pairs.values()) < FEWEST)
    if found:
        assert 1 <= found.before <= 10
        assert 1 <= found.after <= 10
        assert -9 <= found.low <= found.change <= found.high <= 9


@given(PAIRS)
def test_before_and_after_the_other_way_round_is_the_change_the_other_way_round(pairs):
    found, turned = relief(pairs), relief({(after, before): n for (before, after), n in pairs.items()})
    if found:
        assert (turned.change, turned.low, turned.high) == (-found.change, -found.high, -found.low)


def test_the_interval_of_the_middle_change_leaves_out_a_twentieth_at_most_at_each_end():
    for of in range(FEWEST, 400):
        assert 0 <= outside(of) < of / 2
        assert 20 * sum(comb(of, k) for k in range(outside(of) + 1)) <= 2**of


# The page -----------------------------------------------------------------------------------------


def test_the_section_shows_each_verdict_with_its_count_its_bars_and_what_explains_it_away():
    section = helps([make_count(25, 4, 1), make_count(1, name="Sphinx")], [make_count(9, 3)], [], [])
    page = render_to_string("journal/_helps.html", {"helps": section, "relief": relief({(5, 3): 9})})
    assert "Probably helps you" in page
    assert "Helped 25 of 30 times." in page
    assert 'aria-label="Helped 25, no change 4, uncomfortable 1"' in page
    assert page.count('<rect class="y"') == 25 + 1 + 9
    assert "Too early to say: 1" in page
    assert "comes down by itself" in page
    assert "not what caused what" in page


def test_before_the_first_rating_the_section_says_what_it_will_show():
    page = render_to_string("journal/_helps.html", {"helps": helps([], [], [], [])})
    assert "From eight ratings of one stretch on" in page
    assert "How this is judged" not in page

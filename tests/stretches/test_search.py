"""Search forgives one mistake in a word, and what is named so comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretches.bits import bits_of, places_in
from stretches.models import Stretch
from stretches.search import Index, one_letter_off

words = st.text("abcde", min_size=4, max_size=8)


def names(text: str) -> list[str]:
    """The slugs found, the best first."""
    facets = Stretch.objects.facets()
    slugs = dict(Stretch.objects.values_list("pk", "slug"))
    searched = facets.search(text)
    return [slugs[pk] for pk in facets.ordered(searched, facets.found(searched, {}), "")]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("figure four", "figure-four"),
        ("figur for", "figure-four"),  # missing
        ("figgure four", "figure-four"),  # doubled
        ("figure fuor", "figure-four"),  # swapped
        ("FIGURE FOUR", "figure-four"),
        ("shpinx", "sphinx"),
        ("sphimx", "sphinx"),  # wrong
        ("sphin", "sphinx"),  # still being typed
        ("shpi", "sphinx"),
        ("childs pose", "childs-pose"),
        ("child\u2019s pose", "childs-pose"),
        ("balasana", "childs-pose"),
        ("Bálasana", "childs-pose"),
        ("birddog", "bird-dog"),
        ("bird-dog", "bird-dog"),
        ("brid dog", "bird-dog"),
        ("catcow", "cat-cow"),
        ("press up", "prone-press-up"),
        ("pelvc tilt", "pelvic-tilt"),
        ("viparita", "legs-up-the-wall"),
        ("piriformis", "figure-four"),
        ("glute bridge", "bridge-hold"),
    ],
)
def test_a_stretch_is_found_first_in_spite_of_a_mistake(loaded: dict[str, Stretch], typed: str, slug: str):
    assert names(typed)[0] == slug


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("bum", "buttocks"),
        ("bottom", "buttocks"),
        ("glut", "buttocks"),
        ("hip", "front-of-hip"),
        ("thigh", "back-of-thigh"),
        ("hamstirng", "back-of-thigh"),
        ("groin", "inner-thigh"),
        ("tummy", "belly"),
        ("lumbar", "lower-back"),
        ("QL", "side-of-back"),
    ],
)
def test_everyday_words_find_all_stretches_of_an_area(loaded: dict[str, Stretch], typed: str, area: str):
    there = {
        slug for slug, each in loaded.items() if area in {muscle.area for muscle in each.primary_muscles}
    }
    assert there
    assert there <= set(names(typed))


def test_names_come_before_other_names_before_muscles_before_steps():
    """And in each, whole words before those still being typed, and shorter names before longer ones."""
    index = Index(
        [
            ("Alpha", "", "", "Tilt it."),
            ("Beta", "", "tilt", ""),
            ("Gamma", "the tilt", "", ""),
            ("A very long tilt", "", "", ""),
            ("Tilting", "", "", ""),
            ("My tilt", "", "", ""),
        ]
    )
    found = [place for part in index.find("tilt") for place in places_in(part)]
    assert found == [5, 3, 4, 2, 1, 0]


def test_every_word_must_be_found(loaded: dict[str, Stretch]):
    assert names("cat hamstring") == []
    assert names("standing hamstring")[0] == "standing-hamstring-stretch"


def test_mistakes_are_forgiven_only_where_nothing_is_called_so(loaded: dict[str, Stretch]):
    assert "counter-half-dog" not in set(names("calf")) - {
        slug for slug, each in loaded.items() if "calf" in each.search_text or "calf" in str(each.steps)
    }


@pytest.mark.parametrize("typed", ["", "  ", "-", "\u2019", "!?"])
def test_what_holds_no_word_finds_everything(loaded: dict[str, Stretch], typed: str):
    assert len(names(typed)) == 48


def test_short_words_are_taken_at_their_word(loaded: dict[str, Stretch]):
    assert names("ct") == []


def mistakes(word: str) -> set[str]:
    """Everything that one mistake can make of a word."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in cuts if b),
        *(a + c + b[1:] for a, b in cuts if b for c in "abcdex"),
        *(a + c + b for a, b in cuts for c in "abcdex"),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
    } - {word}


@given(words)
def test_one_mistake_is_one_letter_off_both_ways(word: str):
    for typed in mistakes(word):
        assert one_letter_off(typed, word)
        assert one_letter_off(word, typed)


@given(words, words)
def test_nothing_else_is_one_letter_off(a: str, b: str):
    assert one_letter_off(a, b) == (a in mistakes(b))


@given(st.sets(st.integers(0, 300)))
def test_a_set_of_places_gives_them_back_in_order(places: set[int]):
    bits = bits_of(places)
    assert list(places_in(bits)) == sorted(places)
    assert bits.bit_count() == len(places)

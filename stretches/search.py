"""Search as one types, forgiving one mistake in a word. Pure: no database, no request.

The rule:

* Every word typed must be found. Capitals, accents, apostrophes and hyphens make no difference (`fold`).
* A word is found where it stands as it is; the last one, still being typed, also where a word begins with it.
* When that finds nothing, each word may be one letter off: one wrong, missing or too many, or two neighbours
  swapped (Damerau 1964). This holds for words of the catalogue with four letters or more, typed with three or
  more; the last word may be one letter off the beginning of one.
* What has the words in its name comes first, then in another name, then in muscles and the rest of what it is,
  then in its steps; within these, whole words before others; then the shorter name.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from stretches.bits import bits_of
from stretches.words import fold

FIELDS = 4  # name, other names, muscles and the rest of what it is, steps
LEAST_TYPED, LEAST_MEANT = 3, 4  # letters; shorter words have too many neighbours
WORD = re.compile(r"[^\W_]+")
HYPHENS = str.maketrans({"-": None, "/": None})

Found = list[int]  # by cost, 0 the best: the places found at that cost


class Index:
    """The words of many texts, each text having FIELDS fields; a text is known by its place among them."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        places: defaultdict[str, list[list[int]]] = defaultdict(lambda: [[] for _ in range(FIELDS)])
        sizes: defaultdict[int, list[int]] = defaultdict(list)
        for place, fields in enumerate(texts):
            for field, text in enumerate(fields):
                joined = words_of(text.translate(HYPHENS))  # "birddog" as well as "bird" and "dog"
                for word in {*words_of(text), *joined}:
                    places[word][field].append(place)
            sizes[len(words_of(fields[0]))].append(place)
        self.where = {word: [bits_of(field) for field in fields] for word, fields in places.items()}
        self.words = sorted(self.where)
        # Those long enough to be meant by mistake.
        self.by_start: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.words:
            if len(word) >= LEAST_MEANT:
                self.by_start[word[:2]].append(word)
        self.sizes = [bits_of(sizes[size]) for size in sorted(sizes)]  # by number of words in the name

    def find(self, text: str) -> list[int]:
        """The sets of places that have every word, the best first; none of them is empty."""
        *whole, last = words_of(text)
        exactly = [self._found({word}, set()) for word in whole]
        found = together([*exactly, self._found({last}, set(self._beginning_with(last)))])
        if not any(found):
            found = together(
                [
                    *(self._found({word}, set(self._nearly(word))) for word in whole),
                    self._found({last}, {*self._beginning_with(last), *self._nearly(last, begun=True)}),
                ]
            )
        return [part for places in found for size in self.sizes if (part := places & size)]

    def _found(self, exact: set[str], like: set[str]) -> Found:
        """Where one of these words stands: twice the field, and one more where it is only like it."""
        found = []
        for field in range(FIELDS):
            for words in (exact, like - exact):
                found.append(
                    reduce(or_, (self.where[word][field] for word in words if word in self.where), 0)
                )
        return found

    def _beginning_with(self, start: str) -> Iterator[str]:
        for word in self.words[bisect_left(self.words, start) :]:
            if not word.startswith(start):
                return
            yield word

    def _nearly(self, typed: str, begun: bool = False) -> Iterator[str]:
        if len(typed) < LEAST_TYPED:
            return
        begun = begun and len(typed) >= LEAST_MEANT
        for start, words in self.by_start.items():
            if not set(typed[:2]) & set(
                start
            ):  # one mistake leaves one of the first two letters, or swaps them
                continue
            for word in words:
                if (
                    begins_nearly(typed, word)
                    if begun and len(word) > len(typed)
                    else one_letter_off(typed, word)
                ):
                    yield word


def words_of(text: str) -> list[str]:
    """The different words in their order, folded and without punctuation."""
    return list(dict.fromkeys(WORD.findall(fold(text))))


def together(found: Sequence[Found]) -> Found:
    """Where all words are found, at the sum of what each costs at its best."""
    total: Found = []
    for each in found:
        best, seen = [], 0
        for places in each:
            best.append(places & ~seen)
            seen |= places
        if not total:
            total = best
            continue
        sums = [0] * (len(total) + len(best) - 1)
        for cost, places in enumerate(total):
            for more, others in enumerate(best):
                sums[cost + more] |= places & others
        total = sums
    return total


def one_letter_off(typed: str, word: str) -> bool:
    """Whether one step makes the word of what was typed: a letter changed, added, left out, or two swapped."""
    if abs(len(typed) - len(word)) > 1 or typed == word:
        return False
    rest, other = after_common_start(typed, word)
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[2:] == other[2:] and rest[:2] == other[1::-1])
    )


def begins_nearly(typed: str, word: str) -> bool:
    """Whether one step makes a beginning of the word of what was typed."""
    rest, other = after_common_start(typed, word)
    return (
        other.startswith(rest[1:])
        or other.startswith(rest[1:], 1)
        or other.startswith(rest, 1)
        or (rest[:2] == other[1::-1] and other.startswith(rest[2:], 2))
    )


def after_common_start(a: str, b: str) -> tuple[str, str]:
    start = 0
    for mine, its in zip(a, b, strict=False):
        if mine != its:
            break
        start += 1
    return a[start:], b[start:]

"""The pain scale as a ladder of ten bars."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template

from journal.forms import ScoreForm
from journal.words import PAIN_WORDS

register = template.Library()

ANCHORS = (1, 4, 7, 10)
"""Whose words always show; the others' appear when they are chosen."""


@dataclass(frozen=True, slots=True)
class Rung:
    score: int
    words: str

    @property
    def width(self) -> str:
        """The length of its bar in per cent, as in the design."""
        return f"{12 + 8.8 * self.score:.1f}"

    @property
    def is_anchor(self) -> bool:
        return self.score in ANCHORS


@register.simple_tag
def pain_scale() -> list[int]:
    """The scores there are: 1 to 10."""
    return list(PAIN_WORDS)


@register.filter
def pain_words(score: int) -> str:
    """What a score means: "Mild; easy to forget"."""
    return PAIN_WORDS[score]


@register.filter
def clock_of(moment: datetime) -> str:
    """The time of an aware moment by its own clock, and not by that of whoever reads the page."""
    return f"{moment:%H:%M}"


@register.inclusion_tag("journal/_ladder.html")
def ladder(form: ScoreForm, label_id: str, before: int | None = None) -> dict[str, Any]:
    rungs = [Rung(score, words) for score, words in sorted(PAIN_WORDS.items(), reverse=True)]
    return {"form": form, "rungs": rungs, "label_id": label_id, "before": before}

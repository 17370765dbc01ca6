"""A session as a row of bars, and times in words."""

from collections.abc import Collection, Sequence
from typing import Any

from django import template

from routines import plan
from stretches.dose import clock

register = template.Library()
register.filter("clock", clock)

WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


@register.filter
def in_words(number: int) -> str:
    """A small number as a word, a larger one in figures."""
    return WORDS[number] if 0 <= number < len(WORDS) else str(number)


@register.filter
def minutes(seconds: int) -> str:
    """ "9 minutes", rounded, and never none."""
    count = max(1, round(seconds / 60))
    return f"{count} minute{'' if count == 1 else 's'}"


@register.inclusion_tag("components/_spine.html")
def spine(
    items: Sequence[plan.PlanItem],
    now: int = 0,
    done: Collection[int] = (),
    label: str = "",
    travels: bool = True,
) -> dict[str, Any]:
    """The bars of a routine: each as long as its stretch takes.

    `now` and `done` count stretches from 1; 0 is none. From page to page the bars that travel move to
    their next place; only one on a page may.
    """
    seconds = [plan.total_seconds([item]) for item in items]
    count = len(seconds)
    gap = min(0.9, 30 / max(count, 1))
    scale = (100 - gap * (count - 1)) / max(sum(seconds), 1)
    bars, x = [], 0.0
    for number, length in enumerate(seconds, start=1):
        state = "now" if number == now else "done" if number in done else ""
        bars.append({"x": f"{x:.2f}", "width": f"{length * scale:.2f}", "state": state})
        x += length * scale + gap
    words = (
        f"{in_words(count).capitalize()} stretch{'' if count == 1 else 'es'}, {clock(sum(seconds))} minutes"
    )
    return {"bars": bars, "label": label or words, "travels": travels}

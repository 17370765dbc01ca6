"""A session as a row of bars."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from accounts.models import User
from routines import plan
from routines.player_settings import SOUNDS, settings_of
from stretches.mine import Mine
from stretches.models import Stretch
from stretches.numbers import clock, stretches
from stretches.plates import Plate

register = template.Library()


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
    words = f"{stretches(count).capitalize()}, {clock(sum(seconds))} minutes"
    return {"bars": bars, "label": label or words, "travels": travels}


@register.simple_tag
def pick(stretch: Stretch, mine: Mine, new: bool = False) -> SafeString:
    """A stretch in the builder's picker. `new`: the routine is still to come, in the form "adding"."""
    return Plate.of(stretch, mine, "routines/_pick.html", new).html


@register.simple_tag
def player_settings(user: User) -> dict[str, Any]:
    """A person's settings of the player by name, `json` for its script, and the choices of sounds."""
    settings = settings_of(user)
    return {**settings, "json": json.dumps(settings), "sounds_choices": SOUNDS}

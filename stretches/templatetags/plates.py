"""A stretch in a list: rendered once, as lists show dozens that rarely change."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from stretches.mine import Mine
from stretches.models import Stretch

register = template.Library()


@dataclass(frozen=True)
class Plate:
    """What a plate depends on. tools: it can be marked and added from where it stands."""

    pk: int
    name: str
    changed_at: datetime
    favourite: bool
    objection: str
    tools: bool
    stretch: Stretch = field(compare=False)


@register.simple_tag
def plate(stretch: Stretch, mine: Mine, tools: bool = False) -> SafeString:
    """With `tools`, the page needs a form with the id "marking" that holds the token, and a sheet "choose"."""
    made_of = Plate(
        stretch.pk,
        stretch.name,
        stretch.changed_at,
        stretch.pk in mine.favourites,
        mine.objection(stretch),
        tools,
        stretch,
    )
    is_personal = stretch.owner_id is not None or made_of.objection
    return _render(made_of) if is_personal or settings.DEBUG else _rendered(made_of)


def _render(plate: Plate) -> SafeString:
    return render_to_string("stretches/_plate.html", {"plate": plate, "stretch": plate.stretch})


_rendered = lru_cache(maxsize=4096)(_render)  # of the catalogue's alone: nothing that one person said is kept

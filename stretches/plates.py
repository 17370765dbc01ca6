"""A stretch in a list: rendered once, as lists show dozens that rarely change."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from stretches.mine import Mine
from stretches.models import Stretch


@dataclass(frozen=True)
class Plate:
    """All that its markup depends on. tools: more than a look at it, whatever that is in its template."""

    template: str
    pk: int
    name: str
    changed_at: datetime
    favourite: bool
    objection: str
    tools: bool
    stretch: Stretch = field(compare=False)

    @classmethod
    def of(cls, stretch: Stretch, mine: Mine, template: str, tools: bool = False) -> "Plate":
        is_favourite = stretch.pk in mine.favourites
        return cls(
            template,
            stretch.pk,
            stretch.name,
            stretch.changed_at,
            is_favourite,
            mine.objection(stretch),
            tools,
            stretch,
        )

    @property
    def html(self) -> SafeString:
        is_personal = self.stretch.owner_id is not None or self.objection
        return _render(self) if is_personal or settings.DEBUG else _rendered(self)


def _render(plate: Plate) -> SafeString:
    return render_to_string(plate.template, {"plate": plate, "stretch": plate.stretch})


_rendered = lru_cache(maxsize=4096)(_render)  # of the catalogue's alone: nothing that one person said is kept

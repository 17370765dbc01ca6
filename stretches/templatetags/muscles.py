from collections.abc import Iterable
from typing import Any

from django import template

from stretches.figure import muscle_map as drawing
from stretches.models import Muscle, Stretch
from stretches.words import Area

register = template.Library()


@register.inclusion_tag("stretches/_muscle_map.html")
def muscle_map(stretch: Stretch) -> dict[str, Any]:
    """Where a stretch works: a body from the front and from the back, and its muscles by name.

    Needs the stretch's muscles (`with_details`), and css/muscle-map.css on the page.
    """
    primary, secondary = stretch.primary_muscles, stretch.secondary_muscles
    shown = drawing.marks(slugs(primary), slugs(secondary))
    return {
        "box": drawing.BOX,
        "parts": drawing.draw(shown),
        "words": shown.words,
        "lists": [
            {"term": term, "muscles": muscles, "swatch": drawing.swatch(tone)}
            for term, tone, muscles in (("Mainly", "main", primary), ("Also", "also", secondary))
            if muscles
        ],
    }


def slugs(muscles: Iterable[Muscle]) -> list[str]:
    return [muscle.slug for muscle in muscles]


@register.inclusion_tag("stretches/_muscle_map_links.html")
def muscle_map_links(current: Iterable[str] = ()) -> dict[str, Any]:
    """The same body as a way into the catalogue: each part leads to the stretches for it.

    current: the slugs of the areas that the list is filtered by now. Needs css/muscle-map.css on the page.
    """
    return {
        "box": drawing.BOX,
        "body": drawing.bodies(),
        "areas": [
            {"slug": slug, "name": name, "parts": drawing.area(slug), "current": slug in current}
            for slug, name in Area.choices
        ],
    }

"""What one person chose about stretches, on a page."""

from django import template

from stretches.mine import Mine
from stretches.models import Stretch

register = template.Library()


@register.filter
def objection(stretch: Stretch, mine: Mine) -> str:
    """Why this person would not do it, in their own terms: "You set it aside: my knee"; "" if nothing is said."""
    return mine.objection(stretch)

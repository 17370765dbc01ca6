from django import template
from django.utils.safestring import SafeString

from stretches.mine import Mine
from stretches.models import Stretch
from stretches.plates import Plate

register = template.Library()


@register.simple_tag
def plate(stretch: Stretch, mine: Mine, tools: bool = False) -> SafeString:
    """A stretch in a list. With `tools` it can be marked and added from where it stands: the page then needs a
    form with the id "marking" that holds the token, and a sheet "choose"."""
    return Plate.of(stretch, mine, "stretches/_plate.html", tools).html

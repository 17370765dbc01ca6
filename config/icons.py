"""Icons, in every template without {% load %}: {% icon "play" %}, or {% icon "play" "icon--solid" %}."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "icons/icons.svg"

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite. Those who hear the page don't hear it: words stand beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', css, _address(), name
    )


@cache
def _address() -> str:
    return static(SPRITE)

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from stretches.models import Stretch

register = template.Library()


@register.simple_tag
def figure(stretch: Stretch, decorative: bool = False, flip: bool = False) -> SafeString:
    """The drawing of a stretch, inlined so that it takes its colours from the page.

    decorative: its name stands beside it, so that a screen reader need not hear it. flip: mirrored,
    to show the other side working.
    """
    return format_html(
        '<svg class="figure{}" viewBox="{}" {}>{}</svg>',
        " figure--flip" if flip else "",
        stretch.figure_box,
        mark_safe('aria-hidden="true"')
        if decorative
        else format_html('role="img" aria-label="{}"', stretch.figure_alt),
        _shapes(stretch),
    )


@register.simple_tag
def figure_shapes(stretch: Stretch) -> SafeString:
    """The drawing, to be used many times on a page: `<use href="#figure-cat-cow">` in svgs of its box."""
    # Styles see only the copy, not what stands around it: so the copy itself says that it is a figure.
    return format_html('<g class="figure" id="figure-{}">{}</g>', stretch.slug, _shapes(stretch))


def _shapes(stretch: Stretch) -> SafeString:
    """What stands inside the drawing. This is the one place that trusts markup: `figure` holds nothing
    but paths that stretches.figure.draw made of numbers. No text of a file or of a person is in it, and
    only the loader of the shipped files writes the column."""
    return mark_safe(stretch.figure)  # noqa: S308

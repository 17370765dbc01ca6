from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from stretches import drawings
from stretches.models import Stretch

register = template.Library()


@register.simple_tag
def figure(
    stretch: Stretch, decorative: bool = False, flip: bool = False, among_all: bool = False
) -> SafeString:
    """The drawing of a stretch, in the colours of the page.

    decorative: its name stands beside it, so that a screen reader need not hear it. flip: mirrored, to
    show the other side working. among_all: the page shows most of the drawings, so that one file is best.
    """
    if not stretch.figure:
        return mark_safe('<span class="figure"></span>')  # somebody's own without a drawing: its place stays
    words = (
        format_html('aria-hidden="{}"', "true")
        if decorative
        else format_html('role="img" aria-label="{}"', stretch.figure_alt)
    )
    return format_html(
        '<svg class="figure{}" viewBox="{}" {}>{}</svg>',
        " figure--flip" if flip else "",
        stretch.figure_box,
        words,
        _shapes(stretch, drawings.ALL if among_all else drawings.one(stretch.slug)),
    )


@register.simple_tag
def figure_in_motion(stretch: Stretch) -> str:
    """The address of the drawing that moves; "" where there is only the hold to see, or no file."""
    return static(drawings.in_motion(stretch.slug)) if stretch.figure_moves and stretch.is_in_files else ""


@register.simple_tag
def figure_shapes(stretch: Stretch) -> SafeString:
    """The shapes alone, once, for a page that shows them again and again and may lose its network: the
    player. Elsewhere on it: `<use href="#cat-cow">`."""
    return format_html('<g id="{}">{}</g>', stretch.slug, _inline(stretch))


def _shapes(stretch: Stretch, file: str) -> SafeString:
    """A reference to a static file; a stretch that is not in the files has none."""
    if stretch.is_in_files:
        return format_html('<use href="{}#{}"/>', static(file), stretch.slug)
    return _inline(stretch)


def _inline(stretch: Stretch) -> SafeString:
    """This is the one place that trusts markup: `figure` holds nothing but paths that
    stretches.figure.draw made of numbers. No text of a file or of a person is in it: only the loader of the
    shipped files writes the column, and a person's own stretch has a copy of one of these."""
    return mark_safe(stretch.figure)  # noqa: S308

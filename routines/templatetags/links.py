"""Addresses that leave the page: as a link to send, and as a QR code."""

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from routines.models import Routine
from routines.qr import code_of

register = template.Library()


@register.simple_tag
def share_link(request: HttpRequest, routine: Routine) -> str:
    """The whole address that a shared routine is reached by; "" where it is not shared."""
    if not routine.share_token:
        return ""
    return request.build_absolute_uri(reverse("routines:shared-detail", args=[routine.share_token]))


@register.simple_tag
def qr_code(address: str, label: str, pixels: int = 176) -> SafeString:
    """The code of an address, black on white whatever the colours of the page, so that cameras find it."""
    code = code_of(address)
    return format_html(
        '<svg class="qr" width="{0}" height="{0}" viewBox="0 0 {1} {1}" role="img" aria-label="{2}"'
        ' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{1}v{1}H0z"/><path stroke="#000" d="{3}"/></svg>',
        pixels,
        code.side,
        label,
        code.path,
    )

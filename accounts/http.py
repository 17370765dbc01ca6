from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User


def next_page(request: HttpRequest) -> str:
    """The page of ours that led here (`next`), to go back to; "" where none did."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return page if is_ours and page.startswith("/") else ""


class PersonRequest(HttpRequest):
    """A request that LoginRequiredMiddleware has let through: its user is a person."""

    user: User

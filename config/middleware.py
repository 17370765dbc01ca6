"""What a browser is told to refuse, on every answer there is."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


class SealMiddleware:
    """The same headers on pages, files, redirects, faults and 304: outermost, so that nothing answers before it.

    A header that an answer has already stands: a shared routine, for one, lets nobody hear of its address.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in settings.SEAL.items():
            response.headers.setdefault(name, value)
        return response

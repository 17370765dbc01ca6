"""Pages that are the same for every newcomer are rendered once, and kept until what they show has changed."""

import re
from collections.abc import Callable, Hashable
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

View = Callable[..., HttpResponse]

LONGEST_ADDRESS = 200
"""Characters. What somebody typed at such length is asked once."""

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


def same_for_newcomers(version: Callable[[], Hashable]) -> Callable[[View], View]:
    """For a view whose page, before somebody who isn't signed in, depends on its address and `version()` alone.

    `version` names the state of what the page shows. The token in its forms is each newcomer's own: it takes the
    place of the one that the page was rendered with.
    """

    def keeping(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            address = request.build_absolute_uri()
            if len(address) > LONGEST_ADDRESS or not _is_of_a_newcomer(request):
                return view(request, *args, **kwargs)
            key = sha256(repr((address, version())).encode()).hexdigest()
            if kept := caches["pages"].get(key):
                content, vary = kept
                if token := TOKEN.search(content):
                    content = content.replace(token[1], get_token(request).encode())
                return HttpResponse(content, headers={"Vary": vary} if vary else None)
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                caches["pages"].set(key, (response.content, response.headers.get("Vary")))
            return response

        return answer

    return keeping


def _is_of_a_newcomer(request: HttpRequest) -> bool:
    """Whether nobody is signed in, and a whole page is asked for."""
    is_plain = request.method == "GET" and "HX-Request" not in request.headers
    return is_plain and settings.SESSION_COOKIE_NAME not in request.COOKIES

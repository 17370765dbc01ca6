from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import Theme, User


def person_key(user: object) -> str:
    """What a page calls its person: tells two people on one phone apart, and says nothing else."""
    if not isinstance(user, User):
        return ""
    return salted_hmac("limber.person", str(user.pk), algorithm="sha256").hexdigest()[:16]


def person(request: HttpRequest) -> dict[str, object]:
    """`theme` is "light" or "dark" where a person chose one, else "": then the device decides."""
    user = getattr(request, "user", None)  # a request that is refused early has none
    theme = user.theme if isinstance(user, User) and user.theme != Theme.AUTO else ""
    return {"person_key": person_key(user), "theme": theme, "has_mail": settings.HAS_MAIL}

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import User


def person_key(user: object) -> str:
    """What a page calls its person: tells two people on one phone apart, and says nothing else."""
    if not isinstance(user, User):
        return ""
    return salted_hmac("limber.person", str(user.pk), algorithm="sha256").hexdigest()[:16]


def person(request: HttpRequest) -> dict[str, str]:
    return {"person_key": person_key(request.user)}

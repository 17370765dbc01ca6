"""Whether an address is known to be the person's own: allauth's rows, which the sign-up makes."""

from collections.abc import Iterable

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from django.db.models import F

from accounts.http import PersonRequest
from accounts.models import User


def confirmed(user_ids: Iterable[int]) -> dict[int, str]:
    """The confirmed address of each of these people who has one. One query."""
    found = EmailAddress.objects.filter(
        user_id__in=list(user_ids), verified=True, user__is_active=True, email__iexact=F("user__email")
    )
    return dict(found.values_list("user_id", "user__email"))


def is_confirmed(user: User) -> bool:
    return user.pk in confirmed([user.pk])


def send_confirmation(request: PersonRequest) -> bool:
    """Send the person the mail that asks whether the address is theirs. False: one was sent just now."""
    address, _ = EmailAddress.objects.get_or_create(
        user=request.user, email=request.user.email, defaults={"primary": True}
    )
    return bool(send_verification_email_to_address(request, address))

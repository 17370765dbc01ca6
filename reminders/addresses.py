"""Whether an address is known to be the person's own: allauth's rows, which the sign-up makes."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import F

from accounts.models import User


def confirmed(user_ids: Iterable[int]) -> dict[int, str]:
    """The confirmed address of each of these people who has one. One query."""
    found = EmailAddress.objects.filter(
        user_id__in=list(user_ids), verified=True, user__is_active=True, email__iexact=F("user__email")
    )
    return dict(found.values_list("user_id", "user__email"))


def is_confirmed(user: User) -> bool:
    return user.pk in confirmed([user.pk])


def confirm(user: User) -> None:
    """The person has shown that mail to their address reaches them."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )

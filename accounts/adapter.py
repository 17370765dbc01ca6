"""Where django-allauth meets guests: signing up keeps the guest's row, signing in brings its rows along."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.guests import guest_of
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: there is one answer to each form, and it is a page."""
        return False

    def new_user(self, request: HttpRequest) -> User:
        return guest_of(request) or User()

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.become_account(form.cleaned_data["email"], form.cleaned_data.get("name", ""))
        return super().save_user(request, user, form, commit)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in. A guest who signs in to an account brings everything along if they ticked that."""
        guest = guest_of(request)
        super().login(request, user)
        if guest and guest.pk != user.pk and "bring_along" in request.POST:
            guest.hand_over(to=user)

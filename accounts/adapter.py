"""Where django-allauth meets guests: signing up keeps the guest's row, signing in brings its rows along."""

import logging
from smtplib import SMTPException
from threading import Thread
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse

from accounts.guests import guest_of
from accounts.models import User, known_time_zone

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def is_ajax(self, request: HttpRequest) -> bool:
        """There is one answer to each form, and it is a page. Only what a passkey signs comes as JSON."""
        return request.path == reverse("mfa_login_webauthn")

    def new_user(self, request: HttpRequest) -> User:
        return guest_of(request) or User(time_zone=known_time_zone(request.POST.get("time_zone", "")))

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.become_account(form.cleaned_data["email"], form.cleaned_data.get("name", ""))
        return super().save_user(request, user, form, commit)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in. A guest who signs in to an account brings everything along if they ticked that."""
        guest = guest_of(request)
        super().login(request, user)
        if guest and guest.pk != user.pk and "bring_along" in request.POST:
            guest.hand_over(to=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it beside the request: how long a page takes tells nobody whether an address has an account."""
        if settings.HAS_MAIL:
            context = {"request": self.request, "email": email, **context}
            Thread(target=_send, args=[self.render_mail(template_prefix, email, context)]).start()


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        log.error("A mail was not sent: %s", type(error).__name__)


class PasskeyAdapter(DefaultMFAAdapter):
    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """A passkey stands in place of the password, not beside it: losing a phone locks nobody out."""
        return False

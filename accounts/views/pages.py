"""allauth's pages, made ours: those that need a mail server say where there is none; guests are led to sign up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods

from accounts.guests import guest_of

View = Callable[..., HttpResponseBase]


def page(view: View) -> View:
    """A page with a form of allauth's: a form that is refused answers 422."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        form = (response.context_data or {}).get("form") if isinstance(response, TemplateResponse) else None
        if form is not None and form.errors and response.status_code == 200:
            response.status_code = 422
        return response

    checked: View = require_http_methods(["GET", "HEAD", "POST"])(answer)
    return checked


def needs_mail(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if settings.HAS_MAIL else no_mail(request)

    return answer


def for_accounts(view: View) -> View:
    """A guest has neither address nor password to change."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("account_signup") if guest_of(request) else view(request, *args, **kwargs)

    return answer


@login_not_required
def no_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/no_mail.html")


class AddPasskey(AddWebAuthnView):
    """The credential is made to be found without a name, so that signing in needs no typing."""

    def get_success_url(self) -> Any:
        return reverse_lazy("mfa_list_webauthn")

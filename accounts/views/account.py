"""The account page, and what a person prefers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import PreferencesForm
from accounts.http import PersonRequest


@require_safe
def account(request: PersonRequest) -> HttpResponse:
    return render(request, "accounts/account.html")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/preferences.html", {"form": PreferencesForm(instance=request.user)})
    form = PreferencesForm(request.POST, instance=request.user)
    if not form.is_valid():
        request.user.refresh_from_db()  # the page is in the theme that counts, not in the one that was refused
        return render(request, "accounts/preferences.html", {"form": form}, status=422)
    form.save()
    messages.success(request, "Saved.")
    return redirect("preferences")

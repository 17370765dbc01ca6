"""Reminders on a device: its browser subscribes, and tells where to send and how to encrypt."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import PersonRequest
from reminders.forms import PushForm
from reminders.models import PushSubscription
from reminders.push import Keys


@require_POST
def push_add(request: PersonRequest) -> HttpResponse:
    form = PushForm(request.POST)
    if Keys.load() is None or not form.is_valid():
        return HttpResponse("That is no subscription.", status=422, content_type="text/plain; charset=utf-8")
    PushSubscription.objects.add(request.user, request.headers.get("User-Agent", ""), **form.cleaned_data)
    return redirect(_page())


@require_POST
def push_remove(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.user.push_subscriptions, pk=pk).delete()
    return redirect(_page())


def _page() -> str:
    return f"{reverse('reminders:reminder-list')}#device"

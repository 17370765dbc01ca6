"""What a person is reminded of, when and how."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest
from journal.models import Pause
from reminders.addresses import is_confirmed, send_confirmation
from reminders.forms import MailForm, ReminderForm
from reminders.models import Feed, MailWishes
from reminders.push import Keys
from routines.models import Routine


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_list(request: PersonRequest) -> HttpResponse:
    """The page; a POST adds a reminder."""
    form = ReminderForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        return redirect("reminders:reminder-list")
    return _page(request, form=form, status=422 if form.errors else 200)


@require_POST
def reminder_remove(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.user.reminders, pk=pk).delete()
    return redirect("reminders:reminder-list")


@require_POST
def mail_wishes(request: PersonRequest) -> HttpResponse:
    """Which mails are wanted. They are sent once the address is confirmed, and a mail to confirm it goes out now."""
    form = MailForm(request.POST)
    if request.user.is_guest or not form.is_valid():
        return _page(request, status=422)
    wishes, _ = MailWishes.objects.get_or_create(user=request.user)
    wishes.wish(form.kinds)
    if form.kinds and settings.HAS_MAIL and not is_confirmed(request.user):
        return _send_confirmation(request)
    return redirect(f"{reverse('reminders:reminder-list')}#mail")


@require_POST
def confirm_send(request: PersonRequest) -> HttpResponse:
    """Another link to confirm the address with."""
    if request.user.is_guest or not settings.HAS_MAIL or is_confirmed(request.user):
        return redirect("reminders:reminder-list")
    return _send_confirmation(request)


@require_POST
@sensitive_variables("token")
def feed_renew(request: PersonRequest) -> HttpResponse:
    """Make the calendar's link, or another in its place. It is shown this once; with `withdraw=1` it is gone."""
    if "withdraw" in request.POST:
        request.user.feeds.all().delete()
        return redirect(f"{reverse('reminders:reminder-list')}#calendar")
    token = Feed.objects.renew(request.user)
    return _page(request, link=request.build_absolute_uri(reverse("reminders:feed", args=[token])))


def _send_confirmation(request: PersonRequest) -> HttpResponse:
    if send_confirmation(request):
        return _page(
            request, said=f"A link is on its way to {request.user.email}. Follow it to confirm the address."
        )
    return _page(request, said="A link is on its way already. Look again in a few minutes.", status=429)


def _page(
    request: PersonRequest,
    form: ReminderForm | None = None,
    link: str = "",
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    user = request.user
    wishes = MailWishes.objects.filter(user=user).first()
    today, keys = timezone.localdate(), Keys.load()
    context = {
        "form": form or ReminderForm(user),
        "reminders": user.reminders.all(),
        "has_mail": settings.HAS_MAIL,
        "is_confirmed": not user.is_guest and is_confirmed(user),
        "wishes": wishes,
        "mail_form": MailForm(
            initial={kind: getattr(wishes, kind) for kind in MailWishes.Kind.values} if wishes else None
        ),
        "feed": user.feeds.first(),
        "push_key": keys.public if keys else "",
        "devices": user.push_subscriptions.all() if keys else (),
        "link": link,
        "said": said,
        "scheduled": Routine.objects.of(user).filter(days__gt=0).count(),
        "pause": Pause.objects.filter(user=user).between(today, today).first(),
    }
    return render(request, "reminders/reminders.html", context, status=status)

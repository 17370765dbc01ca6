from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.models import User
from reminders.models import MOST_REMINDERS, MailWishes, Reminder
from reminders.outgoing import ForbiddenAddressError, checked
from reminders.push import decoded, is_point
from routines import schedule
from routines.shelf_forms import NOT_A_TIME
from stretches.bits import bits_of

CLOCK = "clock"
FULL = f"{MOST_REMINDERS} reminders are the most. Take one out first."


class ReminderForm(forms.Form):
    """Days, and one time: a part of the day, or of the clock. Once valid: `save`."""

    days = forms.TypedMultipleChoiceField(
        choices=list(enumerate(schedule.DAYS)),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one day.",
            "invalid_choice": "Tick days from Monday to Sunday.",
        },
    )
    part = forms.ChoiceField(
        choices=[
            *((name, f"{name.capitalize()}, {at // 60}:{at % 60:02}") for name, at in schedule.NAMED.items()),
            (CLOCK, "At"),
        ],
        required=False,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": "Choose morning, midday, evening or a time of the clock.",
        },
    )
    at = forms.CharField(
        label="Time of the clock",
        max_length=10,
        required=False,
        error_messages={"max_length": "Write hours and minutes, such as 18:30."},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data, initial={"days": list(range(5))})
        self.user = user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = (cleaned.get("at") or "").strip()
        if not cleaned.get("part") and "part" not in self.errors:
            cleaned["part"] = CLOCK if typed else ""
            if not typed:
                self.add_error("part", "Choose a time, or write one.")
        if cleaned.get("part") == CLOCK and "at" not in self.errors:
            if not typed:
                self.add_error("at", "Give the time, such as 18:30.")
            elif not schedule.clock_time(typed):
                self.add_error("at", ValidationError(NOT_A_TIME, params={"word": typed}))
        if not self.errors and self.user.reminders.count() >= MOST_REMINDERS:
            self.add_error("days", FULL)
        return cleaned

    def save(self) -> None:
        """The same one twice is one."""
        typed = self.cleaned_data["at"].strip()
        at = schedule.clock_time(typed) if self.cleaned_data["part"] == CLOCK else self.cleaned_data["part"]
        Reminder.objects.get_or_create(user=self.user, days=bits_of(self.cleaned_data["days"]), time=at)


class PushForm(forms.Form):
    """What a browser says of its subscription. Endpoints are looked up when something is sent, not here."""

    endpoint = forms.CharField(max_length=700)
    p256dh = forms.CharField(max_length=90)
    auth = forms.CharField(max_length=24)

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        try:
            checked(endpoint, allow_loopback=settings.PUSH_TO_LOOPBACK)
        except ForbiddenAddressError as error:
            raise ValidationError(
                "An address of the internet over https is needed.", code="address"
            ) from error
        return endpoint

    def clean_p256dh(self) -> str:
        return self._key("p256dh", is_point)

    def clean_auth(self) -> str:
        return self._key("auth", lambda raw: len(raw) == 16)

    def _key(self, name: str, is_right: Callable[[bytes], bool]) -> str:
        text: str = self.cleaned_data[name]
        try:
            if is_right(decoded(text)):
                return text
        except ValueError:
            pass
        raise ValidationError("That is no key.", code="key")


class MailForm(forms.Form):
    """Which mails somebody wants. None is ticked beforehand."""

    reminders = forms.BooleanField(
        required=False,
        label="Reminders at my times",
        help_text="One line and a link to start. Not on a day on which it is done already.",
    )
    next_day = forms.BooleanField(
        required=False,
        label="The question a day later",
        help_text="“A day later, how is your back?”, to be answered from the mail, once.",
    )
    weekly = forms.BooleanField(
        required=False,
        label="A summary of the week, on Mondays",
        help_text="This one has scores in it: your weekly median, where anybody who sees the mail can read it.",
    )

    @property
    def kinds(self) -> set[str]:
        return {kind for kind in MailWishes.Kind.values if self.cleaned_data.get(kind)}

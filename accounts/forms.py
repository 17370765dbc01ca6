from typing import Any, ClassVar
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm, SignupForm
from django import forms

from accounts.models import User


def plain(field: forms.Field, label: str, help_text: str = "") -> None:
    """allauth's fields with our words and no placeholder."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["class"] = "input"


class SignUpForm(SignupForm):
    """A name to be called by, an address and a password."""

    name = forms.CharField(
        max_length=80,
        required=False,
        label="What should we call you?",
        help_text="Optional. Any name will do.",
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "given-name"}),
    )
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["email"], "Email", "To sign in. We send nothing else.")
        plain(self.fields["password1"], "Password", "Ten characters or more. A few ordinary words work well.")
        self.fields["email"].error_messages["invalid"] = "That address is missing something, such as .com"
        self.fields["email"].error_messages["required"] = "Give an address to sign in with."
        self.fields["password1"].error_messages["required"] = "Choose a password."


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["login"], "Email")
        plain(self.fields["password"], "Password")
        self.fields["login"].error_messages["required"] = "Give the address you signed up with."
        self.fields["password"].error_messages["required"] = "Give your password."
        self.fields["remember"].label = "Stay signed in on this device"


class PreferencesForm(forms.ModelForm):
    """What a person prefers, besides what the player and the catalogue ask for themselves."""

    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="Guessed from the device you started on. Days and times on every page follow it.",
        error_messages={"invalid_choice": "That is not the name of a time zone. Choose one of the list."},
    )

    class Meta:
        model = User
        fields = ("name", "time_zone", "theme", "week_goal")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "name": forms.TextInput(attrs={"class": "input", "autocomplete": "given-name"}),
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "week_goal": dict.fromkeys(
                ("invalid", "required", "min_value", "max_value"), "Days a week: a whole number from 1 to 7."
            ),
            "theme": {"invalid_choice": "Choose one of the three.", "required": "Choose one of the three."},
            "name": {"max_length": "A name has 80 characters at most."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        names = dict.fromkeys(["UTC", *zones, self.instance.time_zone])
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101  tells mypy
        zone.choices = [(name, name.replace("_", " ")) for name in names]
        zone.widget.attrs["class"] = "input"
        self.fields["name"].label = "What should we call you?"
        self.fields["name"].help_text = "Optional. Any name will do."
        goal = self.fields["week_goal"]
        goal.label = "Days a week you would like to stretch"
        goal.help_text = (
            "A line to aim at, no more. Any small session counts, and a missed day changes nothing."
        )
        goal.widget.attrs |= {"class": "input input--short", "inputmode": "numeric"}

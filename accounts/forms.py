from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django import forms


def _plain(field: forms.Field, label: str, help_text: str = "") -> None:
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
        _plain(self.fields["email"], "Email", "To sign in. We send nothing else.")
        _plain(
            self.fields["password1"], "Password", "Ten characters or more. A few ordinary words work well."
        )
        self.fields["email"].error_messages["invalid"] = "That address is missing something, such as .com"
        self.fields["email"].error_messages["required"] = "Give an address to sign in with."
        self.fields["password1"].error_messages["required"] = "Choose a password."


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], "Email")
        _plain(self.fields["password"], "Password")
        self.fields["login"].error_messages["required"] = "Give the address you signed up with."
        self.fields["password"].error_messages["required"] = "Give your password."
        self.fields["remember"].label = "Stay signed in on this device"

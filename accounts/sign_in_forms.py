"""allauth's other forms, in our words and without placeholders."""

from typing import Any, ClassVar

from allauth.account import forms as theirs
from allauth.account.models import EmailAddress
from django import forms
from django.http import HttpRequest

from accounts.forms import plain

Words = dict[str, tuple[str, str, str]]
"""Field: its label, its hint, and what is said where it is empty."""

PASSWORD_HINT = "Ten characters or more. A few ordinary words work well."  # noqa: S105  no password


class Worded(forms.Form):
    words: ClassVar[Words] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint, missing) in self.words.items():
            plain(self.fields[name], label, hint)
            self.fields[name].error_messages["required"] = missing


class ChangePasswordForm(Worded, theirs.ChangePasswordForm):
    words: ClassVar[Words] = {
        "oldpassword": ("Password now", "", "Give the password you have now."),
        "password1": ("New password", PASSWORD_HINT, "Choose a password."),
        "password2": ("New password again", "", "Write it once more."),
    }


class ResetPasswordForm(Worded, theirs.ResetPasswordForm):
    words: ClassVar[Words] = {"email": ("Email", "", "Give the address you signed up with.")}


class NewPasswordForm(Worded, theirs.ResetPasswordKeyForm):
    words: ClassVar[Words] = {
        "password1": ("New password", PASSWORD_HINT, "Choose a password."),
        "password2": ("New password again", "", "Write it once more."),
    }


class EmailForm(Worded, theirs.AddEmailForm):
    words: ClassVar[Words] = {
        "email": ("New email", "It counts once you have followed the link we send there.", "Give an address.")
    }

    def save(self, request: HttpRequest) -> Any:
        # allauth would take the person's own address, if it was never confirmed, for one that waits to be, and with
        # it take away what they sign in with.
        EmailAddress.objects.filter(user=self.user, verified=False).delete()
        return super().save(request)


class RequestCodeForm(Worded, theirs.RequestLoginCodeForm):
    words: ClassVar[Words] = {"email": ("Email", "", "Give the address you signed up with.")}


class ConfirmCodeForm(Worded, theirs.ConfirmLoginCodeForm):
    words: ClassVar[Words] = {
        "code": ("Code", "From the mail. It works for three minutes.", "Give the code.")
    }


class AgainForm(Worded, theirs.ReauthenticateForm):
    words: ClassVar[Words] = {"password": ("Password", "", "Give your password.")}

"""Everything under /accounts/: of allauth's addresses only those that Limber needs."""

from allauth.account import views as theirs
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as browsers
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from accounts.views.account import account, preferences
from accounts.views.deleting import account_delete
from accounts.views.pages import AddPasskey, for_accounts, needs_mail, page

urlpatterns = [
    path("", account, name="account"),
    path("preferences/", preferences, name="preferences"),
    path("delete/", account_delete, name="account-delete"),
    path("signup/", login_not_required(page(theirs.signup)), name="account_signup"),
    path("login/", login_not_required(page(theirs.login)), name="account_login"),
    path("logout/", login_not_required(page(theirs.logout)), name="account_logout"),
    path("again/", page(for_accounts(theirs.reauthenticate)), name="account_reauthenticate"),
    path(
        "login/code/",
        login_not_required(page(needs_mail(theirs.request_login_code))),
        name="account_request_login_code",
    ),
    path(
        "login/code/confirm/",
        login_not_required(page(needs_mail(theirs.confirm_login_code))),
        name="account_confirm_login_code",
    ),
    path("email/", page(for_accounts(needs_mail(theirs.email))), name="account_email"),
    path(
        "email/sent/",
        login_not_required(page(theirs.email_verification_sent)),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^email/confirm/(?P<key>[-:\w]+)/$",
        login_not_required(page(theirs.confirm_email)),
        name="account_confirm_email",
    ),
    path("password/", page(for_accounts(theirs.password_change)), name="account_change_password"),
    path(
        "password/reset/",
        login_not_required(page(needs_mail(theirs.password_reset))),
        name="account_reset_password",
    ),
    path(
        "password/reset/sent/",
        login_not_required(page(theirs.password_reset_done)),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        login_not_required(page(theirs.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        login_not_required(page(theirs.password_reset_from_key_done)),
        name="account_reset_password_from_key_done",
    ),
    path("devices/", page(browsers.list_usersessions), name="usersessions_list"),
    path("passkeys/", page(for_accounts(passkeys.list_webauthn)), name="mfa_list_webauthn"),
    path("passkeys/add/", page(for_accounts(AddPasskey.as_view())), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        page(for_accounts(passkeys.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
    path(
        "passkeys/sign-in/",
        login_not_required(page(passkeys.login_webauthn)),
        name="mfa_login_webauthn",
    ),
]

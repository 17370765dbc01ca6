from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin

from accounts.models import User

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # the limits of one sign-in


# Addresses, keys and the browsers people use are nobody's but theirs.
admin.site.unregister([EmailAddress, Authenticator, UserSession])


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Who there is, and whether they may sign in. Nothing of anybody's health is shown to staff."""

    list_display = ("email", "is_guest", "is_active", "is_staff", "joined_at")
    list_filter = ("is_guest", "is_active", "is_staff")
    search_fields = ("email",)
    fields = ("email", "is_active", "is_staff", "is_superuser", "joined_at")
    readonly_fields = ("email", "joined_at")

    def has_add_permission(self, request: Any) -> bool:
        """People sign up by themselves; the operator's account comes from createsuperuser."""
        return False

    def has_delete_permission(self, request: Any, obj: User | None = None) -> bool:
        """The admin's question would list every row that goes along, pain scores too. People delete themselves."""
        return False

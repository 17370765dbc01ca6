from django.contrib import admin

from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Who there is, and whether they may sign in. Nothing of anybody's health is shown to staff."""

    list_display = ("email", "is_guest", "is_active", "is_staff", "joined_at")
    list_filter = ("is_guest", "is_active", "is_staff")
    search_fields = ("email",)
    fields = ("email", "is_active", "is_staff", "is_superuser", "joined_at")
    readonly_fields = ("email", "joined_at")

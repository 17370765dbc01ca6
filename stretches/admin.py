"""The catalogue in the admin: to look at. Its entries are the files in `stretches/data`."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from stretches import catalogue
from stretches.models import Equipment, Muscle, Stretch, StretchMuscle
from stretches.templatetags.figures import figure


class ReadOnly:
    """Rows come from files: the next load would take any change back."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MuscleInline(ReadOnly, admin.TabularInline):
    model = StretchMuscle
    fields = ("muscle", "primary")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StretchMuscle]:
        return super().get_queryset(request).select_related("stretch", "muscle")


@admin.register(Stretch)
class StretchAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("name", "kind", "position", "direction", "acute_ok", "listed", "changed_at")
    list_filter = ("listed", "kind", "position", "direction", "acute_ok")
    search_fields = ("name", "search_text")
    exclude = ("figure", "search_text")
    readonly_fields = ("preview", "file")
    inlines = (MuscleInline,)

    class Media:
        css: ClassVar = {"all": ("css/tokens.css", "css/figures.css")}  # the colours of the preview

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stretch]:
        """The catalogue's, listed or not. What people wrote for themselves is nobody else's."""
        return super().get_queryset(request).filter(owner=None)

    @admin.display(description="figure")
    def preview(self, stretch: Stretch) -> SafeString:
        return figure(stretch)

    @admin.display(description="its file")
    def file(self, stretch: Stretch) -> SafeString:
        """Whether the file is valid and the row is what it says."""
        state = catalogue.state_of(stretch) or ["Valid, and as shown here."]
        return format_html_join(mark_safe("<br>"), "{}", ((sentence,) for sentence in state))


@admin.register(Muscle)
class MuscleAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("name", "everyday_name")


@admin.register(Equipment)
class EquipmentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("name",)

from django.urls import path

from stretches.views import catalogue, own, stretches

app_name = "stretches"

urlpatterns = [
    path("", catalogue.stretch_list, name="stretch-list"),
    path("new/", own.stretch_new, name="stretch-new"),
    path("leave-out/", stretches.leave_out, name="leave-out"),
    path("<slug:slug>/", stretches.stretch_detail, name="stretch-detail"),
    path("<slug:slug>/mark/", stretches.stretch_mark, name="stretch-mark"),
    path("<slug:slug>/edit/", own.stretch_edit, name="stretch-edit"),
    path("<slug:slug>/delete/", own.stretch_delete, name="stretch-delete"),
]

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView

from accounts.views.safety import safety_check
from config import offline
from config.views import healthz

urlpatterns = [
    path("", include("journal.urls")),
    path("", include("routines.urls")),
    path("", include("reminders.urls")),
    path("stretches/", include("stretches.urls")),
    path("safety/", login_not_required(TemplateView.as_view(template_name="safety.html")), name="safety"),
    path("about/", login_not_required(TemplateView.as_view(template_name="about.html")), name="about"),
    path("safety/check/", safety_check, name="safety-check"),
    path("accounts/", include("accounts.urls")),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline, name="offline"),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
]

handler404 = "config.views.not_found"
handler500 = "config.faults.server_error"

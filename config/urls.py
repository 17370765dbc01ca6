from allauth.account import views as allauth_views
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView

from accounts.views import account
from config import offline
from config.views import healthz

urlpatterns = [
    path("", include("journal.urls")),
    path("", include("routines.urls")),
    path("", include("reminders.urls")),
    path("stretches/", include("stretches.urls")),
    path("safety/", login_not_required(TemplateView.as_view(template_name="safety.html")), name="safety"),
    path("about/", login_not_required(TemplateView.as_view(template_name="about.html")), name="about"),
    path("accounts/", account, name="account"),
    path("accounts/signup/", allauth_views.signup, name="account_signup"),
    path("accounts/login/", allauth_views.login, name="account_login"),
    path("accounts/logout/", allauth_views.logout, name="account_logout"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline, name="offline"),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
]

handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

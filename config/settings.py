"""Settings, from the environment. Everything has a default that suits one machine at home.

LIMBER_DATA     folder of the database and the secret key (default: data, beside this project)
LIMBER_HOSTS    names and addresses people reach this server by, separated by commas
HTTPS=1         behind a proxy that speaks HTTPS: secure cookies, redirect, HSTS
DATABASE_URL    sqlite:///path or postgres://user:password@host/name (default: SQLite in LIMBER_DATA)
EMAIL_URL       smtp://user:password@host:port, or smtp+tls:// or smtps://: the mail server (default: no mail)
LIMBER_SITE     what links in mails begin with, https://limber.example.org (default: the first of LIMBER_HOSTS)
SECRET_KEY      instead of the file secret_key in LIMBER_DATA
LIMBER_DEBUG=1  for developing on one's own machine only
"""

import os
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.log import configuration as log_configuration

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = environment.data_folder()
DEBUG = os.environ.get("LIMBER_DEBUG") == "1"
HTTPS = os.environ.get("HTTPS") == "1"

# Who may ask, and with what key ------------------------------------------------------------------

SECRET_KEY = environment.secret_key(DATA)
PUBLIC_HOSTS = environment.public_hosts()
ALLOWED_HOSTS = [*environment.LOCAL_HOSTS, *PUBLIC_HOSTS]
if DEBUG and (PUBLIC_HOSTS or HTTPS):
    raise ImproperlyConfigured(
        "LIMBER_DEBUG=1 shows the inside of the program to everyone who can reach it. "
        "Use it without LIMBER_HOSTS and HTTPS, on your own machine."
    )

# The application ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "stretches",
    "routines",
    "journal",
    "reminders",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",  # first: a file needs nothing that is said of pages
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers, so that their length tells no secret
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
    "accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.person",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # what is stored; pages are in each person's own zone

# What is kept -------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {"default": environment.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, because limits on signing in must hold for all worker processes together.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

SESSION_COOKIE_AGE = 90 * 24 * 60 * 60  # seconds; a guest's browser is all that leads back to their journal
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # messages may name a routine

# Without EMAIL_URL no mail is sent, the pages say so, and nothing fails for want of a mail server.
MAIL = environment.mail(PUBLIC_HOSTS)
HAS_MAIL = bool(MAIL)
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEBUG else 'dummy'}.EmailBackend"
vars().update(MAIL)
PUSH_KEY = DATA / "push_key.pem"  # ./limber manage make_push_keys; without it nothing is pushed to devices
PUSH_TO_LOOPBACK = False  # tests have their push service on this machine
SITE = environment.site(PUBLIC_HOSTS, https=HTTPS)  # what links in mails begin with

# People -------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",  # guests are signed in by it: they have no password
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "accounts.forms.SignUpForm", "login": "accounts.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # a guest is signed in, and may sign up or in all the same
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Static files -------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
DRAWINGS = BASE_DIR / "build" / "drawings"  # made by build_figures
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "config.storage.AdminFinder",
    "config.storage.DrawingsFinder",
]
STATIC_ROOT = BASE_DIR / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.HashedStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False


def _say_of_files(headers: Headers, path: str, url: str) -> None:
    """A file is what its type says, and nothing else."""
    headers["X-Content-Type-Options"] = "nosniff"


WHITENOISE_ADD_HEADERS_FUNCTION = _say_of_files

LOGGING = log_configuration(DEBUG)

# What a browser is told to refuse -----------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
REFUSED = (
    *("accelerometer", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
    *("payment", "picture-in-picture", "serial", "sync-xhr", "usb", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY: dict[str, list[str]] = {
    **{feature: [] for feature in REFUSED},
    **{feature: ["self"] for feature in ("autoplay", "fullscreen", "screen-wake-lock")},
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from this machine, without the proxy
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_TRUSTED_ORIGINS = environment.origins(PUBLIC_HOSTS)
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # limits count the person's address, not the proxy's

"""Settings, from the environment. Everything has a default that suits one machine at home.

LIMBER_DATA     folder of the database and the secret key (default: data, beside this project)
LIMBER_HOSTS    names and addresses people reach this server by, separated by commas
HTTPS=1         behind a proxy that speaks HTTPS: secure cookies, redirect, HSTS
DATABASE_URL    sqlite:///path or postgres://user:password@host/name (default: SQLite in LIMBER_DATA)
LIMBER_SITE     what links in mails begin with, https://limber.example.org (default: the first of LIMBER_HOSTS)
SECRET_KEY      instead of the file secret_key in LIMBER_DATA
CACHE_URL       redis://host:6379/1 (default: a table in the database)
EMAIL_URL       smtp://user:password@host:587?tls=1 (default: no mail); LIMBER_MAIL_FROM says from whom
LIMBER_GUESTS_PER_HOUR  how many newcomers one address may bring in an hour (default: 60)
LIMBER_LOG=json  each line of the log as a JSON object
LIMBER_DEBUG=1  for developing on one's own machine only
"""

import os
from pathlib import Path
from typing import Any

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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "accounts",
    "stretches",
    "routines",
    "journal",
    "reminders",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.SealMiddleware",  # outermost: its headers are on every answer
    "whitenoise.middleware.WhiteNoiseMiddleware",  # then: a file needs nothing else that is said of pages
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers, so that their length tells no secret
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "accounts.middleware.SeenMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
    "accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.LimitMiddleware",
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
            "builtins": ["config.icons"],
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

CACHES: dict[str, dict[str, Any]] = {
    "default": environment.cache(os.environ.get("CACHE_URL", "")),
    # Pages that newcomers share: see config.newcomers. In each process, 64 of them; not while templates change.
    "pages": {
        "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEBUG else 'locmem.LocMemCache'}",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 64},
        "TIMEOUT": None,
    },
}

SESSION_COOKIE_AGE = 90 * 24 * 60 * 60  # seconds; a guest's browser is all that leads back to their journal
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # messages may name a routine

# Without a mail server nothing fails: the pages that need one say that there is none.
MAIL = environment.mail(os.environ.get("EMAIL_URL", ""))
HAS_MAIL = bool(MAIL) or DEBUG
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEBUG else 'dummy'}.EmailBackend"
globals().update(MAIL)
DEFAULT_FROM_EMAIL = (
    os.environ.get("LIMBER_MAIL_FROM") or f"limber@{[*PUBLIC_HOSTS, 'localhost'][0].lstrip('.')}"
)
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
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignUpForm",
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.sign_in_forms.ChangePasswordForm",
    "reset_password": "accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in_forms.NewPasswordForm",
    "add_email": "accounts.sign_in_forms.EmailForm",
    "request_login_code": "accounts.sign_in_forms.RequestCodeForm",
    "confirm_login_code": "accounts.sign_in_forms.ConfirmCodeForm",
    "reauthenticate": "accounts.sign_in_forms.AgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional" if HAS_MAIL else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = HAS_MAIL  # the old address hears of changes
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to who has no account
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True  # one address, changed when the new one is confirmed
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds
MFA_ADAPTER = "accounts.adapter.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it on localhost alone
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # a guest is signed in, and may sign up or in all the same
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {"new_guest": f"{environment.guests_per_hour()}/h/ip"}

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

LOGGING = log_configuration(DEBUG, os.environ.get("LIMBER_LOG", ""))

# What a browser is told to refuse -----------------------------------------------------------------

OURS = (
    "script-src",
    "style-src",
    "connect-src",
    "font-src",
    "media-src",
    "manifest-src",
    "worker-src",
    "form-action",
)
NOBODYS = ("default-src", "base-uri", "frame-ancestors", "object-src")
ALLOWED = ("autoplay", "fullscreen", "screen-wake-lock")
REFUSED = (
    *("accelerometer", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
    *("payment", "picture-in-picture", "serial", "sync-xhr", "usb", "xr-spatial-tracking"),
)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SEAL = {
    "Content-Security-Policy": "; ".join(
        [
            *(f"{kind} 'none'" for kind in NOBODYS),
            *(f"{kind} 'self'" for kind in OURS),
            "img-src 'self' data:",
        ]
    ),
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in REFUSED), *(f"{name}=(self)" for name in ALLOWED)]
    ),
    "Cross-Origin-Opener-Policy": SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": X_FRAME_OPTIONS,
}

if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from this machine, without the proxy
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SEAL["Strict-Transport-Security"] = f"max-age={SECURE_HSTS_SECONDS}; includeSubDomains; preload"
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_TRUSTED_ORIGINS = environment.origins(PUBLIC_HOSTS)
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # limits count the person's address, not the proxy's

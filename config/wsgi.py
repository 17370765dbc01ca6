import os

from django.core.wsgi import get_wsgi_application
from django.template import engines
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# All code is loaded before the workers part, so that they share it, and no request waits for it.
get_resolver().url_patterns  # noqa: B018
engines.all()

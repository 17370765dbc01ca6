"""Limber's addresses and one whose view has a fault."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from config.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]


@login_not_required
def breaks(request):
    raise ValueError("sore since Tuesday")


urlpatterns = [*urlpatterns, path("broken/", breaks)]

"""What a browser needs to run Limber without a network: the worker, its list of files, the manifest.

The worker (templates/sw.js) is served with the list of what it keeps. The list names files by their hashes,
so that a new version of any of them, or of a page, is a new worker, which browsers then install.
"""

import hashlib
import json
import posixpath
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from config.icons import SPRITE
from config.views import RESTING, resting

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAPER = "#f4f2eb"
FONT = "fonts/familjen-core.woff2"

KEPT = (
    "base",
    "sessions/player",
    "journal/before",
    "journal/finish",
    "offline",
    "safety",
)
"""Templates whose files a phone keeps: those of the player, of the pages around it, and of every page."""

NAMED = re.compile(r"{% static '([^']+)' %}")
IMPORT = re.compile(r"""\b(?:from|import)[ (]*["'](\.[^"']+\.js)["']""")


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. While developing it is one that takes itself away: files have no hashes then."""
    known = {"VERSION": version(), "FILES": addresses(), "PAGES": pages(), "IS_OFF": settings.DEBUG}
    known["ICON"] = static("icons/app-192.png")
    lines = [f"const {name} = {json.dumps(value)};" for name, value in known.items()]
    source = "\n".join([*lines, (TEMPLATES / "sw.js").read_text(encoding="utf-8")])
    return HttpResponse(
        source, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What the home screen shows of Limber once it is installed."""
    return JsonResponse(
        _manifest(), content_type="application/manifest+json", headers={"Cache-Control": "no-cache"}
    )


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows where it has no page. It is kept once for everyone, so nobody is named on it."""
    return render(request, "offline.html", {"person_key": "", "user": None, "resting": resting()})


def pages() -> list[str]:
    """The pages that are the same for everyone and must be there without a network."""
    return [reverse("offline"), reverse("safety")]


@cache
def addresses() -> list[str]:
    """The addresses of all files that are kept from the beginning."""
    named = [
        name
        for template in KEPT
        for name in NAMED.findall((TEMPLATES / f"{template}.html").read_text(encoding="utf-8"))
    ]
    return [static(name) for name in _with_imports(*named, FONT, SPRITE, f"figures/{RESTING}.svg")]


@cache
def version() -> str:
    """Another one for every deploy that changes what the phone keeps: files, or a template of any page."""
    digest = hashlib.sha256("\n".join(addresses()).encode())
    for path in sorted(TEMPLATES.rglob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _with_imports(*names: str) -> list[str]:
    """These files and all that the modules among them import, each once."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name in found:
            continue
        found[name] = None
        path = finders.find(name) if name.endswith(".js") else None
        source = Path(path).read_text(encoding="utf-8") if path else ""
        folder = posixpath.dirname(name)
        waiting += [posixpath.normpath(posixpath.join(folder, other)) for other in IMPORT.findall(source)]
    return list(found)


def _manifest() -> dict[str, Any]:
    def icon(name: str, size: int, purpose: str = "any") -> dict[str, str]:
        address = static(f"icons/{name}.png")
        return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}

    today = reverse("journal:today")
    return {
        "id": "/",
        "name": "Limber, for a sore lower back",
        "short_name": "Limber",
        "description": "Gentle stretches, one hold at a time, and a diary of how it goes.",
        "lang": settings.LANGUAGE_CODE,
        "start_url": today,
        "scope": "/",
        "display": "standalone",
        "orientation": "any",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["health", "fitness", "lifestyle"],
        "icons": [
            icon("app-192", 192),
            icon("app-512", 512),
            icon("app-maskable-512", 512, "maskable"),
        ],
        "shortcuts": [
            {"name": "Start today’s routine", "url": f"{today}?start", "icons": [icon("app-192", 192)]},
            {"name": "Pain history", "url": reverse("journal:history")},
        ],
    }

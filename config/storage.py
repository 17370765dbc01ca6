import re
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, FileSystemFinder
from django.core.checks import CheckMessage
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Every static file under a name that holds its hash, so a browser may keep it for good.

    JavaScript modules import each other by these names too: without that, an old module could
    stay in a browser beside a new one.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: "File[bytes]") -> str:
        """Our own scripts and styles go without comments and indentation: a third of what they weigh."""
        lighten = LIGHTER.get(PurePath(name).suffix)
        if lighten and name.startswith(("css/", "js/")):
            content.seek(0)
            content = ContentFile(lighten(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved


def lighter_css(text: str) -> str:
    """Without comments and indentation. More is not safe: a minifier takes the space out of `:has(a) :is(b)`."""
    return INDENTATION.sub("", CSS_COMMENT.sub("", text))


CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENTATION = re.compile(r"^\s+", re.MULTILINE)
LIGHTER = {".css": lighter_css, ".js": jsmin}


class AdminFinder(AppDirectoriesFinder):
    """Of all installed packages only the admin brings files that Limber serves; htmx has a place of its own."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(["django.contrib.admin"], *args, **kwargs)


class DrawingsFinder(FileSystemFinder):
    """The drawings that build_figures has made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.locations = [("", str(settings.DRAWINGS))]
        self.storages = {str(settings.DRAWINGS): FileSystemStorage(location=settings.DRAWINGS)}

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """The folder may be missing: it is made when it is needed."""
        return []

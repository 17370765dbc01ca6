"""Rules of the house that no linter knows."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.apps import apps

from config.start import PROJECT

LAYERS = ["accounts", "stretches", "routines", "journal", "reminders"]  # each knows those before it
TEMPLATES = sorted(PROJECT.glob("templates/**/*.html"))
FRAGMENTS = [path for path in TEMPLATES if path.name.startswith("_")]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
OUR_OWN = [
    path
    for pattern in (
        "*.py",
        "*.html",
        "*.js",
        "*.css",
        "*.toml",
        "*.md",
        "limber",
        "Dockerfile",
        "*.txt",
        "*.in",
    )
    for path in PROJECT.rglob(pattern)
    if not {".venv", ".git", "build", "data", "vendor", ".hypothesis"}
    & set(path.relative_to(PROJECT).parts[:3])
]


def named(paths: Iterable[Path]) -> list:
    return [pytest.param(path, id=str(path.relative_to(PROJECT))) for path in paths]


def places(pattern: str, paths: Iterable[Path]) -> list[str]:
    """File and line of everything that matches."""
    return [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    ]


def test_rows_point_only_to_apps_before_their_own():
    backward = [
        f"{model.__name__}.{field.name} points to {field.related_model._meta.app_label}"
        for model in apps.get_models(include_auto_created=True)
        if (app := model._meta.app_label) in LAYERS
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if (other := field.related_model._meta.app_label) in LAYERS
        and LAYERS.index(other) > LAYERS.index(app)
    ]
    assert backward == []


@pytest.mark.parametrize("app", LAYERS)
def test_templates_include_only_those_of_apps_before_their_own(app: str):
    folders = {"sessions": "routines", "account": "accounts"}  # folders that belong to an app of another name
    own = [path for path in TEMPLATES if folders.get(path.parent.name, path.parent.name) == app]
    later = "|".join(LAYERS[LAYERS.index(app) + 1 :]) or "none"
    assert places(rf'{{% (include|extends) "({later})/', own) == []


def test_no_template_holds_style_or_script():
    """The content security policy would block them."""
    assert places(r"\sstyle=", TEMPLATES) == []
    assert places(r"<style\b", TEMPLATES) == []
    assert places(r"<script(?![^>]*\ssrc=)", TEMPLATES) == []
    assert places(r"\s(hx-on|on(click|change|input|submit|load))\b", TEMPLATES) == []
    assert places(r"javascript:", TEMPLATES) == []


def test_no_template_switches_escaping_off():
    assert places(r"\|\s*safe\b|autoescape off", TEMPLATES) == []


@pytest.mark.parametrize("path", named(FRAGMENTS))
def test_a_fragment_says_first_what_it_needs(path: Path):
    assert path.read_text(encoding="utf-8").startswith("{# needs: ")


class Roots(HTMLParser):
    """The outermost elements of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if not self.open:
            self.found.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        if not self.open:
            self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def first_branches(text: str) -> Iterator[str]:
    """What a template writes when every condition is true and every list has something in it."""
    kept: list[bool] = []
    for piece in re.split(r"({%.*?%})", text, flags=re.DOTALL):
        word = piece.removeprefix("{%").split()[0] if piece.startswith("{%") else ""
        if word in ("if", "for"):
            kept.append(True)
        elif word in ("elif", "else", "empty"):
            kept[-1] = False
        elif word in ("endif", "endfor"):
            kept.pop()
        elif not word and all(kept):
            yield piece


@pytest.mark.parametrize("path", named(FRAGMENTS))
def test_a_fragment_has_one_root_element(path: Path):
    text = re.sub(r"{#.*?#}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    roots = Roots()
    roots.feed("".join(first_branches(text)))
    assert len(roots.found) == 1, roots.found


def test_every_icon_that_a_page_shows_is_in_the_sprite():
    sprite = ElementTree.parse(PROJECT / "static" / "icons" / "icons.svg")
    drawn = {symbol.attrib["id"] for symbol in sprite.getroot()}
    shown = {name for path in TEMPLATES for name in re.findall(r'{% icon "([^"]+)"', path.read_text())}
    assert shown
    assert shown <= drawn


def test_what_is_vendored_is_what_was_taken():
    sums = list(PROJECT.glob("static/vendor/*/SHA256SUMS"))
    assert sums
    listed: set[Path] = set()
    for file in sums:
        for digest, name in (line.split() for line in file.read_text().splitlines()):
            assert hashlib.sha256((file.parent / name).read_bytes()).hexdigest() == digest
            listed.add(file.parent / name)
    assert listed == set(PROJECT.glob("static/vendor/**/*.js"))


def locks() -> Iterator[Path]:
    yield from (PROJECT / "requirements" / name for name in ("run.txt", "test.txt", "uv.txt"))


def test_locks_name_versions_and_hashes_and_nothing_else():
    marker = r"[a-z_]+ [!=<>]+ '[^']+'"
    pin = rf"[a-z0-9-]+==[^\s:/]+( ; {marker}( (and|or) {marker})*)?"
    hashed = "    --hash=sha256:[0-9a-f]{64}"
    assert places(rf"^(?!({pin}|{hashed})( \\)?$)", locks()) == []
    assert places(r"https?:|file:|//|index|@", locks()) == []


def test_what_runs_is_also_what_is_tested():
    run, test = ((PROJECT / "requirements" / name).read_text() for name in ("run.txt", "test.txt"))
    pins = re.findall(r"^\S+==\S+", run, flags=re.MULTILINE)
    assert len(pins) > 10
    assert [pin for pin in pins if pin not in test.split()] == []


def test_the_project_stands_alone():
    """Nothing refers to a folder beside the project."""
    others = [path for path in OUR_OWN if path != Path(__file__)]
    assert len(others) > 100
    assert places(r"\.\./" + "shared", others) == []
    assert places(r"(^|[\s\"'(])/(work|tmp|root|home)/", others) == []

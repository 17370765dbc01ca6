"""SVG paths. All marks that look alike are one element, so that a chart of many sessions is a small page. Pure."""

from collections.abc import Iterable

Drawn = tuple[tuple[str, str], ...]
"""Class and path of each kind of mark."""


def grouped(marks: Iterable[tuple[str, str]]) -> Drawn:
    """One path a class, in the order in which the classes first appear. `marks` are classes and subpaths."""
    paths: dict[str, list[str]] = {}
    for name, subpath in marks:
        paths.setdefault(name, []).append(subpath)
    return tuple((name, "".join(subpaths)) for name, subpaths in paths.items())


def upright(x: float, y1: float, y2: float) -> str:
    """A line from one height to another."""
    return f"M{x} {y1}V{y2}"


def box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x} {y}h{width}v{height}h-{width}z"


def pill(x: float, y: float, width: float, height: float, around: float = 0) -> str:
    """A lying bar with round ends, or a line so far around it. `width` is at least `height`."""
    r, flat = height / 2 + around, width - height
    return f"M{x - around + r} {y - around}h{flat}a{r} {r} 0 0 1 0 {2 * r}h-{flat}a{r} {r} 0 0 1 0-{2 * r}z"

"""The page: a camera that flattens space, and outlines of simple shapes.

Points on the page are complex numbers (y down, as in SVG): adding moves them, and
multiplying by 1j turns them a quarter. An outline is a list of SVG path commands whose
points are absolute; `path` writes it down. Shapes always give the same commands in the
same order, so that the same shape in two poses can be animated from one to the other.
"""

from math import cos, radians, sin, sqrt
from typing import Any, NamedTuple

from stretches.figure.skeleton import V

Outline = list[tuple[Any, ...]]  # path commands: ("M", point), ("A", radius, point), ("Z",) ...
VIEWS = {"side": (0, 0), "front": (90, 0), "back": (-90, 0), "top": (0, 90)}


class Camera:
    """Flattens space. A view is a name, or [degrees round the figure, degrees above it]."""

    def __init__(self, view: str | list[float]) -> None:
        yaw, pitch = map(radians, VIEWS[view] if isinstance(view, str) else view)
        self.across = V(cos(yaw), 0, -sin(yaw))
        self.near = V(sin(yaw) * cos(pitch), sin(pitch), cos(yaw) * cos(pitch))
        self.down = self.across.cross(self.near)

    def __call__(self, v: V) -> complex:
        return complex(v.dot(self.across), v.dot(self.down))

    def depth(self, v: V) -> float:
        """How near a point is."""
        return v.dot(self.near)


class Part(NamedTuple):
    """Something to paint: how near it is, what it belongs to, its colour and outline."""

    depth: float
    name: str
    tone: str
    outline: Outline
    opacity: float = 1


def capsule(
    p: complex, r: float, q: complex, s: float, bulge: complex = 0, belly: float = 0.0, blunt: bool = False
) -> Outline:
    """The outline round a circle at p (radius r) and another at q (radius s, not larger).

    The sides swell by `belly` (in radians, where they leave p), and the one that faces the
    direction `bulge` by its length more. `blunt` cuts the end at q straight, like a hem.
    """
    far = max(abs(q - p), 0.01)
    u = (q - p) / far if far > 0.01 else 1 + 0j
    sine = min((r - s) / far, 0.98)  # of the angle between a side and the middle line
    sides = []
    for turn in (1j, -1j):
        n = u * (sine + turn * sqrt(1 - sine * sine))  # where the side touches both circles
        swell = belly + max(0.0, (n * complex(bulge).conjugate()).real)
        swell = min(swell, 0.6) * min(1, far / 12)
        n1 = n * complex(cos(swell), sin(swell) * turn.imag)
        n2 = n * complex(cos(swell / 3), -sin(swell / 3) * turn.imag)
        a, b = p + r * n1, q + s * n2
        sides.append((a, a - turn * n1 * far * 0.36, b + turn * n2 * far * 0.36, b))
    (a, a1, a2, b), (d, d1, d2, c) = sides
    return [
        ("M", a), ("C", a1, a2, b), ("L", c) if blunt else ("A", s, c),
        ("C", d2, d1, d), ("A", r, p - r * u), ("A", r, a), ("Z",),
    ]  # fmt: skip


def circle(p: complex, r: float) -> Outline:
    top, bottom = p - r * 1j, p + r * 1j
    return [("M", top), ("A", r, bottom), ("A", r, top), ("Z",)]


def polygon(points: list[complex]) -> Outline:
    """A polygon; all turn the same way, so that overlapping ones leave no holes."""
    a, b, c, *_ = points
    a, *rest = points if ((b - a).conjugate() * (c - a)).imag < 0 else points[::-1]
    return [("M", a), *(("L", p) for p in rest), ("Z",)]


def bow(a: complex, b: complex, c: complex) -> Outline:
    """A line from a to c that passes b half-way."""
    return [("M", a), ("Q", b * 2 - (a + c) / 2, c)]


def smooth(points: list[complex]) -> Outline:
    """An outline through all points (a Catmull-Rom curve), closed with a straight line."""
    ends = [points[0], *points, points[-1]]
    slopes = [(after - before) / 6 for before, after in zip(ends[:-2], ends[2:], strict=True)]
    (a, b, *rest), (da, db, *others) = points, slopes
    curve = [("M", a), ("C", a + da, b - db, b)]
    return curve + [("S", p - dp, p) for p, dp in zip(rest, others, strict=True)] + [("Z",)]


def pill(a: complex, b: complex, c: complex, r: float) -> Outline:
    """The outline r round a bow from a over b to c, as one filled shape."""
    bend = b * 2 - (a + c) / 2
    u, w = ((q - p) / (abs(q - p) or 1) for p, q in ((a, bend), (bend, c)))
    v = (u + w) / (abs(u + w) or 1)
    s, t, e = u * r * 1j, v * r * 1j, w * r * 1j
    return [
        ("M", a + s), ("Q", bend + t, c + e), ("A", r, c - e), ("Q", bend - t, a - s),
        ("A", r, a + s), ("Z",),
    ]  # fmt: skip


def number(x: float) -> str:
    text = f"{x:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text.replace("0.", ".") if abs(x) < 1 else text


def path(outline: Outline, grain: float = 0.1) -> str:
    """SVG path data: relative steps, rounded to `grain`, and no letter that could be left out.

    An arc's command holds its radius; a negative one goes the long way round.
    """
    words: list[tuple[str, list[str]]] = []
    at, last = 0j, ""
    for letter, *args in outline:
        if letter == "Z":
            words.append(("z", []))
            last = "z"
            continue
        radius = args.pop(0) if letter == "A" else 0
        start = 0j if letter == "M" else at
        steps = [p - start for p in args]
        steps = [complex(round(s.real / grain), round(s.imag / grain)) * grain for s in steps]
        numbers = [number(x) for s in steps for x in (s.real, s.imag)]
        if radius:
            flags = "00" if radius > 0 else "11"
            numbers = [number(abs(radius))] * 2 + ["0", flags + numbers[0], numbers[1]]
        letter = letter if letter == "M" else letter.lower()
        words.append(("" if letter == last else letter, numbers))
        at, last = start + steps[-1], letter
    text, decimal = "", False
    for letter, numbers in words:
        text += letter
        for n in numbers:
            tight = text[-1].isalpha() or n[0] == "-"
            text += n if tight or (n[0] == "." and decimal) else f" {n}"
            decimal = "." in n
    return text

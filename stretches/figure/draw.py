"""Draw stretches: a pose (a few numbers) goes in, a small themeable SVG comes out.

`skeleton.Body` turns a pose into joints in space, `page.Camera` flattens them, `flesh.dress`
wraps them in flesh and clothes, `props.furnish` adds what stands around, and `still` writes it
all as SVG. Only the standard library is used and nothing is random: same pose, same bytes.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

from stretches.figure.colours import paint
from stretches.figure.flesh import dress
from stretches.figure.page import Camera, Part, bow, path
from stretches.figure.props import furnish
from stretches.figure.skeleton import Body, Pose, V, between, complete

# How near the floor joints may come, for the flesh around them.
LOWEST = {"hip": 6, "knee": 4.2, "ankle": 2.2, "shoulder": 3.5, "elbow": 2.4, "wrist": 1.8, "head": 7}


class Drawing(NamedTuple):
    """What a page needs: the viewBox, and the markup that goes inside `<svg class="figure">`."""

    box: str
    markup: str


def expand(pose: Pose) -> Pose:
    """A stretch's `[pose]` with its frames written out: each starts as a copy of the one before."""
    frames, now = [], {k: v for k, v in pose.items() if k not in ("desc", "working", "ground", "frame")}
    for frame in pose["frame"]:
        # Both arms (or legs) given at once replace single ones of the frame before.
        kept = {k: v for k, v in now.items() if f"{k.partition('_')[2]}s" not in frame}
        now = {**kept, **frame}
        frames.append(complete(now))
    return {**pose, "frame": frames}


def scene(pose: Pose, floor: list[dict[str, Any]], body: Body | None = None) -> list[Part]:
    """Everything to paint for a pose, always in the same order. `body` is its body, if there is one already."""
    body, camera = body or Body(pose), Camera(pose.get("view", "side"))
    props = [*floor, *pose.get("prop", [])]
    return [part for prop in props for part in furnish(prop, body, camera)] + dress(body, camera)


def paint_order(parts: list[Part], pose: Pose) -> list[int]:
    """The order to paint parts in: far to near, unless the pose says otherwise."""
    last, first = pose.get("front", []), pose.get("behind", [])

    def rank(i: int) -> tuple[int, float]:
        name = parts[i].name
        return (name in last) - (name in first), parts[i].depth

    return sorted(range(len(parts)), key=rank)


def mat(pose: Pose, bodies: list[Body]) -> dict[str, Any]:
    """A mat that fits under the bodies of all frames."""
    joints = [joint for body in bodies for joint in body.joint.values()]
    xs, zs = [j.x for j in joints], [j.z for j in joints]
    wide = pose.get("wide")
    z = [-wide, wide] if wide else [min(*zs, -16) - 7, max(*zs, 16) + 7]
    return {"kind": "mat", "x": [min(xs) - 9, max(xs) + 9], "z": z}


def arrows(pose: Pose, before: Pose, body: Body, body_before: Body) -> Iterator[Part]:
    """Arrows, listed in `motion`: along the way that a joint has come since the frame before
    (["a joint", dx, dy, dz] moves it clear of the body), a straight one between two places
    near a joint (["line", "a joint", from x, from y, to x, to y], or x, y, z) or a round one (["round",
    "a joint", radius, dx, dy, dz]).
    """
    camera = Camera(pose.get("view", "side"))
    ways = pose.get("motion", [])
    bodies = [body_before, Body(between(before, pose, 0.5)), body] if ways else []
    for motion in ways:
        kind, *rest = motion
        if kind == "round":
            name, r, *shift = rest
            middle = camera(bodies[-1].joint[name] + V(*(shift or (0, 0))))
            start, tip = middle + r * complex(0.77, -0.64), middle + r * complex(-0.17, -0.98)
            line, way = [("M", start), ("A", -r, tip)], 1 + 0j
        elif kind == "line":
            name, *ends = rest
            start, tip = (
                camera(bodies[-1].joint[name] + V(*end))
                for end in (ends[: len(ends) // 2], ends[len(ends) // 2 :])
            )
            line, way = [("M", start), ("L", tip)], (tip - start) / (abs(tip - start) or 1)
        else:
            points = [camera(body.joint[kind] + V(*(rest or (0, 0)))) for body in bodies]
            line, tip = bow(*points), points[-1]
            way = tip - line[1][1]
            way /= abs(way) or 1
        one, other = (tip + 4.6 * way * complex(-0.75, turn) for turn in (0.66, -0.66))
        yield Part(900, "arrow", "move", [*line, ("M", one), ("L", tip), ("L", other)])


class Box(NamedTuple):
    """What a figure shows. Its bottom edge is the floor. Most are 180 to 220 wide, and lower
    where the figure is flat, so that figures side by side are to one scale."""

    x: float
    y: float
    wide: float
    high: float

    def __str__(self) -> str:
        return " ".join(f"{value:g}" for value in self)


def box(parts: list[Part], view: str | list[float]) -> Box:
    """The box round all parts: 0.45 as high as wide (lying) or 0.675 (the rest)."""
    points = [
        p for part in parts if part.opacity
        for command in part.outline for p in command[1:] if isinstance(p, complex)
    ]  # fmt: skip
    left, right = min(p.real for p in points) - 5, max(p.real for p in points) + 5
    solid = [p.imag for part in parts if part.name != "arrow" for c in part.outline
             for p in c[1:] if isinstance(p, complex)]  # fmt: skip
    bottom = max(solid) if Camera(view).near.y > 0.01 else 0
    high = bottom - min(p.imag for p in points) + 4
    wide = max(180, 20 * ceil((right - left) / 20))
    shape = 0.45 if high <= 0.45 * wide else 0.675
    wide = max(wide, 20 * ceil(high / shape / 20))
    x, high = (left + right - wide) / 2, shape * wide
    return Box(round(x), round(bottom - high, 1), wide, round(high, 1))


def element(part: Part, changes: str = "") -> str:
    """A part as a path. `changes` are the animations inside it."""
    light = f' opacity="{part.opacity}"' if part.opacity < 1 else ""
    end = f">{changes}</path>" if changes else "/>"
    return f'<path {paint(part.tone)}{light} d="{path(part.outline)}"{end}'


class Scenery(NamedTuple):
    """All frames of a pose, ready to be painted: they share one box, and one floor to lie on."""

    box: Box
    floor: list[dict[str, Any]]
    poses: list[Pose]
    frames: list[list[Part]]


def stage(pose: Pose) -> Scenery:
    """Set up a stretch's `[pose]`.

    A drawing brings no line to stand on, because the page draws the floor along its bottom edge;
    only where one looks down on the floor there is a mat.
    """
    pose = expand(pose)
    poses = pose["frame"]
    view = poses[0].get("view", "side")
    ground = pose.get("ground", "auto")
    if ground == "auto":
        ground = "mat" if Camera(view).near.y > 0.01 else "none"
    bodies = [Body(frame) for frame in poses]
    floor = [mat(pose, bodies)] if ground == "mat" else []
    frames = [scene(frame, floor, body) for frame, body in zip(poses, bodies, strict=True)]
    for before, now in pairwise(range(len(poses))):
        frames[now] += arrows(poses[now], poses[before], bodies[now], bodies[before])
    if pose.get("loop"):
        frames[0] += arrows(poses[0], poses[-1], bodies[0], bodies[-1])
    return Scenery(box([part for parts in frames for part in parts], view), floor, poses, frames)


def still(pose: Pose) -> Drawing:
    """The last frame of a stretch's `[pose]`: the hold."""
    scenery = stage(pose)
    parts = scenery.frames[-1]
    last = [parts[i] for i in paint_order(parts, scenery.poses[-1])]
    return Drawing(str(scenery.box), "".join(element(part) for part in last if part.opacity))


def complaints(pose: Pose) -> Iterator[str]:
    """What is wrong with a `[pose]`: a hand that misses its target, a joint in the floor."""
    for frame in expand(pose)["frame"]:
        body = Body(frame)
        for warning in body.warnings:
            yield f"{frame.get('name')}: {warning}"
        for joint, place in body.joint.items():
            if place.y < LOWEST.get(joint.split()[-1], 0.9):
                yield f"{frame.get('name')}: {joint} is too low ({place.y:.1f})"

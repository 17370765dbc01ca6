"""Props: mat, walls, furniture, cushion, roller, ball and strap."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from stretches.figure.page import Camera, Outline, Part, capsule, circle, polygon
from stretches.figure.skeleton import Body, V

Extent = tuple[float, float]
Cuboid = tuple[str, Extent, Extent, Extent]  # its tone, and from where to where in x, y and z


def furnish(prop: dict[str, Any], body: Body, camera: Camera) -> Iterator[Part]:
    """The parts of one prop, given by its kind and measures."""
    kind = prop["kind"]
    depth = prop.get("depth", -1000 if kind in ("mat", "wall", "panel") else -900)
    faces = [face for box in boxes(prop) for face in seen(*box, camera=camera)]
    for tone, same in groupby(faces, key=lambda face: face[0]):
        outline = [command for _, face in same for command in face]
        yield Part(depth, kind, tone, outline)
    if kind in ("roller", "ball"):
        place, r = body.place(prop["at"]), prop["r"]
        wide = V(0, 0, prop.get("wide", 18) if kind == "roller" else 0.1)
        a, b = camera(place - wide), camera(place + wide)
        yield Part(depth, kind, "ball", capsule(a, r, b, r))
        yield Part(depth, kind, "shine", circle(b, r * 0.5))
    if kind == "strap":
        a, *rest = (camera(body.place(target)) for target in prop["through"])
        outline = [("M", a), *(("L", b) for b in rest)]
        yield Part(prop.get("depth", 30), kind, "strap", outline)


def boxes(prop: dict[str, Any]) -> Iterator[Cuboid]:
    """The boxes that a piece of furniture is made of: tone, and extent in x, y and z."""
    kind, (x0, x1), top = prop["kind"], prop.get("x", (0, 0)), prop.get("top", 0)
    wide = prop.get("wide", {"table": 22, "bed": 24, "chair": 15}.get(kind, 20))
    across = tuple(prop.get("z", (-wide, wide)))

    def legs(thick: float, high: float, inset: float) -> Iterator[Cuboid]:
        for x in (x0 + inset, x1 - inset - thick):
            for z in (across[0] + 1, across[1] - 1 - thick):
                yield "wood-far", (x, x + thick), (0, high), (z, z + thick)

    if kind == "mat":
        yield "mat", (x0, x1), (-2, 0), across
    elif kind == "wall":  # ahead of or behind the person
        yield "wood", (x0, x0 + 5), (0, top or 130), across
    elif kind == "panel":  # a wall beside the person
        yield "wall", (x0, x1), (0, top or 130), (prop["z"][0], prop["z"][0] + 2)
    elif kind == "block":
        yield "wood", (x0, x1), (0, top), across
    elif kind == "cushion":
        yield "cushion", (x0, x1), (prop.get("bottom", 0), top), across
    elif kind == "table":
        yield from legs(3, top - 4, 4)
        yield "wood", (x0, x1), (top - 4, top), across
    elif kind == "bed":
        yield from legs(4, 8, 5)
        yield "wood", (x0, x1), (7, top - 10), across
        yield "cushion", (x0, x1), (top - 11, top), across
    elif kind == "chair":
        yield from legs(2.6, top - 3, 1)
        yield "wood", (x0, x1), (top - 4, top), across
        if "back" in prop:
            x = x0 if prop["back"] == "left" else x1 - 3.2
            for z in (across[0], across[1] - 3.2):
                yield "wood-far", (x, x + 3.2), (top - 1, top + 42), (z, z + 3.2)
            yield "wood", (x, x + 3.2), (top + 22, top + 42), across


def seen(tone: str, *extent: Extent, camera: Camera) -> Iterator[tuple[str, Outline]]:
    """The faces of a box that the camera sees, with their tones."""
    dark = "wood-far" if tone == "wood" else tone
    inner = [(low + 1, high - 1) for low, high in extent]  # their outline adds it again
    (x0, x1), (y0, y1), (z0, z1) = inner
    x, y, z = (pair[way > 0] for pair, way in zip(inner, camera.near, strict=True))
    faces = (
        (camera.near.x, dark, [V(x, y0, z0), V(x, y1, z0), V(x, y1, z1), V(x, y0, z1)]),
        (camera.near.z, tone, [V(x0, y0, z), V(x1, y0, z), V(x1, y1, z), V(x0, y1, z)]),
        (camera.near.y, tone, [V(x0, y, z0), V(x1, y, z0), V(x1, y, z1), V(x0, y, z1)]),
    )
    for way, shade, corners in faces:
        if abs(way) > 0.02:
            yield shade, polygon([camera(corner) for corner in corners])

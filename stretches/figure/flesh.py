"""Flesh and clothes: limbs are tapered capsules, the trunk is a smooth outline round the spine."""

from collections.abc import Iterator
from math import hypot
from typing import NamedTuple

from stretches.figure.page import Camera, Part, capsule, circle, pill, smooth
from stretches.figure.skeleton import SHIN, THIGH, Body

Section = tuple[float, float, float, float]
# Cross-sections of the trunk: place along the spine (0 hip joint, 1 base of the neck),
# half its width, then how far it reaches to the front and to the back.
PELVIS = (
    (-0.16, 4.5, 1.0, 3.5),
    (-0.07, 11.0, 6.2, 8.8),
    (0.05, 12.3, 7.8, 9.6),
    (0.17, 11.6, 7.6, 8.2),
    (0.29, 10.0, 7.1, 6.6),
    (0.34, 9.4, 7.0, 6.0),
)
CHEST = (
    (0.25, 10.6, 7.3, 7.1),
    (0.38, 9.2, 7.0, 5.7),
    (0.50, 9.3, 7.5, 5.7),
    (0.64, 10.4, 8.6, 6.7),
    (0.78, 11.6, 9.0, 7.6),
    (0.91, 11.6, 6.4, 7.4),
    (1.00, 7.6, 3.4, 4.6),
    (1.03, 4.6, 1.6, 2.4),
)


class Muscle(NamedTuple):
    """A line along a bone, some way to the front and (mirrored on the left) the right."""

    bone: str
    start: float
    end: float
    front: float
    right: float = 0


MUSCLES = {
    "lower back": Muscle("trunk", 0.08, 0.40, -5.0),
    "upper back": Muscle("trunk", 0.50, 0.88, -5.5),
    "back": Muscle("trunk", 0.10, 0.88, -5.0),
    "belly": Muscle("trunk", 0.10, 0.55, 4.5),
    "chest": Muscle("trunk", 0.62, 0.88, 5.5),
    "lower back and buttock": Muscle("trunk", -0.06, 0.38, -5.0, 3.0),
    "side line": Muscle("trunk", -0.12, 0.74, 2.5, 7.0),
    "flank": Muscle("trunk", 0.16, 0.74, 0, 7.0),
    "loin": Muscle("trunk", 0.12, 0.42, -3.0, 6.0),
    "buttock": Muscle("trunk", -0.06, 0.15, -5.0, 6.0),
    "groin": Muscle("trunk", -0.12, 0.24, 4.5, 5.5),
    "hamstring": Muscle("thigh", 0.15, 0.90, -3.6),
    "thigh": Muscle("thigh", 0.15, 0.85, 3.6),
    "inner thigh": Muscle("thigh", 0.12, 0.80, 0, -4.0),
    "outer hip": Muscle("thigh", -0.10, 0.30, -1.0, 5.0),
    "calf": Muscle("shin", 0.08, 0.50, -2.2),
}


def dress(body: Body, camera: Camera) -> list[Part]:
    """All parts of a body, always in the same order (`draw.paint_order` sorts them)."""
    middle = camera.depth(body.trunk_at(0.5)[0])
    legs = [part for side in ("left", "right") for part in leg(body, camera, side)]
    arms = [part for side in ("left", "right") for part in arm(body, camera, side)]
    parts = [*legs, *arms, *trunk(body, camera, middle), *head(body, camera, middle)]
    depths = {part.name: part.depth for part in legs}
    for name in body.pose.get("target", []):
        side, muscle = muscle_of(name)
        depth = depths.get(f"{side} leg", middle)
        depth = max(depth, middle + 0.1) if muscle.bone == "trunk" else depth
        light = round(body.pose["glow"], 2)
        start, bend, end = glow(body, camera, side, muscle)
        outline = pill(start, bend, end, 2.7)
        parts.append(Part(depth, "glow", "target", outline, opacity=light))
    return parts


def leg(body: Body, camera: Camera, side: str) -> Iterator[Part]:
    joints = [body.joint[f"{side} {name}"] for name in ("hip", "knee", "ankle")]
    hip, knee, ankle = joints
    thigh, shin, foot = (body.axes[f"{side} {name}"] for name in ("thigh", "shin", "foot"))
    toes, sole, _ = foot
    far = "-far" if camera.depth(hip - body.joint["pelvis"]) < -3 else ""
    depth, name = sum(map(camera.depth, joints)) / 3, f"{side} leg"

    h = camera(hip - body.axes["pelvis"].front * 0.5)
    k, a = camera(knee), camera(ankle)
    heel, ball, tip = (camera(ankle + toes * x + sole * y) for x, y in ((-3, 2), (8.6, 2.9), (12.8, 3.4)))
    skin = capsule(k + (a - k) * 0.65, 3.9, a, 2.9)
    skin += capsule(heel, 2.8, tip, 1.5) + capsule(a, 3.1, ball, 1.9)
    yield Part(depth, name, f"skin{far}", skin)

    cloth = capsule(h, 8.1, k, 5.2, camera(thigh.front) * 0.12, 0.06)
    cloth += capsule(k, 5.2, k + (a - k) * 0.8, 3.5, camera(shin.front) * -0.28, 0.02, True)
    yield Part(depth, name, f"legs{far}", cloth)

    # Where calf and thigh are folded together, a line parts them; it shrinks as they open.
    sharp = min(max((-thigh.up.dot(shin.up) - 0.75) / 0.2, 0), 1)
    way = camera((shin.up * 0.6 - thigh.up * 0.4).unit())
    sharp = sharp if abs(way) > 0.5 else 0  # seen end on it would be a dot
    crease = [("M", k + way * 4), ("L", k + way * (4 + 21 * sharp))]
    yield Part(depth, name, "crease", crease, opacity=1 if sharp else 0)


def arm(body: Body, camera: Camera, side: str) -> Iterator[Part]:
    joints = [body.joint[f"{side} {name}"] for name in ("shoulder", "elbow", "wrist")]
    s, e, w = map(camera, joints)
    tip = camera(body.joint[f"{side} hand"])
    far = "-far" if camera.depth(joints[0] - body.joint["neck"]) < -4 else ""
    depth, name = sum(map(camera.depth, joints)) / 3 + 1, f"{side} arm"
    skin = capsule(s, 4.2, e, 3.1, belly=0.04) + capsule(e, 3.1, w, 2.2, belly=0.1)
    skin += capsule(w, 2.3, tip, 1.7, belly=0.12)
    yield Part(depth, name, f"skin{far}", skin)
    yield Part(depth, name, f"top{far}", capsule(s, 4.8, s + (e - s) * 0.48, 4.1, blunt=True))


def trunk(body: Body, camera: Camera, depth: float) -> Iterator[Part]:
    nape = camera(body.joint["nape"] + body.axes["head"].up * 2)
    neck = capsule(camera(body.trunk_at(0.95)[0]), 3.9, nape, 3.3)
    yield Part(depth - 0.3, "neck", "skin", neck)
    one, other = edges(body, camera, PELVIS)
    yield Part(depth - 0.2, "trunk", "legs", smooth(one[::-1] + other))
    one, other = edges(body, camera, CHEST)
    yield Part(depth, "trunk", "top", smooth(one + other[::-1]))


def edges(body: Body, camera: Camera, sections: tuple[Section, ...]) -> tuple[list[complex], list[complex]]:
    """The two edges of the trunk on the page, over some of its cross-sections."""
    ones: list[complex] = []
    others: list[complex] = []
    for t, wide, front, back in sections:
        place, frame = body.trunk_at(t)
        way = camera(body.trunk_at(t + 0.04)[0] - body.trunk_at(t - 0.04)[0])
        normal = way / (abs(way) or 1) * 1j
        f, r = ((camera(v) * normal.conjugate()).real for v in (frame.front, frame.right))
        for sign, points in ((1, ones), (-1, others)):
            deep = front if f * sign > 0 else back
            points.append(camera(place) + normal * sign * hypot(f * deep, r * wide))
    return ones, others


def head(body: Body, camera: Camera, depth: float) -> Iterator[Part]:
    skull = body.axes["head"]

    def at(front: float, up: float, right: float = 0) -> complex:
        way = skull.front * front + skull.up * up + skull.right * right
        return camera(body.joint["head"] + way)

    hair = circle(at(-0.7, 1.0), 8.4)
    if body.pose.get("hair") != "short":
        hair += circle(at(-7.2, 6.2), 3.9)
    face = capsule(at(6.2, 0.2), 2.2, at(8.9, -2.6), 1.0)
    for cheek in (-1.4, 1.4):
        face += capsule(at(3.3, -1.7, cheek), 5.5, at(3.8, -6.1, cheek * 0.4), 3.7)
    layers = [Part(depth + 0.5, "head", "hair", hair), Part(depth + 0.5, "head", "skin", face)]
    yield from layers if camera.depth(skull.front) > -0.3 else layers[::-1]
    sideways = camera.depth(skull.right)
    ear = circle(at(-1.9, -2.2, 5 * sideways), 2.0)
    yield Part(depth + 0.5, "head", "skin", ear, opacity=1 if abs(sideways) > 0.5 else 0)


def muscle_of(name: str) -> tuple[str, Muscle]:
    """The side and the line of a muscle named like "right hamstring" or "lower back"."""
    side, _, rest = name.partition(" ")
    return (side, MUSCLES[rest]) if side in ("left", "right") else ("", MUSCLES[name])


def glow(body: Body, camera: Camera, side: str, muscle: Muscle) -> list[complex]:
    """The line of light along a muscle."""
    right = -muscle.right if side == "left" else muscle.right
    points = []
    for t in (muscle.start, (muscle.start + muscle.end) / 2, muscle.end):
        if muscle.bone == "trunk":
            place, frame = body.trunk_at(t)
        else:
            frame = body.axes[f"{side} {muscle.bone}"]
            joint, length = ("hip", THIGH) if muscle.bone == "thigh" else ("knee", SHIN)
            place = body.joint[f"{side} {joint}"] + frame.up * (t * length)
        points.append(camera(place + frame.front * muscle.front + frame.right * right))
    return points

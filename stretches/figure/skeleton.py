"""The skeleton: a pose (a few numbers) goes in, joints in space come out.

Axes: x to the right, y up from the floor (y = 0), z towards the viewer, in units of
which a standing figure is about 137 tall. Angles: 0 points right, 90 up, 180 left.
The figure faces right, so its right side is the near one. Bones never change length.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import cos, radians, sin, sqrt
from typing import Any, NamedTuple

SPINE, NECK, SKULL = 46, 6.5, 8.5  # hips to base of neck, on to the head, to its middle
THIGH, SHIN = 32, 31
UPPER, FORE, HAND = 21, 19, 8
HIP_OUT, SHOULDER_OUT = 5.5, 10.5  # how far these joints lie from the middle plane
Pose = dict[str, Any]
LIMBS = [(kind, side) for kind in ("leg", "arm") for side in ("left", "right")]


class V(NamedTuple):
    """A point or direction in space."""

    x: float
    y: float
    z: float = 0.0

    def __add__(self, o: "V") -> "V":  # type: ignore[override]
        return V(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o: "V") -> "V":
        return V(self.x - o.x, self.y - o.y, self.z - o.z)

    def __mul__(self, k: float) -> "V":  # type: ignore[override]
        return V(self.x * k, self.y * k, self.z * k)

    def dot(self, o: "V") -> float:
        return self.x * o.x + self.y * o.y + self.z * o.z

    def cross(self, o: "V") -> "V":
        return V(
            self.y * o.z - self.z * o.y,
            self.z * o.x - self.x * o.z,
            self.x * o.y - self.y * o.x,
        )

    def length(self) -> float:
        return sqrt(self.dot(self))

    def unit(self) -> "V":
        return self * (1 / (self.length() or 1))

    def turned(self, axis: "V", angle: float) -> "V":
        """This vector turned about a unit axis (right-handed, degrees)."""
        if not angle:
            return self
        c, s = cos(radians(angle)), sin(radians(angle))
        return self * c + axis.cross(self) * s + axis * (axis.dot(self) * (1 - c))


class Axes(NamedTuple):
    """Which way a part of the body faces: `up` runs along its bone."""

    up: V
    front: V
    right: V


def axes(angle: float, lean: float = 0, twist: float = 0) -> Axes:
    """Axes of a part whose `up` points at angle, leaning right and twisted left."""
    a = radians(angle)
    up, front, right = V(cos(a), sin(a)), V(sin(a), -cos(a)), V(0, 0, 1)
    up, right = up.turned(front, lean), right.turned(front, lean)
    return Axes(up, front.turned(up, twist), right.turned(up, twist))


def direction(angle: float | list[float], side: int) -> V:
    """The direction of a bone: an angle, or [angle, degrees out to its side]."""
    a, out = map(radians, angle if isinstance(angle, list) else (angle, 0))
    return V(cos(a) * cos(out), sin(a) * cos(out), side * sin(out))


def along(values: Any, t: float) -> Any:
    """The value at t (0 to 1) of a number, or of a list spread evenly over that range."""
    if not isinstance(values, list):
        return values
    t = min(max(t, 0), 1) * (len(values) - 1)
    i = min(int(t), max(len(values) - 2, 0))
    return mix(values[i], values[min(i + 1, len(values) - 1)], t - i)


def complete(pose: Pose) -> Pose:
    """The pose with all that it leaves unsaid: defaults, and both limbs of each pair."""
    end = {key: along(pose.get(key, 0), 1) for key in ("spine", "lean", "twist")}
    full = {"lean": 0, "twist": 0, "glow": 1, "head": end["spine"]}
    full |= {"head_lean": end["lean"], "head_twist": end["twist"], **pose}
    full.setdefault("neck", (full["head"] + end["spine"]) / 2)
    for kind, side in LIMBS:
        full[f"{side}_{kind}"] = pose.get(f"{side}_{kind}") or pose[f"{kind}s"]
    return full


class Body:
    """A solved pose: `joint` by name, `axes` by part, and `warnings` for its author."""

    STEPS = 12  # of the curve of the spine

    def __init__(self, pose: Pose) -> None:
        self.pose = pose
        self.warnings: list[str] = []
        self.joint: dict[str, V] = {}
        self.axes: dict[str, Axes] = {}
        self.spine: list[tuple[V, Axes]] = []
        self._trunk(V(*pose["pelvis"]))
        waiting = list(LIMBS)
        while waiting:
            kind, side = waiting.pop(0)
            spec = pose[f"{side}_{kind}"]
            if any(name not in self.joint for name in held(spec)):
                waiting.append((kind, side))  # it holds another limb: that one goes first
            else:
                solve = self._leg if kind == "leg" else self._arm
                solve(side, spec, 1 if side == "right" else -1)

    def _trunk(self, point: V) -> None:
        pose = self.pose

        def at(t: float) -> Axes:
            return axes(*(along(pose[key], t) for key in ("spine", "lean", "twist")))

        for i in range(self.STEPS + 1):
            self.spine.append((point, at(i / self.STEPS)))
            point = point + at((i + 0.5) / self.STEPS).up * (SPINE / self.STEPS)
        head = axes(pose["head"], pose["head_lean"], pose["head_twist"])
        neck = axes(pose["neck"], (along(pose["lean"], 1) + pose["head_lean"]) / 2)
        base = self.spine[-1][0]
        nape = base + neck.up * NECK
        self.axes |= {"pelvis": at(0.05), "chest": at(0.85), "head": head}
        self.joint |= {"pelvis": self.spine[0][0], "neck": base, "nape": nape}
        self.joint["head"] = nape + head.up * SKULL + head.front * 1.5
        self.joint["chest"] = self.trunk_at(0.75)[0]

    def trunk_at(self, t: float) -> tuple[V, Axes]:
        """Place and axes at t along the spine; beyond its ends it goes on straight."""
        i = min(max(t, 0), 1) * self.STEPS
        k = min(int(i), self.STEPS - 1)
        (p, frame), (q, _) = self.spine[k : k + 2]
        beyond = frame.up * (min(t, 0) + max(t - 1, 0)) * SPINE
        return p + (q - p) * (i - k) + beyond, frame

    def place(self, target: Any, side: int = 1, root: V | None = None) -> V:
        """Where a target is: [x, y], [x, y, out], "a joint" or ["a joint", dx, dy, dz]."""
        if isinstance(target, str):
            return self.joint[target]
        if isinstance(target[0], str):
            return self.joint[target[0]] + V(*target[1:])
        x, y, *out = target
        return V(x, y, side * out[0] if out else root.z if root else 0)

    def _leg(self, side: str, spec: Pose, sign: int) -> None:
        pelvis = self.axes["pelvis"]
        hip = self.joint["pelvis"] + pelvis.right * (sign * HIP_OUT)
        names = ("thigh", "knee", "shin", "ankle")
        knee, ankle = self._bones(hip, spec, names, (THIGH, SHIN), sign, pelvis.right * -1)
        thigh, shin = (knee - hip).unit(), (ankle - knee).unit()
        right = shin.cross(thigh)  # the axis that the knee bends about
        if right.length() < 0.2:  # too straight to tell
            right = pelvis.right - shin * pelvis.right.dot(shin)
        right = right.unit()
        front = right.cross(shin)
        toes = self._tip(spec, "toes", sign, front.turned(right, -20))
        sole = toes.cross(right).unit()
        self.axes[f"{side} thigh"] = Axes(thigh, right.cross(thigh), right)
        self.axes[f"{side} shin"] = Axes(shin, front, right)
        self.axes[f"{side} foot"] = Axes(toes, sole, right)
        joints = {"hip": hip, "knee": knee, "ankle": ankle, "toes": ankle + toes * 12}
        joints |= {"thigh": (hip + knee) * 0.5, "shin": (knee + ankle) * 0.5}
        joints["sole"] = ankle + toes * 4 + sole * 4
        self.joint |= {f"{side} {name}": place for name, place in joints.items()}

    def _arm(self, side: str, spec: Pose, sign: int) -> None:
        chest, (place, frame) = self.axes["chest"], self.trunk_at(0.92)
        root = place + frame.right * (sign * SHOULDER_OUT)
        rest = ("upper", "elbow", "fore", "wrist"), (UPPER, FORE), sign, chest.right
        elbow, _ = self._bones(root, spec, *rest)
        self.warnings = [text for text in self.warnings if f"{side} wrist" not in text]
        shoulder = root + (elbow - root).unit() * 2.5  # the shoulder follows the arm
        elbow, wrist = self._bones(shoulder, spec, *rest)
        hand = self._tip(spec, "hand", sign, (wrist - elbow).unit())
        joints = {"shoulder": shoulder, "elbow": elbow, "wrist": wrist}
        joints["hand"] = wrist + hand * HAND
        self.joint |= {f"{side} {name}": place for name, place in joints.items()}

    def _bones(
        self, root: V, spec: Pose, names: tuple[str, ...], lengths: tuple[int, int], sign: int, hinge: V
    ) -> tuple[V, V]:
        """The middle and end joints of a limb, from angles or from what it reaches for."""
        first, middle, second, end = names
        a, b = lengths
        if "ways" in spec:  # see `between`
            mid = root + spec["ways"][0] * a
            return mid, mid + spec["ways"][1] * b
        if first in spec or middle in spec:
            mid = root + self._way(spec, first, middle, sign, root) * a
            return mid, mid + self._way(spec, second, end, sign, mid) * b
        reach = self.place(spec[end], sign, root) - root
        way, far = reach.unit(), reach.length()
        if far > a + b + 2:  # less does not show
            side = "right" if sign > 0 else "left"
            self.warnings.append(f"{side} {end} is {far - a - b:.1f} short of its target")
        far = min(max(far, abs(a - b) + 0.01), a + b - 0.01)
        outward = sign if end == "ankle" else -sign
        bend = way.cross(hinge).unit().turned(way, outward * spec.get("swivel", 0))
        c = (a * a + far * far - b * b) / (2 * a * far)  # the law of cosines
        return root + way * (a * c) + bend * (a * sqrt(1 - c * c)), root + way * far

    def _way(self, spec: Pose, angle: str, target: str, sign: int, root: V) -> V:
        """The direction of one bone, given by its angle or by where it points to."""
        if angle in spec:
            return direction(spec[angle], sign)
        return (self.place(spec[target], sign, root) - root).unit()

    def _tip(self, spec: Pose, name: str, sign: int, default: V) -> V:
        """The direction of a hand or foot."""
        if "ways" in spec:
            way: V = spec["ways"][2]
            return way
        return direction(spec[name], sign) if name in spec else default

    def ways(self, limb: str) -> list[V]:
        """The directions of a limb's two bones and of its hand or foot."""
        side, kind = limb.split("_")
        leg, arm = ("hip", "knee", "ankle", "toes"), ("shoulder", "elbow", "wrist", "hand")
        joints = [self.joint[f"{side} {name}"] for name in (leg if kind == "leg" else arm)]
        return [(q - p).unit() for p, q in pairwise(joints)]


def held(spec: Pose) -> Iterator[str]:
    """The joints that a limb reaches for by name."""
    for target in spec.values():
        name = target[0] if isinstance(target, list) else target
        if isinstance(name, str):
            yield name


# --- Between two poses ---------------------------------------------------------------------


MOVING = ["pelvis", "spine", "lean", "twist", "neck", "head", "head_lean", "head_twist", "glow"]


def between(a: Pose, b: Pose, t: float) -> Pose:
    """The pose on the way from a (t = 0) to b (t = 1), both complete."""
    pose = dict(b)
    bodies: tuple[Body, ...] = ()
    for key in MOVING:
        pose[key] = mix(a[key], b[key], t)
    for limb in (f"{side}_{kind}" for kind, side in LIMBS):
        if alike(a[limb], b[limb]):
            pose[limb] = mix(a[limb], b[limb], t)
        else:  # described in two manners: swing its bones from the one to the other
            bodies = bodies or (Body(a), Body(b))
            ways = zip(*(body.ways(limb) for body in bodies), strict=True)
            pose[limb] = {"ways": [(p * (1 - t) + q * t).unit() for p, q in ways]}
    return pose


def alike(a: Any, b: Any) -> bool:
    """Whether two limbs say the same kind of things, so that their numbers can be mixed."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(alike(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(alike, a, b))
    return a == b if isinstance(a, str) or isinstance(b, str) else True


def mix(a: Any, b: Any, t: float) -> Any:
    """Numbers, or lists and tables of them, t of the way from a to b."""
    if a == b:
        return a
    if isinstance(a, dict):
        return {key: mix(a[key], b[key], t) for key in a}
    if isinstance(a, list) or isinstance(b, list):  # a bend may come in different detail
        n = max(len(v) for v in (a, b) if isinstance(v, list))
        if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
            return [mix(x, y, t) for x, y in zip(a, b, strict=True)]
        spread = [i / max(n - 1, 1) for i in range(n)]
        return [mix(along(a, s), along(b, s), t) for s in spread]
    return a + (b - a) * t

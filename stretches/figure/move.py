"""Drawings that move: from the start to the hold and back, in time with a breath.

The in-betweens come from the skeleton (bones swing, feet stay planted), and the browser moves the
outlines from one to the next by SMIL, which every browser knows and no policy forbids.
"""

from itertools import pairwise
from math import acos, ceil, degrees

from stretches.figure.draw import Drawing, element, paint_order, scene, stage
from stretches.figure.page import Part, number, path
from stretches.figure.skeleton import LIMBS, Body, Pose, between

MOVE_SECONDS = 5
"""One move from frame to frame: there and back is the ten seconds of a slow breath, as in the design."""

DEGREES_A_SAMPLE, MOST_SAMPLES = 55, 3
"""Outlines go in straight lines between samples: bones that turn far would shrink on the way with fewer."""

PASSING_GRAIN = 0.5
"""What is only passed is rounded to this many units, the frames themselves to 0.1."""


def moving(pose: Pose) -> Drawing:
    """All frames of a stretch's `[pose]`, animated: from each to the next and back the same way, or,
    where the pose says `loop`, from the last one on to the first.

    Until a script begins its animations (`begin="indefinite"`) it is the still of its last frame, so
    starting it is the person's choice (WCAG 2.2.2) and nothing has to be done for reduced motion.
    """
    scenery = stage(pose)
    poses = scenery.poses
    back = poses[:1] if pose.get("loop") else poses[-2::-1]
    samples, timing = timeline([*poses, *back])
    frames = {id(frame) for frame in poses}
    scenes = [
        (scene(sample, scenery.floor), 0.1 if id(sample) in frames else PASSING_GRAIN) for sample in samples
    ]
    rest = scene(poses[-1], scenery.floor)
    shapes = []
    for i in paint_order(rest, poses[-1]):
        if any(parts[i].opacity for parts, _ in scenes):
            shapes.append(element(rest[i], changes([(parts[i], grain) for parts, grain in scenes], timing)))
    return Drawing(str(scenery.box), "".join(shapes))


def changes(samples: list[tuple[Part, float]], timing: str) -> str:
    """The animations of one part: of its outline and of how bright it is, where they change at all."""
    outlines = [path(part.outline, grain) for part, grain in samples]
    exact = {path(part.outline) for part, _ in samples}
    lights = [number(part.opacity) for part, _ in samples]
    return "".join(
        f'<animate attributeName="{name}" {timing} values="{";".join(values)}"/>'
        for name, values, is_changing in (
            ("d", outlines, len(exact) > 1),
            ("opacity", lights, len(set(lights)) > 1),
        )
        if is_changing
    )


def turn(a: Pose, b: Pose) -> float:
    """The largest angle (in degrees) that a bone turns by on the way from one pose to another."""
    here, there = Body(a), Body(b)
    limbs = [f"{side}_{kind}" for kind, side in LIMBS]
    ways = [pair for limb in limbs for pair in zip(here.ways(limb), there.ways(limb), strict=True)]
    ways += [(here.axes[name].up, there.axes[name].up) for name in ("head", "chest")]
    return degrees(acos(max(min(p.dot(q) for p, q in ways), -1)))


EASING = {
    1: [".6 0 .3 1"],
    2: [".8 0 .9 .7", ".1 .3 .2 1"],
    3: [".8 0 .9 .7", "0 0 1 1", ".1 .3 .2 1"],
}
WHEN = {1: [1.0], 2: [0.5, 1], 3: [0.3, 0.7, 1]}


def timeline(poses: list[Pose]) -> tuple[list[Pose], str]:
    """The poses to pass through, and when, as attributes of an SVG animation.

    Each move starts and ends slowly, which also gives the hold.
    """
    samples, times, splines = [poses[0]], [0.0], []
    moves = list(pairwise(poses))
    for begin, (a, b) in enumerate(moves):
        count = min(max(ceil(turn(a, b) / DEGREES_A_SAMPLE), 1), MOST_SAMPLES)
        samples += [*(between(a, b, i / count) for i in range(1, count)), b]
        times += [(begin + now) / len(moves) for now in WHEN[count]]
        splines += EASING[count]
    keys = ";".join(f"{t:.3g}".replace("0.", ".") for t in times)
    return samples, (
        f'begin="indefinite" dur="{MOVE_SECONDS * len(moves)}s" repeatCount="indefinite" '
        f'calcMode="spline" keyTimes="{keys}" keySplines="{";".join(splines)}"'
    )

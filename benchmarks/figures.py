"""How long a drawing takes. Aim: at most 5 ms a still."""

from collections.abc import Iterator
from statistics import median

from benchmarks.__main__ import cpu_ms
from stretches import catalogue
from stretches.figure.draw import still
from stretches.figure.move import moving


def table() -> Iterator[str]:
    poses = [entry.pose.model_dump(exclude_unset=True) for entry in catalogue.read().entries.values()]
    for name, draw in (("still", still), ("moving", moving)):
        times = [cpu_ms(lambda pose=pose, draw=draw: draw(pose), 1) for pose in poses]
        yield f"{name:8}{median(times):6.1f} ms the median, {max(times):5.1f} ms the slowest of {len(poses)}"

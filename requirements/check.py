"""Whether the locks are those of pyproject.toml.

Needs no network: it follows what the installed packages say they need.
Run by `./limber check`, in an environment that holds exactly requirements/test.txt.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).parent
PIN = re.compile(r"^([A-Za-z0-9._-]+==[^\s\\]+)(?: ; ([^\\]+))?", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """Name to version, of what a lock installs on this machine."""
    text = (FOLDER / lock).read_text()
    found = [Requirement(";".join(filter(None, match.groups()))) for match in PIN.finditer(text)]
    here = [pin for pin in found if pin.marker is None or pin.marker.evaluate()]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in here}


def needed(wanted: Iterable[Requirement]) -> Iterator[Requirement]:
    """What is asked for and all that it needs in turn."""
    seen: set[str] = set()
    waiting = list(wanted)
    while waiting:
        one = waiting.pop()
        if str(one) in seen:
            continue
        seen.add(str(one))
        yield one
        for line in requires(one.name) or ():
            further = Requirement(line)
            if further.marker is None or any(
                further.marker.evaluate({"extra": e}) for e in ("", *one.extras)
            ):
                waiting.append(further)


def faults(lock: str, wanted: list[str]) -> Iterator[str]:
    pinned = pins(lock)
    names = set()
    for one in needed(Requirement(line) for line in wanted):
        name = canonicalize_name(one.name)
        names.add(name)
        if name not in pinned:
            yield f"{lock} lacks {one}"
        elif not one.specifier.contains(pinned[name], prereleases=True):
            yield f"{lock} has {name} {pinned[name]}, but {one} is needed"
    yield from (f"{lock} has {name}, which nothing needs" for name in sorted(set(pinned) - names))


def main() -> None:
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    run = [*project["project"]["dependencies"], *extras["postgres"], *extras["redis"]]
    try:
        found = [*faults("run.txt", run), *faults("test.txt", [*run, *project["dependency-groups"]["test"]])]
    except PackageNotFoundError as error:
        found = [f"{error.name} is needed, but not installed"]
    if found:
        sys.exit("\n".join([*found, "Write the locks anew with ./limber lock."]))


if __name__ == "__main__":
    main()

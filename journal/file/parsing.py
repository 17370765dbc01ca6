"""Large JSON files: read at once, and a line looked for only where something is wrong. Pure.

`routines.lines` knows the line of every value, which is too much to remember of ten years.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from routines.lines import DEEPEST, Fault, FileError, Path, place, short, tokens

LONGEST_NUMBER = 16
"""Digits: a sequence is a time in milliseconds."""

MOST_VALUES = 1_500_000
"""Ten years of two sessions a day are about 700,000."""


class _SuspectError(ValueError):
    """Python would take it, but nobody means it: `_suspects` says what it is and where."""


def parse(text: str) -> Any:
    """The value of a JSON text.

    Raises FileError for what is no JSON, a name that stands twice in one object, NaN and Infinity, numbers of more
    than LONGEST_NUMBER digits, things deep in each other, NUL and halves of characters, and for more than
    MOST_VALUES values.
    """
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        raise FileError([Fault(1, "there is more in this file than ten years of Limber would be")])
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_int=_whole, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        reason = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        raise FileError([Fault(error.lineno, reason)]) from error
    except (_SuspectError, RecursionError) as error:
        raise FileError(list(_suspects(text)) or [Fault(1, "this cannot be read")]) from error
    if "\\u" in text and (paths := list(_unstorable(value))):
        reason = "has a character in it that is none"
        raise FileError(located(text, [(path, reason) for path in paths]))
    return value


def located(text: str, reasons: Iterable[tuple[Path, str]]) -> list[Fault]:
    """Faults with their lines; one of something that is missing stands on the line of what it should be in."""
    reasons = list(reasons)
    wanted = {path[:length] for path, _ in reasons for length in range(len(path) + 1)}
    lines = _lines(text, wanted)
    faults = []
    for path, reason in reasons:
        known = next(path[:length] for length in range(len(path), -1, -1) if path[:length] in lines)
        faults.append(Fault(lines[known], short(f"{place(path)}{reason}")))
    return faults


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _SuspectError
    return value


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER + 1:
        raise _SuspectError
    return int(digits)


def _refuse(word: str) -> None:
    raise _SuspectError


def _lines(text: str, wanted: set[Path]) -> dict[Path, int]:
    """The lines of these values, as far as they are there."""
    found: dict[Path, int] = {(): 1}
    here: list[Any] = []
    for line, piece in tokens(text):
        if piece in "}]":
            here.pop()
        elif piece == ",":
            here[-1] = here[-1] + 1 if isinstance(here[-1], int) else None
        elif piece != ":":
            if here and here[-1] is None:
                here[-1] = json.loads(piece)
            if tuple(here) in wanted:
                found.setdefault(tuple(here), line)
            if piece in "{[":
                here.append(None if piece == "{" else 0)
        if len(found) >= len(wanted):
            break
    return found


def _suspects(text: str) -> Iterator[Fault]:
    """What `parse` stumbled over, at most the first fifty."""
    names: list[set[str] | None] = []
    left, name_next = 50, False
    for line, piece in tokens(text):
        reason = ""
        if piece in "{[":
            names.append(set() if piece == "{" else None)
            if len(names) > DEEPEST:
                yield Fault(line, f"there are more than {DEEPEST} brackets inside each other")
                return
        elif piece in "}]":
            names.pop()
        elif piece in ("NaN", "Infinity"):
            reason = f"{piece} is not a number"
        elif piece[0] in "-0123456789" and len(piece) > LONGEST_NUMBER + 1:
            reason = "the number is too long"
        elif piece[0] == '"' and name_next and names and (inside := names[-1]) is not None:
            name = json.loads(piece)
            reason = f"{place((name,))}stands there twice" if name in inside else ""
            inside.add(name)
        name_next = piece in "{,"
        if reason:
            yield Fault(line, short(reason))
            left -= 1
        if not left:
            return


def _unstorable(value: Any) -> Iterator[Path]:
    """Where a text or a name has NUL or half of a character in it: no database keeps those."""
    waiting: list[tuple[Path, Any]] = [((), value)]
    while waiting:
        path, each = waiting.pop()
        if isinstance(each, str) and not is_storable(each):
            yield path
        elif isinstance(each, dict):
            yield from ((*path, name) for name in each if not is_storable(name))
            waiting += [((*path, name), part) for name, part in each.items()]
        elif isinstance(each, list):
            waiting += [((*path, number), part) for number, part in enumerate(each)]


def is_storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)

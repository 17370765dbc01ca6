"""JSON that a person may have written: read with the line of every value, and of everything wrong. Pure."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
"""Names and places that lead to a value: ("items", 3, "reps"). Places count from 0."""

DEEPEST = 8
LONGEST_NUMBER = 9
"""Digits."""

# Possessive, so that a string without an end is given up at once.
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|-?[0-9][0-9.eE+-]*|[A-Za-z]+|\S', re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong. `line` counts from 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.reason}."


class FileError(Exception):
    """A text that cannot be used. `faults` are in the order of their lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__(f"{len(self.faults)} faults")


class Lines:
    """Where each value of a JSON text stands."""

    def __init__(self, text: str) -> None:
        self.at: dict[Path, int] = {}
        self.repeated: list[Fault] = []
        self._walk(text)

    def of(self, path: Path) -> int:
        """The line of a value; of what it should be in, where it is missing."""
        while path not in self.at and path:
            path = path[:-1]
        return self.at.get(path, 1)

    def fault(self, path: Path, reason: str) -> Fault:
        return Fault(self.of(path), short(f"{place(path)}{reason}"))

    def _walk(self, text: str) -> None:
        """`here` ends with the name or the place in the innermost thing; None where a name comes next."""
        here: list[Any] = []
        for line, piece in tokens(text):
            match piece:
                case "{" | "[":
                    self.at.setdefault(tuple(here), line)
                    here.append(None if piece == "{" else 0)
                case "}" | "]":
                    here.pop()
                case ",":
                    here[-1] = here[-1] + 1 if isinstance(here[-1], int) else None
                case ":":
                    pass
                case _:
                    if here and here[-1] is None:
                        here[-1] = json.loads(piece)
                        if tuple(here) in self.at:
                            reason = f"{place(tuple(here))}stands there twice"
                            self.repeated.append(Fault(line, short(reason)))
                    self.at.setdefault(tuple(here), line)


def read_json(text: str) -> tuple[Any, Lines]:
    """The value of a JSON text, and where its parts stand.

    Raises FileError for what is no JSON, and for JSON that Python would take but nobody means: a name that stands
    twice in one object, NaN and Infinity, numbers of more than LONGEST_NUMBER digits, more than DEEPEST things in
    each other, control characters and halves of characters in a text.
    """
    _check_tokens(text)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        raise FileError([Fault(error.lineno, reason)]) from error
    lines = Lines(text)
    controls = [lines.fault(path, "has a control character in it") for path in unprintable(value)]
    if faults := lines.repeated + controls:
        raise FileError(faults)
    return value, lines


def is_plain(text: str) -> bool:
    """Whether it has no control character, no tab or end of line, and no half of a character."""
    return not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


def plain(text: str) -> str:
    """The text with a space for each of these."""
    return text if is_plain(text) else "".join(c if is_plain(c) else " " for c in text)


def place(path: Path) -> str:
    """A path as people read it: "items 4, reps: ". Places count from 1."""
    words = ""
    for part in path:
        words += (
            f" {part + 1}" if isinstance(part, int) else f"{', ' if words else ''}{short(plain(part), 40)}"
        )
    return f"{words.strip()}: " if words else ""


def short(text: str, length: int = 200) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def tokens(text: str) -> Iterator[tuple[int, str]]:
    """Each token with its line. It ends early at a string that has no end."""
    line, counted = 1, 0
    for match in TOKEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if match[0] == '"':
            return
        yield line, match[0]


def _check_tokens(text: str) -> None:
    depth = 0
    for line, piece in tokens(text):
        depth += (piece in "{[") - (piece in "}]")
        if depth > DEEPEST:
            raise FileError([Fault(line, f"there are more than {DEEPEST} brackets inside each other")])
        if piece in ("NaN", "Infinity"):
            raise FileError([Fault(line, f"{piece} is not a number")])
        if piece[0] in "-0123456789" and sum(map(str.isdigit, piece)) > LONGEST_NUMBER:
            raise FileError([Fault(line, "the number is too long")])


def unprintable(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where a text or a name has a character that is none to be printed."""
    if isinstance(value, str) and not is_plain(value):
        yield path
    parts: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for name, part in parts:
        if isinstance(name, str) and not is_plain(name):
            yield (*path, name)
        yield from unprintable(part, (*path, name))

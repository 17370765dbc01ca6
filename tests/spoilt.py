"""A good file made bad, in one place."""

import json
from random import Random
from typing import Any

DEEDS = ("set", "drop", "add", "cut", "lose")
"""What happens to one value of the document, or to its text: the end or one character is gone."""


def spoilt(good: str, deed: str, value: Any, chance: Random, least: int = 0) -> str:
    """The text with one of DEEDS done to it; `value` is what is set or added. A cut leaves `least` characters."""
    file = json.loads(good)
    *path, last = chance.choice(places(file)[1:])
    inner = file
    for name in path:
        inner = inner[name]
    if deed == "set":
        inner[last] = value
    elif deed == "drop":
        del inner[last]
    elif deed == "add" and isinstance(inner, dict):
        inner["more"] = value
    text = json.dumps(file, ensure_ascii=chance.random() < 0.5, indent=1)
    cut = chance.randrange(least, len(text))
    if deed == "cut":
        text = text[:cut]
    elif deed == "lose":
        text = text[:cut] + text[cut + 1 :]
    return text.encode("utf-8", "replace").decode()


def places(value: Any, path: tuple = ()) -> list[tuple]:
    """The way to every value of a document, the document's own first."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, part in parts for place in places(part, (*path, name)))]

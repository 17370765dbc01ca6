"""A database that fails at one moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import DatabaseError, connection


@contextmanager
def database_broken_at(moment: int) -> Iterator[None]:
    """The question with this number fails, counted from 0. All others are answered."""
    asked = count()

    def fail(execute: Callable[..., Any], *question: Any) -> Any:
        if next(asked) == moment:
            raise DatabaseError("no room")
        return execute(*question)

    with connection.execute_wrapper(fail):
        yield

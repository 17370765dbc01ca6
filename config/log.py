"""Logging: one line a fault, to stderr, with nothing in it that a person wrote.

What people type reaches a log by way of exception messages, query strings and secret links. So a line tells
the kind of an exception and where it came about, but not its message; the path, but not the query.
"""

import json
import logging
import re
import time
import traceback
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
SECRET_PART = re.compile(
    r"(/(?:r|password/reset|email/confirm|calendar|reminders/(?:stop|next-day))/)[^/\s]{12,}"
)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """`2026-01-31T09:00:00Z ERROR django.request Internal Server Error: /journal/ KeyError at journal/days.py:12`

    Times are UTC. A control character becomes a space, so that a path cannot write a line of its own.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.message = record.getMessage()
        record.asctime = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        line = self.formatMessage(record)
        if record.exc_info and record.exc_info[1]:
            line = f"{line} {origin_of(record.exc_info[1])}"
        return SECRET_PART.sub(r"\1…", UNPRINTABLE.sub(" ", line))


def origin_of(error: BaseException) -> str:
    """`KeyError at journal/days.py:12 < journal/views/today.py:30`: our own lines, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        f"{Path(frame.filename).relative_to(PROJECT)}:{frame.lineno}"
        for frame in reversed(frames)
        if Path(frame.filename).is_relative_to(PROJECT) and "site-packages" not in frame.filename
    ]
    return f"{type(error).__name__} at {' < '.join(ours) or 'a place outside Limber'}"


class Json(OneLine):
    """The same as a JSON object: at, level, logger, message, and fault where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "logger": record.name,
            "message": SECRET_PART.sub(r"\1…", UNPRINTABLE.sub(" ", record.getMessage())),
        }
        if record.exc_info and record.exc_info[1]:
            told["fault"] = origin_of(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def configuration(debug: bool, kind: str = "") -> dict[str, Any]:
    """Django's LOGGING. In debugging a terminal shows everything; else one line each of what went wrong.

    `kind` "json" (LIMBER_LOG=json) writes each line as an object.
    """
    if debug:
        return {"version": 1, "disable_existing_loggers": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"one-line": {"()": f"config.log.{'Json' if kind == 'json' else 'OneLine'}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one-line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # a 404 or a refused form is no fault
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # strangers knocking, all day long
        },
    }

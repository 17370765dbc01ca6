"""What is due by the clock, again and again: `python -m config.chores`. For a container; elsewhere cron does it.

Each chore is a command of `./limber manage` that may be run at any time, and by two at once.
"""

import logging
import time

from django.core.management import call_command, get_commands
from django.db import connection

from config.start import set_up

CHORES = ("close_sessions", "send_reminders", "purge_guests")
PAUSE = 300
"""Seconds."""

log = logging.getLogger("limber.chores")


def do_all() -> None:
    """Do each chore that this Limber has. One that fails is logged, and holds up no other."""
    for chore in CHORES:
        if chore in get_commands():
            try:
                call_command(chore, verbosity=0)
            except Exception:
                log.exception("%s failed", chore)
    connection.close()


def main() -> None:
    set_up()
    while True:
        do_all()
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()

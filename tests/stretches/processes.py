import os
import subprocess
import sys

from stretches import catalogue

PROJECT = catalogue.FOLDER.parent.parent


def printed_in_two_processes(code: str) -> set[str]:
    """What this code prints in processes that hash differently: one text, if it depends on nothing but itself."""
    return {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": order, "PYTHONPATH": str(PROJECT)},
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for order in ("1", "2")
    }

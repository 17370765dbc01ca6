from routines.models.routine import Item, Routine
from routines.models.session import Session

__all__ = ["Item", "Routine", "Session"]

from routines.models.routine import Change, Item, Routine
from routines.models.session import Session

__all__ = ["Change", "Item", "Routine", "Session"]

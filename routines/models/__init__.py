from routines.models.change import Change
from routines.models.item import Item
from routines.models.routine import Routine
from routines.models.session import Session

__all__ = ["Change", "Item", "Routine", "Session"]

from journal.models.days import LONGEST_LABEL, LONGEST_PAUSE, FlareUp, Pause
from journal.models.facts import LONGEST_NOTE, SYMPTOMS, Hold, HurtReport, Rating, SessionFact, SessionNote
from journal.models.score import NEXT_DAY_FROM, NEXT_DAY_UNTIL, Moment, PainScore, around

__all__ = [
    "LONGEST_LABEL",
    "LONGEST_NOTE",
    "LONGEST_PAUSE",
    "NEXT_DAY_FROM",
    "NEXT_DAY_UNTIL",
    "SYMPTOMS",
    "FlareUp",
    "Hold",
    "HurtReport",
    "Moment",
    "PainScore",
    "Pause",
    "Rating",
    "SessionFact",
    "SessionNote",
    "around",
]

from django import template

from routines import schedule
from routines.models import Routine

register = template.Library()


@register.filter
def meant_for(routine: Routine) -> str:
    """When a routine is meant for, in words: "Weekdays, morning and 18:30"; "" when no day is chosen."""
    return schedule.words(routine.days, routine.times)

"""What a person answers before a routine is proposed, and how long one is to be made."""

from collections.abc import Iterable
from typing import NamedTuple

from django import forms
from django.http import QueryDict

from routines.proposal import MINUTES, PLACES, Answers

MOST_MINUTES = 120
WHOLE = f"Minutes: a whole number from 1 to {MOST_MINUTES}."


class Choice(NamedTuple):
    value: str
    label: str
    ticked: bool


class Question(NamedTuple):
    """many: whether more than one of the choices can be ticked."""

    name: str
    label: str
    choices: list[Choice]
    many: bool = False


def answers_in(query: QueryDict, pieces: Iterable[str]) -> Answers:
    """The answers of an address or a form. A word that is no choice counts as not answered.

    pieces: slugs of the equipment that can be ticked.
    """
    usual = Answers()
    minutes, place = query.get("minutes", ""), query.get("place", "")
    return Answers(
        minutes=next((each for each in MINUTES if str(each) == minutes), usual.minutes),
        place=place if place in PLACES else usual.place,
        sore=query.get("day") == "sore",
        have=frozenset(pieces) & frozenset(query.getlist("have")),
    )


def questions(answers: Answers, pieces: dict[str, str]) -> list[Question]:
    """The form as these answers leave it. pieces: names by slug."""
    minutes = [Choice(str(each), f"{each} min", each == answers.minutes) for each in MINUTES]
    places = [Choice(each, words.capitalize(), each == answers.place) for each, words in PLACES.items()]
    days = [
        Choice("ordinary", "An ordinary day", not answers.sore),
        Choice("sore", "A sore day", answers.sore),
    ]
    have = [
        Choice(slug, name[0].upper() + name[1:], slug in answers.have)
        for slug, name in sorted(pieces.items())
    ]
    return [
        Question("minutes", "How long have you got?", minutes),
        Question("place", "Where are you?", places),
        Question("day", "What sort of day is it?", days),
        Question("have", "What have you got there?", have, many=True),
    ]


class FitForm(forms.Form):
    """How many minutes a routine is to take."""

    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=MOST_MINUTES,
        # As text, so that what was typed stays to be corrected.
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WHOLE),
    )

"""The safety check: the warning signs as questions, and what each answer leads to.

The same words for everyone. An answer is acted on and kept nowhere; nothing is added up and nothing is named.
The signs and what they lead to follow the cauda equina card of Greenhalgh, Mercer and Finucane, the lists of the
NHS, and IFOMPT's framework for red flags (Finucane 2020, doi 10.2519/jospt.2020.9971).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["emergency", "same-day", "appointment"]
MOST_URGENT_FIRST: tuple[Outcome, ...] = ("emergency", "same-day", "appointment")


@dataclass(frozen=True, slots=True)
class Sign:
    """One question. `advice` is said where it is ticked, besides what its outcome says."""

    key: str
    words: str
    outcome: Outcome
    advice: str = ""
    hint: str = ""


SIGNS = (
    Sign(
        "saddle",
        "Numbness or tingling between my legs, round my genitals or back passage, or wiping feels different",
        "emergency",
    ),
    Sign(
        "bladder",
        "New trouble starting, stopping or feeling urine; leaking; or bowel accidents",
        "emergency",
    ),
    Sign("sexual", "New loss of sexual sensation or function together with back or leg pain", "emergency"),
    Sign(
        "both-legs",
        "Pain, tingling, weakness or numbness in both legs, or a leg or foot that is getting weaker",
        "emergency",
    ),
    Sign("crash", "It began with a serious accident, fall or blow", "emergency"),
    Sign(
        "chest",
        "Back pain with chest pain; or sudden tearing back or belly pain, faintness, or a pulsing belly",
        "emergency",
    ),
    Sign(
        "fall",
        "It began with a smaller fall, and I have thin bones, have taken steroids for long, or am over about 65",
        "same-day",
        "A fall: a small crack in a bone needs ruling out before you bend or twist.",
    ),
    Sign(
        "fever",
        "Fever, chills or feeling seriously ill; a recent infection or procedure on the spine; a weak immune system;"
        " or injected drugs",
        "same-day",
        "Fever or an infection: a doctor should look at your back today.",
    ),
    Sign(
        "cancer",
        "I have ever had cancer, or am losing weight without trying",
        "appointment",
        "Cancer, now or before, or losing weight: ask for an urgent appointment, and leave the stretches until then.",
    ),
    Sign(
        "night",
        "Pain that does not ease in any position, wakes me, or is clearly worse at night",
        "appointment",
        "Pain that nothing eases, or that is worse at night: ask for an urgent appointment.",
    ),
    Sign(
        "lump",
        "A lump, or a back that has changed shape",
        "appointment",
        "A lump or a changed shape: ask for an urgent appointment.",
    ),
    Sign(
        "one-leg",
        "New numbness, tingling, burning or weakness in one leg",
        "appointment",
        "One leg: leave the stretches for now, and see a doctor or physiotherapist soon. If it gets worse, or both"
        " legs are affected, that is an emergency.",
    ),
    Sign(
        "stiff",
        "It began before I was 45, has lasted over three months, mornings are stiff, and moving helps",
        "appointment",
        "Stiff mornings for months: ask a doctor about it. Gentle movement is fine meanwhile.",
    ),
    Sign(
        "adapted",
        "Osteoporosis, spine or hip surgery, pregnancy, blood thinners, or a known slipped or narrowed spine",
        "appointment",
        "Ask your doctor, midwife or surgeon which moves to leave out. Limber can then leave them out for you.",
        "Gentle stretching is often fine. Ask which moves to leave out.",
    ),
    Sign(
        "severe",
        "Severe pain, or no better after some days of gentle moving",
        "appointment",
        "Severe pain, or pain that stays: book an appointment.",
    ),
    Sign(
        "young",
        "I am under 16",
        "appointment",
        "Under 16: Limber is for adults. Please ask a doctor or physiotherapist instead.",
    ),
)


def ticked(keys: Collection[str]) -> list[Sign]:
    """The signs that were ticked, in the order of the page; what is no sign is left out."""
    return [sign for sign in SIGNS if sign.key in keys]


def outcome_of(signs: Collection[Sign]) -> Outcome | None:
    """The most urgent of theirs, None of no sign."""
    found = {sign.outcome for sign in signs}
    return next((outcome for outcome in MOST_URGENT_FIRST if outcome in found), None)

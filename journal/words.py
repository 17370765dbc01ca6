"""The words of the pain scale, and the few words for numbers and days that sentences need. Pure."""

from datetime import date

from stretches.numbers import in_words

PAIN_WORDS: dict[int, str] = {
    1: "No pain",
    2: "Barely there; only when I look for it",
    3: "Mild; easy to forget",
    4: "Noticeable; I still do everything",
    5: "Nagging; I do things with more care",
    6: "Strong; I cut some things short",
    7: "Very strong; hard to concentrate",
    8: "Severe; most activities stop, sleep suffers",
    9: "Very severe; hardly able to move or talk",
    10: "The worst pain I can imagine",
}
"""What each score means. Fixed: changing the words of a scale changes the scores people give. The words
are Limber's own, not a validated set; clinics use 0 to 10, so 1 has to say "No pain" by itself."""


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 session", "5 sessions"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def about(score: float) -> str:
    """A score or an average to the nearest half: 5.45 is "5½", 3.97 is "4"."""
    halves = round(score * 2)
    return f"{halves // 2}{'½' if halves % 2 else ''}"


def tenths(share: float) -> str:
    """A share of 0 to 1 to the nearest tenth: 0.52 is "half", 0.86 is "nine in ten"."""
    ten = round(share * 10)
    return {0: "none", 5: "half", 10: "all"}.get(ten, f"{in_words(ten)} in ten")


def day_month(day: date) -> str:
    """ "4 May"."""
    return f"{day.day} {day:%b}"


def day_of_week(day: date, today: date) -> str:
    """ "Thu 14 May", with the year when it isn't this one."""
    words = f"{day:%a} {day_month(day)}"
    return words if day.year == today.year else f"{words} {day.year}"


def period(first: date, last: date) -> str:
    """ "16 Feb to 15 May 2026", with both years when they differ."""
    year = "" if first.year == last.year else f" {first.year}"
    return f"{day_month(first)}{year} to {day_month(last)} {last.year}"


def length(days: int) -> str:
    """A stretch of days in the unit one would say it in: "90 days", "a year", "14 months", "3 years"."""
    if days <= 120:
        return plural(days, "day")
    if 360 <= days <= 372:
        return "a year"
    months = round(days / 30.44)
    return plural(months, "month") if months < 24 else plural(round(days / 365.25), "year")

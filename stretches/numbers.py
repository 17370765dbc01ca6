"""How numbers and times are said on a page. Pure."""

WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def clock(seconds: int) -> str:
    """Whole seconds as minutes and seconds: 542 is "9:02"."""
    return f"{seconds // 60}:{seconds % 60:02}"


def minutes(seconds: int) -> str:
    """ "9 minutes": rounded, and never none."""
    count = max(1, round(seconds / 60))
    return f"{count} minute{'' if count == 1 else 's'}"


def in_words(count: int) -> str:
    """A count in words up to twelve, in figures from there on: "six", "13". Nought is "no"."""
    return WORDS[count] if 0 <= count < len(WORDS) else str(count)


def stretches(count: int) -> str:
    """ "six stretches", "one stretch"."""
    return f"{in_words(count)} stretch{'' if count == 1 else 'es'}"

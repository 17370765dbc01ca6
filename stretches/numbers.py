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


def whole_minutes(seconds: int) -> int:
    """Rounded, and never none."""
    return max(1, round(seconds / 60))


def minutes(seconds: int) -> str:
    """ "9 minutes"."""
    count = whole_minutes(seconds)
    return f"{count} minute{'' if count == 1 else 's'}"


def whole_number(text: str) -> int | None:
    """What an address or a key says, if it is a whole number of up to eight plain digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def held(seconds: int) -> str:
    """A hold, as shown: "30 s", "1:30 min"."""
    return f"{clock(seconds)} min" if seconds >= 90 else f"{seconds} s"


def in_words(count: int) -> str:
    """A count in words up to twelve, in figures from there on: "six", "13". Nought is "no"."""
    return WORDS[count] if 0 <= count < len(WORDS) else str(count)


def stretches(count: int) -> str:
    """ "six stretches", "one stretch"."""
    return f"{in_words(count)} stretch{'' if count == 1 else 'es'}"

"""The words a stretch is described with, and how a page says them."""

import unicodedata

from django.db import models


class Kind(models.TextChoices):
    RELEASE = "release", "Release"
    STRETCH = "stretch", "Stretch"
    ACTIVE_STRETCH = "active-stretch", "Active stretch"
    MOBILITY = "mobility", "Mobility"
    ACTIVATION = "activation", "Activation"
    STRENGTH = "strength", "Strength"


class Position(models.TextChoices):
    SUPINE = "supine", "Lying on your back"
    PRONE = "prone", "Lying on your front"
    SIDE_LYING = "side-lying", "Lying on your side"
    HANDS_AND_KNEES = "hands-and-knees", "Hands and knees"
    KNEELING = "kneeling", "Kneeling"
    HALF_KNEELING = "half-kneeling", "Half kneeling"
    SEATED = "seated", "Sitting"
    STANDING = "standing", "Standing"


class Direction(models.TextChoices):
    """The way the low back moves."""

    FLEXION = "flexion", "Bending forward"
    EXTENSION = "extension", "Bending back"
    ROTATION = "rotation", "Turning"
    SIDE_BEND = "side-bend", "Sideways"
    DECOMPRESSION = "decompression", "Lengthening"
    NEUTRAL = "neutral", "Neutral"


class Area(models.TextChoices):
    """Parts of the body, as people say. Every muscle is in one."""

    LOWER_BACK = "lower-back", "Lower back"
    SIDE_OF_BACK = "side-of-back", "Side of the back"
    UPPER_BACK = "upper-back", "Mid and upper back"
    BELLY = "belly", "Belly and waist"
    BUTTOCKS = "buttocks", "Buttocks"
    FRONT_OF_HIP = "front-of-hip", "Front of the hip"
    FRONT_OF_THIGH = "front-of-thigh", "Front of the thigh"
    BACK_OF_THIGH = "back-of-thigh", "Back of the thigh"
    INNER_THIGH = "inner-thigh", "Inner thigh"
    CALF = "calf", "Calf"
    CHEST_AND_SHOULDER = "chest-and-shoulder", "Chest and shoulder"


class SpineRange(models.TextChoices):
    """How far the low back moves that way."""

    NONE = "none", "hardly at all"
    SMALL = "small", "a little"
    MID = "mid", "about half way"
    END = "end", "as far as it goes"


class Sides(models.TextChoices):
    BOTH = "both", "Both at once"
    EACH = "each", "Each side"
    ALTERNATING = "alternating", "Alternating"


class ItemSides(models.TextChoices):
    """The sides of an item in a routine: those of its stretch, or one of them alone."""

    BOTH = "both", "Both at once"
    EACH = "each", "Each side"
    ALTERNATING = "alternating", "Alternating"
    LEFT = "left", "Left only"
    RIGHT = "right", "Right only"


class Side(models.TextChoices):
    """The side that a drawing shows as working."""

    LEFT = "left", "Left"
    RIGHT = "right", "Right"
    BOTH = "both", "Both"


class SideRule(models.TextChoices):
    """Where a source restricts the direction."""

    AWAY = "away-from-sore-side", "Only away from it"


class Origin(models.TextChoices):
    ARTICLE = "article", "Described in an article"
    COMMON_PRACTICE = "common practice", "Widely taught"


class Basis(models.TextChoices):
    """Where the sets, repetitions and hold of the default dose come from."""

    ARTICLE = "article", "The article's own figures"
    ARTICLE_AND_OURS = "article and ours", "Partly the article's figures, partly ours"
    COMMON_PRACTICE = "common practice", "Common practice"


def fold(text: str) -> str:
    """Text as it is searched: no capitals, accents, apostrophes or hyphens. "Child's" is "childs"."""
    plain = text
    if not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = plain.translate({ord("-"): " ", ord("/"): " ", ord("'"): None, ord("\u2019"): None})
    return " ".join(plain.casefold().split())


NOUNS = {
    Kind.RELEASE: "release",
    Kind.STRETCH: "stretch",
    Kind.ACTIVE_STRETCH: "active stretch",
    Kind.MOBILITY: "movement",
    Kind.ACTIVATION: "muscle work",
    Kind.STRENGTH: "strength work",
}
MOVES = {
    Direction.FLEXION: "bends {} forward",
    Direction.EXTENSION: "bends {} backward",
    Direction.ROTATION: "turns {}",
    Direction.SIDE_BEND: "bends {} sideways",
    Direction.DECOMPRESSION: "lengthens {}",
    Direction.NEUTRAL: "hardly moves {}",
}


def in_one_line(kind: str, intensity: int, position: str, direction: str, also: list[str]) -> str:
    """What a stretch is: "A gentle stretch that bends the low back forward, lying on your back."

    intensity: 1-10, how strong it should feel. also: further directions, after the main one.
    """
    strengths = ((2, "very gentle"), (3, "gentle"), (5, "moderate"), (10, "demanding"))
    strong = next(word for most, word in strengths if intensity <= most)
    noun = NOUNS[Kind(kind)]
    what = f"{strong} {noun}" if noun.endswith("work") else f"a {strong} {noun}"
    where = Position(position).label.lower()
    where = f"on {where}" if position == Position.HANDS_AND_KNEES else where
    moves = MOVES[Direction(direction)].format("the low back")
    if direction != Direction.NEUTRAL:
        more = (MOVES[Direction(word)].format("it") for word in also)
        same = "bends it " if moves.startswith("bends") else ""
        moves = " and ".join([moves, *(move.removeprefix(same) for move in more)])
    text = f"{what} that {moves}, {where}."
    return text[0].upper() + text[1:]

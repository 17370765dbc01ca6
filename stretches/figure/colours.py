"""The colours of figures: tones, what they are mixed from, and the style sheet that says so."""

# What a theme names (static/css/tokens.css: --figure-skin and so on).
NAMED = ("skin", "hair", "top", "legs", "target", "floor")
# Everything else is mixed from those and the paper, so that a theme need not name it: (a colour,
# per cent of it, the other colour). Far limbs fade towards the paper.
MIXED = {
    "skin-far": ("skin", 64, "paper"), "top-far": ("top", 62, "paper"),
    "legs-far": ("legs", 62, "paper"), "crease": ("legs", 70, "paper"),
    "mat": ("floor", 9, "paper"), "wall": ("floor", 12, "paper"),
    "cushion": ("floor", 22, "paper"), "wood": ("floor", 32, "paper"),
    "wood-far": ("floor", 46, "paper"), "ball": ("floor", 60, "paper"),
    "shine": ("floor", 45, "paper"), "strap": ("floor", 100, "paper"),
    "move": ("floor", 100, "paper"), "halo": ("paper", 100, "paper"),
}  # fmt: skip
TONES = (*NAMED, *MIXED)
STROKED = {"strap": 2.2, "crease": 1, "move": 1.7, "floor": 1.5}  # the widths of lines
ROUNDED = ("mat", "wall", "cushion", "wood", "wood-far")  # filled, with an outline that rounds them


def colour(tone: str) -> str:
    """The CSS custom property of a tone."""
    return "var(--paper)" if tone == "paper" else f"var(--figure-{tone})"


def paint(tone: str) -> str:
    """The attributes that paint a shape in a tone.

    They are SVG presentation attributes with custom properties, and no classes: a page's custom
    properties reach into a drawing that stands in another file (`<use href="cat-cow.svg#cat-cow">`),
    its rules do so in some browsers only.
    """
    if tone in STROKED:
        return f'stroke="{colour(tone)}" stroke-width="{STROKED[tone]}"'
    if tone == "target":
        halo = f'stroke="{colour("halo")}" stroke-width="3" paint-order="stroke"'
        return f'fill="{colour(tone)}" {halo}'
    rounded = f' stroke="{colour(tone)}" stroke-width="2"' if tone in ROUNDED else ""
    return f'fill="{colour(tone)}"{rounded}'


def stylesheet() -> str:
    """The colours that are mixed from a theme's: static/css/figures.css holds them, in a cascade layer.

    They are mixed on each figure, so that they follow the surface it stands on.
    """
    mixed = [
        f"--figure-{tone}: color-mix(in srgb, {colour(one)} {share}%, {colour(other)});"
        for tone, (one, share, other) in MIXED.items()
    ]
    lines = ["fill: none;", "stroke-linecap: round;", "stroke-linejoin: round;", *mixed]
    return "\n".join([".figure {", *(f"  {line}" for line in lines), "}"])

"""The colours of figures: tones, what they are mixed from, and the style sheet that says so."""

# The light palette. A page themes its figures by setting --figure-skin and so on
# (static/css/tokens.css does); these are the values where it does not.
LIGHT = {
    "paper": "#f4f2eb", "skin": "#b67d59", "hair": "#3b2a22", "top": "#6c9280",
    "legs": "#2a4a42", "target": "#d24a1b", "floor": "#1b2623",
}  # fmt: skip
# Everything else is mixed from those, so that a theme need not name it: (a colour, per cent
# of it, the other colour). Far limbs fade towards the paper. Each can be set by its own name.
MIXED = {
    "skin-far": ("skin", 64, "paper"), "top-far": ("top", 62, "paper"),
    "legs-far": ("legs", 62, "paper"), "crease": ("legs", 70, "paper"),
    "mat": ("floor", 9, "paper"), "wall": ("floor", 12, "paper"),
    "cushion": ("floor", 22, "paper"), "wood": ("floor", 32, "paper"),
    "wood-far": ("floor", 46, "paper"), "ball": ("floor", 60, "paper"),
    "shine": ("floor", 45, "paper"), "strap": ("floor", 100, "paper"),
    "move": ("floor", 100, "paper"), "halo": ("paper", 100, "paper"),
}  # fmt: skip
STROKED = {"strap": 2.2, "crease": 1, "move": 1.7, "floor": 1.5}  # the widths of lines
ROUNDED = ("mat", "wall", "cushion", "wood", "wood-far")  # filled, with an outline that rounds them


def colour(tone: str) -> str:
    """The CSS colour of a tone: its own custom property, or what it is mixed from."""
    name = tone if tone == "paper" else f"figure-{tone}"
    if tone in LIGHT:
        return f"var(--{name},{LIGHT[tone]})"
    one, share, other = MIXED[tone]
    mixed = colour(one) if share == 100 else f"color-mix(in srgb,{colour(one)} {share}%,{colour(other)})"
    return f"var(--{name},{mixed})"


def stylesheet() -> str:
    """The rules that colour figures: static/css/figures.css holds them, in a cascade layer."""
    rules = [".figure{fill:none;stroke-linecap:round;stroke-linejoin:round}"]
    for tone in [*LIGHT, *MIXED]:
        if tone in STROKED:
            rule = f"stroke:{colour(tone)};stroke-width:{STROKED[tone]}"
        elif tone in ROUNDED:
            rule = f"fill:{colour(tone)};stroke:{colour(tone)};stroke-width:2"
        elif tone == "target":
            rule = f"fill:{colour(tone)};stroke:{colour('halo')};stroke-width:3;paint-order:stroke"
        else:
            rule = f"fill:{colour(tone)}"
        if tone not in ("paper", "halo"):
            rules.append(f".figure .{tone}{{{rule}}}")
    return "\n".join(rules)

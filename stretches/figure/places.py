"""Where muscles are on the muscle map, and the parts of it that can be pressed.

Places are drawn where a person would point, not as anatomists draw them: what lies deep (psoas,
piriformis) has a place on the side it is felt from, and neighbours that nobody tells apart share one.

Measures: x is how far out from the middle of the body (a place is drawn on both sides), y the height
above the floor, in units of which a standing body is 137 tall, as in `skeleton`.
"""

from typing import NamedTuple

Spot = tuple[float, float, float]  # x, y, and the radius there


class Shape(NamedTuple):
    """Two spots: a capsule, the thicker end first. Three: a bow of one thickness over the middle one."""

    view: str  # "front" or "back"
    spots: tuple[Spot, ...]
    single: bool = False  # lies across the middle: not drawn on each side


def front(*spots: Spot, single: bool = False) -> Shape:
    return Shape("front", spots, single)


def back(*spots: Spot, single: bool = False) -> Shape:
    return Shape("back", spots, single)


# Every place, in the order of painting: small and deep ones come after what they lie in. The names are
# for the text alternative; the words of the muscles themselves are in data/vocabulary.toml.
PLACES = {
    "chest": [front((6.3, 103.2, 3.9), (10.2, 105.6, 2.6))],
    "shoulder": [front((14, 107.2, 3), (15.6, 101.5, 2)), back((14, 107.2, 3), (15.6, 101.5, 2))],
    "side of the ribs": [front((11.6, 98.8, 1.5), (11.3, 95.5, 1.5), (10.5, 91.6, 1.5))],
    "between the ribs": [front((4.2, y - 1, 0.9), (6.4, y - 0.2, 0.9), (8.6, y, 0.9)) for y in (97.6, 94.5, 91.4)],
    "front of the belly": [front((2.3, 87, 1.9), (2.3, 80, 1.9), (2.3, 72.5, 1.9))],
    "under the ribs": [front((-7.6, 87.4, 1.4), (0, 91.4, 1.4), (7.6, 87.4, 1.4), single=True)],
    "waist": [front((8.5, 86, 1.9), (8.6, 82, 1.9), (10.3, 77, 1.9))],
    "front of the hip": [front((9.8, 73, 2.2), (9.1, 66, 1.4))],
    "deep in the front of the hip": [front((6, 79.6, 1.5), (5.6, 72, 1.5), (6.4, 64.4, 1.5))],
    "deep in the belly": [front((-9, 78.2, 1.5), (0, 76.4, 1.5), (9, 78.2, 1.5), single=True)],
    "outer front of the hip": [front((12.4, 70.5, 1.4), (13, 66.5, 1.4), (13.2, 61.5, 1.4))],
    "inner thigh": [front((3.7, 56.4, 2.2), (5.2, 44.8, 1.5)), back((3.3, 51.5, 1.2), (4.2, 49, 1.2), (5, 44, 1.2))],
    "front of the thigh": [front((8.4, 57, 2.5), (9.8, 43, 1.9))],
    "outer front of the thigh": [front((12.6, 56, 1.4), (13.4, 49, 1.4), (13, 41.5, 1.4))],
    "front of the thigh, above the knee": [front((7, 41.2, 1.8), (6.6, 46, 1.2))],
    "across the front of the thigh": [front((11.6, 67.4, 1), (7.6, 55, 1), (5.4, 40, 1))],
    "groin": [front((2.4, 63.6, 1.4), (4.4, 61.8, 1.4), (6, 59.4, 1.4))],
    "upper back and neck": [back((2.3, 118.5, 2.1), (3.8, 112.4, 2.1), (10, 109.8, 2.1))],
    "between the shoulder blades": [back((3, 105, 2.4), (3, 99.4, 2.1))],
    "back of the armpit": [back((10.6, 102.8, 1.9), (8.2, 100, 1.5))],
    "broad of the back": [back((9.3, 95.4, 2.6), (7.4, 87.6, 1.8))],
    "beside the spine": [back((2.7, 94.6, 2), (2.7, 90, 2), (2.7, 86.5, 2))],
    "lower back": [back((3.1, 80.8, 2.7), (3.1, 76.5, 2.7), (3.1, 72.2, 2.7))],
    "side of the lower back": [back((8.4, 82, 1.9), (8.2, 79, 1.9), (8.4, 75.8, 1.9))],
    "side of the hip": [back((7.2, 72.2, 1.8), (11, 71.8, 1.8), (12, 66.6, 1.8))],
    "buttock": [back((6, 62.8, 5), (5.8, 64.6, 4.8))],
    "deep in the buttock": [back((2.4, 67, 1.6), (6, 66, 1.6), (10.6, 64.6, 1.6))],
    "deep in the hip": [back((3, 60.6, 1.4), (6.4, 60.6, 1.4), (10.2, 62, 1.4))],
    "inner back of the thigh": [back((5.9, 53.4, 2.3), (8.2, 39.8, 1.7))],
    "outer back of the thigh": [back((11.1, 53.4, 2.3), (12.4, 39.8, 1.6))],
    "calf": [back((10.4, 27.2, 3.8), (11, 19, 2.5))],
    "lower calf": [back((11.4, 13.2, 1.9), (11.6, 9, 1.4))],
    "back of the upper arm": [back((16.4, 97.4, 2), (18.2, 90.8, 1.6))],
}  # fmt: skip

# Which places a muscle (by its key in data/vocabulary.toml) is shown at.
MUSCLES = {
    "erector-spinae": ("beside the spine", "lower back"),
    "multifidus": ("lower back",),
    "quadratus-lumborum": ("side of the lower back",),
    "latissimus-dorsi": ("broad of the back",),
    "trapezius": ("upper back and neck", "between the shoulder blades"),
    "rhomboid-major": ("between the shoulder blades",),
    "rectus-abdominis": ("front of the belly",),
    "transversus-abdominis": ("deep in the belly",),
    "external-oblique": ("waist",),
    "internal-oblique": ("waist",),
    "diaphragm": ("under the ribs",),
    "psoas-major": ("deep in the front of the hip",),
    "iliacus": ("front of the hip",),
    "rectus-femoris": ("front of the thigh",),
    "sartorius": ("across the front of the thigh",),
    "tensor-fasciae-latae": ("outer front of the hip",),
    "gluteus-maximus": ("buttock",),
    "gluteus-medius": ("side of the hip",),
    "gluteus-minimus": ("side of the hip",),
    "piriformis": ("deep in the buttock",),
    "obturator-internus": ("deep in the hip",),
    "biceps-femoris": ("outer back of the thigh",),
    "semitendinosus": ("inner back of the thigh",),
    "semimembranosus": ("inner back of the thigh",),
    "adductor-magnus": ("inner thigh",),
    "adductor-longus": ("inner thigh",),
    "adductor-brevis": ("inner thigh",),
    "gracilis": ("inner thigh",),
    "pectineus": ("groin",),
    "vastus-lateralis": ("outer front of the thigh",),
    "vastus-medialis": ("front of the thigh, above the knee",),
    "gastrocnemius": ("calf",),
    "soleus": ("lower calf",),
    "pectoralis-major": ("chest",),
    "deltoid": ("shoulder",),
    "teres-major": ("back of the armpit",),
    "serratus-anterior": ("side of the ribs",),
    "triceps-brachii": ("back of the upper arm",),
    "intercostals": ("between the ribs",),
}

# The parts of a body that lead into the catalogue: large enough to press, and clear of each other. Those
# that are thin to see have a second, larger shape to press.
AREAS = {
    "lower-back": [back((2.4, 80.6, 4.2), (2.4, 75.6, 4.2))],
    "side-of-back": [back((9.6, 95.4, 2.1), (8.9, 85.5, 2.1), (10, 76.4, 2.1))],
    "upper-back": [back((5.4, 105, 4.8), (2.8, 92.6, 4.2))],
    "belly": [front((4.4, 86, 5), (5.6, 79.4, 5))],
    "buttocks": [back((6.4, 63.4, 5.4), (6, 65.2, 5))],
    "front-of-hip": [front((8.8, 68.8, 4.2), (8, 65.6, 4.2))],
    "front-of-thigh": [front((9.2, 53.6, 4.3), (10, 43, 4.2))],
    "back-of-thigh": [back((8.5, 51, 4.4), (10, 41.6, 4.2))],
    "inner-thigh": [front((3, 56, 1.8), (4.6, 46, 1.5))],
    "calf": [back((10.4, 27, 4.3), (11, 18, 3.2))],
    "chest-and-shoulder": [front((6.6, 102.8, 4.4), (12.2, 105.8, 3.6))],
}
REACH = {
    "inner-thigh": [front((0, 57, 4.5), (0, 46, 4.5), single=True)],
    "side-of-back": [back((11.6, 95, 4.2), (11.2, 85.5, 4.2), (12.2, 76.4, 4.2))],
}

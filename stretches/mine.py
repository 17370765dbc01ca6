"""What one person chose about stretches: favourites, what they set aside, directions they leave out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.models import User
from stretches.facets import Facets, FacetsOfPerson
from stretches.models import Mark, Stretch
from stretches.words import Direction


@dataclass(frozen=True)
class Mine:
    """favourites: primary keys. aside: the reason, or "", by primary key. leave_out: directions of the spine."""

    favourites: frozenset[int] = frozenset()
    aside: dict[int, str] = field(default_factory=dict)
    leave_out: Sequence[str] = ()

    @classmethod
    def of(cls, user: object) -> "Mine":
        """One query; none for somebody who isn't signed in."""
        if not isinstance(user, User):
            return cls()
        marks = list(Mark.objects.of(user))
        return cls(
            frozenset(mark.stretch_id for mark in marks if mark.is_favourite),
            {mark.stretch_id: mark.reason for mark in marks if mark.set_aside_at},
            [word for word in Direction.values if word in user.leave_out],
        )

    def left_out(self, stretch: Stretch) -> list[str]:
        """The directions of a stretch that the person leaves out, in words: ["bending forward"]."""
        return [Direction(word).label.lower() for word in stretch.directions if word in self.leave_out]

    def objection(self, stretch: Stretch) -> str:
        """Why this person would not do a stretch, in their own terms; "" if they said nothing against it."""
        if stretch.pk in self.aside:
            reason = self.aside[stretch.pk]
            return f"You set it aside: {reason}" if reason else "You set it aside"
        left_out = self.left_out(stretch)
        return f"{' and '.join(left_out).capitalize()}, which you leave out" if left_out else ""


def facets_of(user: object, mine: Mine) -> Facets:
    """The catalogue as this person sees it."""
    shared = Stretch.objects.facets()
    own = list(Stretch.objects.of(user).cards()) if isinstance(user, User) else []
    if not (own or mine.favourites or mine.aside or mine.leave_out):
        return shared
    yours = {"favourite": mine.favourites, "aside": mine.aside}
    return FacetsOfPerson(shared, own, yours, mine.leave_out)

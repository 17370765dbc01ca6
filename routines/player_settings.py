"""What a person sets for the player: its defaults, the form, and keeping it.

`User.player` holds what differs from the defaults, so that a better default reaches everyone who left it alone.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction

from accounts.models import User
from stretches.dose import READY_SECONDS, SWITCH_SECONDS
from stretches.forms import whole

DEFAULTS: Mapping[str, bool | int | str] = {
    "sound": True,
    "sounds": "tones",
    "volume": 70,
    "voice": False,
    "vibration": True,
    "awake": True,
    "ready_seconds": READY_SECONDS,
    "switch_seconds": SWITCH_SECONDS,
    "rest_percent": 100,
    "wait": False,
    "keys": True,
}
"""Voice is off until it is asked for: it says aloud, in any room, that somebody's back is sore."""

RANGES = {
    "volume": (0, 100),
    "ready_seconds": (0, 60),
    "switch_seconds": (0, 60),
    "rest_percent": (0, 300),
}
"""Lowest and highest, both allowed."""

SOUNDS = [("tones", "Tones"), ("soft", "Soft"), ("wood", "Wood")]
YES, NO = ("on", "true", "1"), ("off", "false", "0")


def settings_of(user: object) -> dict[str, Any]:
    """All settings of a person, the defaults where they chose nothing. A newcomer has the defaults.

    What the form would refuse is left out, wherever it came from.
    """
    chosen = user.player if isinstance(user, User) else {}
    if not chosen:
        return dict(DEFAULTS)
    return {**DEFAULTS, **{key: value for key, value in chosen.items() if is_right(key, value)}}


def is_right(key: str, value: Any) -> bool:
    if key in RANGES:
        low, high = RANGES[key]
        return type(value) is int and low <= value <= high
    if key == "sounds":
        return isinstance(value, str) and value in dict(SOUNDS)
    return key in DEFAULTS and isinstance(value, bool)


@transaction.atomic
def keep(person: User, chosen: Mapping[str, Any]) -> None:
    """Remember these settings, and leave the others as they are."""
    now = User.objects.select_for_update().get(pk=person.pk)  # the page and the player may both send some
    wanted = {**settings_of(now), **chosen}
    person.player = {key: value for key, value in wanted.items() if value != DEFAULTS[key]}
    person.save(update_fields=["player"])


class OnOffField(forms.Field):
    """On or off, always said: a box that is not ticked sends nothing, so its form sends "off" before it."""

    def __init__(self, label: str, help_text: str = "") -> None:
        sentence = f"{label}: on or off."
        messages = {"invalid": sentence}
        super().__init__(label=label, help_text=help_text, required=False, error_messages=messages)

    def prepare_value(self, value: Any) -> bool:
        """Whether its box is ticked."""
        return value is True or value in YES

    def to_python(self, value: Any) -> bool:
        if value not in (True, False, *YES, *NO):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return self.prepare_value(value)


def _whole(name: str, label: str, unit: str, help_text: str = "") -> forms.IntegerField:
    low, high = RANGES[name]
    field = whole(low, high, f"{label}: a whole number from {low} to {high}{unit}.", 0)
    field.label, field.help_text, field.initial = label, help_text, None
    return field


class PlayerForm(forms.Form):
    """Settings of the player. What was not sent stays as it is: the player itself sends one at a time."""

    sound = OnOffField("Sounds")
    sounds = forms.ChoiceField(
        label="Which sounds",
        choices=SOUNDS,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Which sounds: tones, soft or wood."),
    )
    volume = _whole("volume", "Volume", "", "From 0 to 100. Your device has the last word.")
    vibration = OnOffField("Vibration", "Where the device can: an iPhone cannot.")
    voice = OnOffField(
        "Say each step aloud", "The voice of your device reads the name, the side and the change of sides."
    )
    ready_seconds = _whole(
        "ready_seconds", "Get ready", " seconds", "Seconds before each stretch. 0 leaves it out."
    )
    switch_seconds = _whole(
        "switch_seconds", "Change of sides", " seconds", "Seconds to turn over. 0 leaves it out."
    )
    rest_percent = _whole(
        "rest_percent",
        "Rests",
        " percent",
        "In percent of what each stretch says: 100 is as it says, 200 twice.",
    )
    wait = OnOffField("Wait for me between stretches", "The next one starts when you say so.")
    awake = OnOffField("Keep the screen on", "While the clock runs.")
    keys = OnOffField("Keyboard shortcuts", "Space or K pauses, the arrows go back and on.")

    def __init__(self, chosen: Mapping[str, Any], sent: Mapping[str, str] | None = None) -> None:
        """chosen: all settings as they are. sent: what a form says anew; None for the form as it is first seen."""
        super().__init__(None if sent is None else {**chosen, **sent}, initial=dict(chosen))
        self.sent = sent or {}

    @property
    def changes(self) -> dict[str, Any]:
        """What was sent, once it is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.sent}

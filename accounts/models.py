"""People: with an account (an e-mail address and a password) or as a guest of this one browser."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

GUEST_DAYS = 90
"""So long after its last use a guest is kept; their cookie lives as long."""

SAFETY_DAYS = 90
"""So long after it was seen the safety check is asked again."""


def today() -> date:
    """The day it is in UTC."""
    return timezone.now().date()


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("That is not the name of a time zone.", code="time-zone")


def known_time_zone(name: str) -> str:
    """The name itself, or UTC for a name that is none: a guess, which the person may correct."""
    return name if name in available_timezones() else "UTC"


class Theme(models.TextChoices):
    AUTO = "auto", "Like this device"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class UserManager(BaseUserManager["User"]):
    def unused_guests(self, on: date) -> "models.QuerySet[User]":
        """Guests whom nobody has been for 90 days: the cookie that led to them is gone too."""
        return self.filter(is_guest=True, last_seen_on__lt=on - timedelta(days=GUEST_DAYS))

    def create_guest(self, time_zone: str = "UTC") -> "User":
        """A person without an account. An unknown zone counts as UTC: nobody is turned away for it."""
        guest = self.model(email=None, is_guest=True)
        guest.time_zone = known_time_zone(time_zone)
        guest.set_unusable_password()
        guest.save(using=self._db)
        return guest

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. A guest is the same row before it has an address: signing up only fills it in."""

    email = models.EmailField("email", unique=True, null=True, blank=True)
    name = models.CharField("what we call you", max_length=80, blank=True)
    is_guest = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    leave_out = models.JSONField(default=list, blank=True)  # directions of the spine: ["flexion"]
    player = models.JSONField(default=dict, blank=True)  # settings: see routines.player_settings
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    week_goal = models.PositiveSmallIntegerField(  # days a week
        "days a week", default=3, validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    safety_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_seen_on = models.DateField(default=today, editable=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(is_guest=True, email=None) | models.Q(is_guest=False, email__isnull=False),
                name="accounts_user_guest_or_email",
            ),
            models.CheckConstraint(
                condition=models.Q(week_goal__range=(1, 7), theme__in=Theme.values),
                name="accounts_user_preferences",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or "Guest"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def seen(self, on: date) -> bool:
        """Note that they were here; written at most once a day. Says whether it was."""
        if self.last_seen_on >= on:
            return False
        self.last_seen_on = on
        return bool(type(self).objects.filter(pk=self.pk, last_seen_on__lt=on).update(last_seen_on=on))

    def safety_is_due(self, at: datetime) -> bool:
        """Whether the warning signs come before the next session."""
        return self.safety_seen_at is None or at - self.safety_seen_at > timedelta(days=SAFETY_DAYS)

    def saw_safety(self, at: datetime) -> None:
        """They have read the warning signs and go on. What they answered is kept nowhere."""
        self.safety_seen_at = at
        self.save(update_fields=["safety_seen_at"])

    def ask_safety_again(self, since: datetime) -> None:
        """Something happened at `since` that makes the warning signs worth another look."""
        type(self).objects.filter(pk=self.pk, safety_seen_at__lte=since).update(safety_seen_at=None)

    def become_account(self, email: str, name: str = "") -> None:
        """Turn a guest into the account of this address. Does not save: the sign-up form does."""
        self.email, self.is_guest = email, False
        self.name = name or self.name

    @transaction.atomic
    def hand_over(self, to: "User") -> None:
        """Give everything this guest has to an account, and be gone.

        Every row that points at a person moves, so an app added later needs nothing here. Where the account
        has the same already (a mark on the same stretch), its own stands.
        """
        for relation in self._meta.related_objects:
            if relation.one_to_many and relation.related_model is not None:
                rows = relation.related_model._default_manager.filter(**{relation.field.name: self})
                try:
                    with transaction.atomic():
                        rows.update(**{relation.field.name: to})
                except IntegrityError:
                    self._hand_over_one_by_one(rows, relation.field.name, to)
        to.leave_out = sorted({*to.leave_out, *self.leave_out})
        to.player = {**self.player, **to.player}
        to.safety_seen_at = max(filter(None, (to.safety_seen_at, self.safety_seen_at)), default=None)
        to.save(update_fields=["leave_out", "player", "safety_seen_at"])
        self.delete()

    def _hand_over_one_by_one(self, rows: models.QuerySet, field: str, to: "User") -> None:
        for pk in list(rows.values_list("pk", flat=True)):
            with suppress(IntegrityError), transaction.atomic():
                rows.filter(pk=pk).update(**{field: to})

    @transaction.atomic
    def erase(self) -> None:
        """Delete the person and every row that is theirs.

        Some rows hold on to others (a hold to its stretch), so those that nobody holds on to go first. Raises
        ProtectedError, with nothing deleted, where a row of somebody else's holds on to one of theirs.
        """
        waiting = [
            relation.related_model._default_manager.filter(**{relation.field.name: self})
            for relation in self._meta.related_objects
            if not isinstance(relation.related_model, str)
        ]
        while waiting:
            held = [rows for rows in waiting if not _deleted(rows)]
            if len(held) == len(waiting):
                held[0].delete()
            waiting = held
        self.delete()


def _deleted(rows: models.QuerySet) -> bool:
    with suppress(ProtectedError), transaction.atomic():
        rows.delete()
        return True
    return False

"""How often somebody may make Limber send a mail by hand, counted in the cache that all workers share."""

from django.core.cache import cache

HOUR = 60 * 60


def is_asked_too_often(key: str, most: int) -> bool:
    """Count one more, and say whether that is above `most` within an hour."""
    name = f"reminders:{key}"
    cache.add(name, 0, HOUR)
    try:
        return bool(cache.incr(name) > most)
    except ValueError:  # it ran out in between
        return False

class Refusal(Exception):  # noqa: N818
    """Why Limber does not do what it was told: one sentence for the person at the terminal."""

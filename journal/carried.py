"""A file between two pages: the form that confirms it carries it, so that the server keeps nothing. Pure."""

import binascii
from base64 import b64decode, b64encode
from bz2 import BZ2Decompressor, compress
from hashlib import sha256

LARGEST_BYTES = 20 * 1024 * 1024
"""Ten years of two sessions a day are 13 MB."""

LONGEST = 2_300_000
"""Characters a form carries: Django refuses forms of more than 2.5 MB. Ten years are 2.1 million."""


def packed(text: str) -> str:
    """The text as a form can carry it; "" where it would be too long for that."""
    carried = b64encode(compress(text.encode("utf-8", "replace"))).decode()
    return carried if len(carried) <= LONGEST else ""


def unpacked(carried: str) -> str | None:
    """The text; None for what `packed` has not written. Never more than a file may have, whatever was packed."""
    try:
        unpacking = BZ2Decompressor()
        text = unpacking.decompress(b64decode(carried, validate=True), LARGEST_BYTES)
        return text.decode() if unpacking.eof else None
    except (binascii.Error, OSError, ValueError, EOFError):
        return None


def mark(text: str) -> str:
    """Tells whether a file is the one that was looked at."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()

"""Notifications on a device: Web Push (RFC 8030), encrypted (RFC 8291), signed by this server (RFC 8292)."""

import base64
import http.client
import json
import logging
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from reminders.models import PushSubscription
from reminders.outgoing import ForbiddenAddressError, post

log = logging.getLogger("limber.reminders")

TTL = 60 * 60
"""Seconds that the push service keeps it for a device that is off. Later it is no reminder any more."""

SIGNED_FOR = timedelta(hours=12)
GONE = (404, 410)
JWT: Mapping[str, object] = {"typ": "JWT", "alg": "ES256"}


class Keys:
    """The pair of keys by which push services know this server."""

    def __init__(self, pem: bytes) -> None:
        private = serialization.load_pem_private_key(pem, password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise TypeError("no key on an elliptic curve")
        self.private = private

    @classmethod
    def load(cls) -> "Keys | None":
        """Those of this Limber; None where none were made."""
        return cls(settings.PUSH_KEY.read_bytes()) if settings.PUSH_KEY.exists() else None

    @staticmethod
    def new_pem() -> bytes:
        return ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def public(self) -> str:
        """As a browser wants it: the uncompressed point, base64url."""
        return encoded(_point(self.private.public_key()))

    def authorization(self, endpoint: str, now: datetime) -> str:
        """What a push service asks for: that the same server sends that the browser subscribed to."""
        parts = urlsplit(endpoint)
        claims: dict[str, object] = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((now + SIGNED_FOR).timestamp()),
            "sub": settings.SITE,
        }
        signed = ".".join(_json(part) for part in (JWT, claims))
        r, s = decode_dss_signature(self.private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return f"vapid t={signed}.{signature}, k={self.public}"


def push(to: PushSubscription, keys: Keys, payload: dict[str, str], now: datetime) -> bool:
    """Send one; whether the push service took it. A subscription that is over is removed."""
    body = http_ece.encrypt(
        json.dumps(payload).encode(),
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=decoded(to.p256dh),
        auth_secret=decoded(to.auth),
        version="aes128gcm",
    )
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL),
        "Urgency": "normal",
        "Authorization": keys.authorization(to.endpoint, now),
    }
    try:
        status = post(to.endpoint, headers, body, allow_loopback=settings.PUSH_TO_LOOPBACK)
    except ForbiddenAddressError:
        to.delete()
        return False
    except (OSError, http.client.HTTPException) as error:
        log.warning("a push service cannot be reached: %s", type(error).__name__)
        return False
    if status in GONE:
        to.delete()
    elif status >= 300:
        log.warning("a push service refused a notification: %d", status)
    return 200 <= status < 300


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Raises ValueError for what is no base64url."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def is_point(raw: bytes) -> bool:
    """Whether it is a public key: a point on the curve."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return len(raw) == 65


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _json(value: Mapping[str, object]) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())

"""Reminders on a device, against a push service on this machine that decrypts what it gets."""

import base64
import json
import os
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import http_ece
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.core.management import CommandError, call_command
from django.utils import timezone

from reminders.models import MOST_DEVICES, Notice, PushSubscription
from reminders.outgoing import ForbiddenAddressError, checked, post, resolved
from reminders.push import Keys, decoded, encoded
from reminders.sending import push_due
from tests.factories import make_session
from tests.reminders.conftest import make_reminder

MONDAY = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
DEVICES = "/accounts/reminders/devices/"


class Device:
    """A browser: its keys, and what arrived at its push service."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.heard: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.status = 201
        self.endpoint = ""

    @property
    def said(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"endpoint": self.endpoint, "p256dh": encoded(point), "auth": encoded(self.auth)}

    def hear(self, headers: dict[str, str], body: bytes) -> int:
        clear = http_ece.decrypt(
            body, private_key=self.private, auth_secret=self.auth, version=headers["Content-Encoding"]
        )
        self.headers.append(headers)
        self.heard.append(json.loads(clear))
        return self.status


@pytest.fixture
def device(settings, tmp_path, db) -> Iterator[Device]:
    found = Device()

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(found.hear(dict(self.headers), body))
            self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PUSH_TO_LOOPBACK, settings.PUSH_KEY = True, tmp_path / "push_key.pem"
    settings.SITE = "https://limber.example.org"
    found.endpoint = f"http://127.0.0.1:{server.server_port}/device/1"
    call_command("make_push_keys", stdout=StringIO())
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def keys(device) -> Keys:
    return Keys.load()


@pytest.fixture(autouse=True)
def on_a_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def subscribed(client_of, ana, device) -> PushSubscription:
    make_reminder(ana)
    answer = client_of(ana).post(DEVICES, device.said, headers={"User-Agent": "… Android … Chrome/140"})
    assert answer.status_code == 302
    return ana.push_subscriptions.get()


def test_a_reminder_arrives_once_signed_and_readable_by_the_device_alone(device, keys, subscribed):
    assert dict(push_due(MONDAY, keys)) == {"sent": 1}
    assert dict(push_due(MONDAY + timedelta(minutes=5), keys)) == {}
    assert device.heard == [{"title": "Limber", "body": "Every day, 18:30", "url": "/"}]
    (headers,) = device.headers
    token, key = headers["Authorization"].removeprefix("vapid t=").split(", k=")
    signed, _, signature = token.rpartition(".")
    claims = json.loads(base64.urlsafe_b64decode(signed.split(".")[1] + "=="))
    assert claims["aud"] == device.endpoint.removesuffix("/device/1")
    assert MONDAY.timestamp() < claims["exp"] <= MONDAY.timestamp() + 24 * 3600
    assert claims["sub"] == "https://limber.example.org"
    assert key == keys.public
    raw = decoded(signature)
    both = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    public.verify(both, signed.encode(), ec.ECDSA(hashes.SHA256()))
    assert headers["TTL"] == "3600"


def test_what_is_done_already_is_not_pushed(device, keys, subscribed, ana, catalogue):
    make_session(ana, started_at=MONDAY - timedelta(hours=3))
    assert dict(push_due(MONDAY, keys)) == {"not-needed": 1}
    assert device.heard == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_over_is_removed(device, keys, subscribed, status):
    device.status = status
    push_due(MONDAY, keys)
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("status", [301, 307, 429, 500])
def test_any_other_answer_keeps_it_and_no_redirect_is_followed(device, keys, subscribed, status):
    device.status = status
    assert dict(push_due(MONDAY, keys)) == {"failed": 1}
    assert len(device.heard) == 1
    assert PushSubscription.objects.exists()


def test_a_device_is_named_on_the_page_and_taken_out_by_its_owner_alone(client_of, ana, ben, subscribed):
    assert "Chrome on Android" in client_of(ana).get("/accounts/reminders/").text
    assert client_of(ben).post(f"{DEVICES}{subscribed.pk}/remove/").status_code == 404
    client_of(ana).post(f"{DEVICES}{subscribed.pk}/remove/")
    assert not PushSubscription.objects.exists()


def test_the_same_browser_twice_is_one_device_and_belongs_to_whoever_asked_last(
    client_of, ana, ben, device, subscribed
):
    client_of(ben).post(DEVICES, device.said)
    assert PushSubscription.objects.get().user == ben


def test_eight_devices_are_the_most_and_the_oldest_goes(client_of, ana, device, subscribed):
    client, first = client_of(ana), device.endpoint
    for number in range(MOST_DEVICES):
        client.post(DEVICES, {**device.said, "endpoint": f"{first}{number}"})
    assert ana.push_subscriptions.count() == MOST_DEVICES
    assert not PushSubscription.objects.filter(endpoint=first).exists()


def test_without_keys_nothing_is_offered_or_taken(client_of, ana, device, settings, tmp_path):
    settings.PUSH_KEY = tmp_path / "none.pem"
    assert 'id="push"' not in client_of(ana).get("/accounts/reminders/").text
    assert client_of(ana).post(DEVICES, device.said).status_code == 422


def test_keys_are_made_once_and_for_this_user_alone(device, settings):
    before = settings.PUSH_KEY.read_bytes()
    assert stat.S_IMODE(settings.PUSH_KEY.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="There is a key already"):
        call_command("make_push_keys")
    assert settings.PUSH_KEY.read_bytes() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": ""},
        {"endpoint": "http://push.example.org/1"},
        {"endpoint": "https://push.example.org:8443/1"},
        {"endpoint": "https://user@push.example.org/1"},
        {"endpoint": "https://push.example.org/\r\nX: 1"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": "https://[::1/"},
        {"endpoint": "https://push.example.org/" + "x" * 700},
        {"p256dh": "AAAA"},
        {"p256dh": encoded(b"\x04" + b"\x01" * 64)},
        {"auth": "é"},
        {"auth": encoded(b"short")},
    ],
)
def test_what_is_no_subscription_is_refused(client_of, ana, device, wrong):
    assert client_of(ana).post(DEVICES, {**device.said, **wrong}).status_code == 422
    assert not PushSubscription.objects.exists()


# Not into the network of the server ---------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.3.4",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "2130706433",
        "0x7f.1",
        "127.1",
    ],
)
def test_only_public_addresses_are_posted_to(host):
    with pytest.raises((ForbiddenAddressError, OSError)):
        resolved(host, 443)
    name = f"[{host}]" if ":" in host else host
    with pytest.raises((ForbiddenAddressError, OSError)):
        post(f"https://{name}/", {}, b"")


def test_a_public_address_passes():
    """The control: the rule above is not that everything is refused."""
    assert resolved("8.8.8.8", 443) == "8.8.8.8"
    assert checked("https://push.example.org/1?x=2").hostname == "push.example.org"


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    answers = [(2, 1, 6, "", (address, 443)) for address in ("8.8.8.8", "10.0.0.7")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: answers)
    with pytest.raises(ForbiddenAddressError):
        resolved("push.example.org", 443)


def test_an_endpoint_inside_is_removed_when_loopback_is_not_allowed(device, keys, subscribed, settings):
    settings.PUSH_TO_LOOPBACK = False
    assert dict(push_due(MONDAY, keys)) == {"failed": 1}
    assert device.heard == []
    assert not PushSubscription.objects.exists()
    assert Notice.objects.get().due_at <= timezone.now()

"""Hostile input: what a broken program, or somebody who wants to break this one, sends to a form."""

import json
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import quote_from_bytes, urljoin

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
BOUNDARY = "limit"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"

NASTY = (
    *(
        "",
        " ",
        "\t\r\n",
        "\x00",
        "a\x00b",
        "\x1b[2J",
        "\u202eevil\u202c",
        "\u2066\u2069",
        "\ufeff",
        "\u0301" * 50,
    ),
    *(
        "-1",
        "0",
        "-0",
        "1e308",
        "1e-9",
        "NaN",
        "Infinity",
        "-Infinity",
        "0x10",
        "1_000",
        "٣",
        "²",
        "½",
        "+5",
        "5.0",
    ),
    *("9" * 19, "9" * 25, "-" + "9" * 25, "9" * 5000, "2147483648", "9223372036854775808"),
    *("true", "null", "[]", "{}", "undefined", "on", "None", "()", "[[[", '{"a":'),
    *(
        "0000-00-00",
        "9999-12-31",
        "2026-02-30",
        "24:61",
        "00:00",
        "99:99:99",
        "2026-01-01T00:00",
        "1970-01-01",
    ),
    *(
        "<script>alert(1)</script>",
        "{{ 7|add:7 }}",
        "{% debug %}",
        "' OR 1=1 --",
        '"><img src=x>',
        "=1+1",
        "@SUM(1)",
    ),
    *(
        "../../../etc/passwd",
        "//elsewhere.example/",
        "javascript:alert(1)",
        "https://elsewhere.example/",
        "\\\\x",
    ),
    *("a@b", "a@b.example\r\nBcc: x@y.example", "%s%n%p", "%00", "😀" * 300, "\U0010ffff", "x" * 3000),
    *("admin", "id", "owner", "__class__", "cat-cow", "no-such-stretch", "flexion", "before", "each"),
)
BROKEN = (b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"%", b"%zz", b"\xf5\x80\x80\x80", b"\x80" * 100)
HUGE = ("y" * 100_000, "7" * 100_000, "ö" * 50_000)

Pairs = list[tuple[str, str]]


@dataclass
class Form:
    """A form as a page shows it, with what a browser would send untouched; the method is GET or POST."""

    address: str
    method: str
    pairs: Pairs = field(default_factory=list)

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """The same for two forms that ask for the same things."""
        return self.method, tuple(sorted({name for name, _ in self.pairs}))


class Forms(HTMLParser):
    """Every form of a page, also fields and buttons that name their form from elsewhere."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address, self.found, self.named = address, [], {}
        self.options: tuple[str, list[str]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = have.get("method", "get").upper()
            self.found.append(Form(urljoin(self.address, have.get("action", "")), method))
            self.named[have.get("id", "")] = self.found[-1]
        form = self.named.get(have["form"]) if "form" in have else (self.found[-1] if self.found else None)
        if form and have.get("name") and tag in ("input", "button", "textarea", "select"):
            form.pairs.append((have["name"], have.get("value", "")))
        if tag in ("button", "a", "input") and "hx-post" in have:
            self.found.append(Form(urljoin(self.address, have["hx-post"]), "POST"))


@dataclass(frozen=True)
class Request:
    method: str
    address: str
    body: bytes = b""
    content_type: str = FORM


class Hostile:
    """A stream of hostile requests; the same seed gives the same stream."""

    def __init__(self, seed: int, forms: list[Form], foreign: list[str]) -> None:
        self.forms, self.foreign = forms, foreign
        self.random = Random(seed)  # noqa: S311  the same every time, on purpose

    def requests(self, count: int) -> Iterator[Request]:
        """Most of them change something; a page that is asked for with a strange query comes in between."""
        asking = [form for form in self.forms if form.method == "GET"]
        changing = [form for form in self.forms if form.method == "POST"]
        for number in range(count):
            among, turn = (asking, number // 30) if number % 30 == 0 else (changing, number)
            yield self.request(among[turn % len(among)])

    def request(self, form: Form) -> Request:
        choose = self.random.random()
        if choose < 0.01:
            return Request("POST", form.address, self.document(), JSON)
        if choose < 0.02:
            return Request("POST", form.address, self.multipart(form.pairs), MULTIPART)
        if choose < 0.025:
            kind = self.random.choice(
                ["text/plain", "multipart/form-data", "application/xml; charset=x", "", "a/b"]
            )
            return Request("POST", form.address, self.urlencoded(self.mutated(form.pairs)), kind)
        if choose < 0.026:
            return Request("POST", form.address, b"name=" + b"z" * 10_000_000)
        if choose < 0.028:
            return Request("POST", form.address, b"&".join(b"f%d=1" % n for n in range(3000)))
        body = self.urlencoded(self.mutated(form.pairs))
        if form.method == "GET" or choose > 0.99:
            return Request("GET", f"{form.address.partition('?')[0]}?{body.decode('ascii', 'replace')}")
        return Request("POST", form.address, body)

    def mutated(self, pairs: Pairs) -> list[tuple[str, str | bytes]]:
        """The pairs of a form with one or more of them spoilt, left out, doubled, or others put in."""
        sent: list[tuple[str, str | bytes]] = list(pairs)
        for _ in range(self.random.choice((1, 1, 1, 2, 3, 8))):
            spot = self.random.randrange(len(sent)) if sent else 0
            match self.random.randrange(8):
                case 0 if sent:
                    del sent[spot]
                case 1 if sent:
                    sent.append((sent[spot][0], self.value()))
                case 2:
                    sent.append((self.name(), self.value()))
                case _ if sent:
                    sent[spot] = (sent[spot][0], self.value())
        return sent

    def value(self) -> str | bytes:
        match self.random.randrange(40):
            case 0:
                return self.random.choice(BROKEN)
            case 1 if self.random.random() < 0.2:
                return self.random.choice(HUGE)
            case 2 | 3 | 4:
                return self.random.choice(self.foreign)
            case 5 | 6 | 7 | 8:
                alphabet = string.printable + "\x00äß€\u202e😀"
                return "".join(self.random.choices(alphabet, k=self.random.randrange(40)))
            case 9 | 10 | 11:
                return str(self.random.randrange(-(10**6), 10**6))
        return self.random.choice(NASTY)

    def name(self) -> str:
        known = (
            "owner",
            "owner_id",
            "user",
            "id",
            "pk",
            "is_staff",
            "next",
            "email",
            "password",
            "csrfmiddlewaretoken",
        )
        return self.random.choice((*known, *NASTY[:40]))

    def urlencoded(self, pairs: list[tuple[str, str | bytes]]) -> bytes:
        def quoted(text: str | bytes) -> str:
            return quote_from_bytes(
                text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            )

        return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs).encode("ascii")

    def multipart(self, pairs: Pairs) -> bytes:
        parts = [
            b'--%b\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
            % (
                BOUNDARY.encode(),
                name.encode("utf-8", "replace"),
                self.random.choice((b"", b'; filename="a.json"', b'; filename="../\x00.csv"')),
                value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass"),
            )
            for name, value in self.mutated(pairs)
        ]
        return b"".join(parts) + self.random.choice((b"--%b--\r\n" % BOUNDARY.encode(), b"", b"--"))

    # --- JSON -------------------------------------------------------------------------------------------------------

    def document(self) -> bytes:
        """JSON of no use to anybody."""
        match self.random.randrange(5):
            case 0:
                return b"[" * self.random.choice((10, 1000, 100_000))
            case 1:
                return b'{"a":' * 5000 + b"1" + b"}" * 5000
            case 2:
                return b'{"facts": [], "facts": {}, "now": 1e999, "person": NaN}'
            case 3:
                return self.random.choice(BROKEN)
        return json.dumps(self.thing(3)).encode()

    def thing(self, depth: int) -> object:
        """Any JSON value, `depth` deep at most."""
        match self.random.randrange(8 if depth else 5):
            case 0:
                return self.random.choice((None, True, False))
            case 1:
                return self.random.choice(
                    (0, -1, 10**30, 1e308, 2**53, 2**63, 0.1, float("inf"), float("nan"))
                )
            case 5:
                return [self.thing(depth - 1) for _ in range(self.random.randrange(4))]
            case 6 | 7:
                return {
                    self.random.choice(NASTY): self.thing(depth - 1) for _ in range(self.random.randrange(4))
                }
        value = self.value()
        return value if isinstance(value, str) else value.decode("latin-1")

    def spoilt(self, document: object) -> object:
        """A JSON document with one part of it replaced, left out or doubled."""
        if self.random.random() < 0.15:
            return self.thing(2)
        if isinstance(document, dict) and document:
            name = self.random.choice(list(document))
            rest = {key: value for key, value in document.items() if key != name}
            choose = self.random.random()
            if choose < 0.1:
                return rest
            if choose < 0.2:
                return {**document, self.random.choice(NASTY): self.thing(1)}
            return {**rest, name: self.spoilt(document[name])}
        if isinstance(document, list) and document:
            spot = self.random.randrange(len(document))
            return [*document[:spot], self.spoilt(document[spot]), *document[spot:]][
                : self.random.choice((1, 9, 900))
            ]
        return self.thing(1)

"""A mail server on this machine that takes mails over SMTP and keeps them."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from accounts.models import User
from benchmarks.server import free_port
from tests.browser.steps import eventually


class MailServer(Controller):
    """`answers` says what it says to a recipient, `data` to a mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.answers: dict[str, str] = {}
        self.data = "250 OK"
        super().__init__(self, hostname="127.0.0.1", port=free_port())

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=default)
            mail["X-To"] = ",".join(envelope.rcpt_tos)
            self.raw.append(envelope.content)
            self.mails.append(mail)
        return self.data

    def to(self, user: User) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["X-To"] == user.email]

    def only(self) -> EmailMessage:
        """The one mail that has come, once it has: some are sent beside the request."""
        assert eventually(lambda: bool(self.mails))
        [mail] = self.mails
        return mail

"""A mail written but not sent: a file that a mail program opens to be sent by hand."""

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP


def unsent_eml(*, subject: str, to: Iterable[str], text: str) -> bytes:
    """The bytes of a message that mail programs open as a draft (X-Unsent, as Outlook reads it)."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = " ".join(subject.split())
    if addresses := [address for address in to if address]:
        message["To"] = ", ".join(addresses)
    message.set_content(text, charset="utf-8", cte="base64" if not text.isascii() else "7bit")
    return message.as_bytes()

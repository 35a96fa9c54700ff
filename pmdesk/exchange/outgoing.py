"""A mail written but not sent: a file that a mail program opens to be sent by hand."""

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP


def unsent_eml(*, subject: str, to: Iterable[str], text: str) -> bytes:
    """The bytes of a message that mail programs open as a draft (X-Unsent, as Outlook reads it).

    Line ends are CRLF, the text is UTF-8. What would end a line of the head becomes a space.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = " ".join(subject.split())
    if addresses := [plain for address in to if (plain := " ".join(address.split()))]:
        message["To"] = ", ".join(addresses)
    # any line may be longer than RFC 5322 lets one be
    message.set_content(text, charset="utf-8", cte="base64")
    return message.as_bytes()

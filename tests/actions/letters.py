"""Small mails and mailboxes, written by the tests themselves."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from pmdesk.actions.mail_setup import MailSetup

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ME, DEV, LI, BIRCH = (
    "Me <me@oak.example>",
    "Dev <dev@oak.example>",
    "Li Wei <li@pine.example>",
    "Xu <xu@birch.example>",
)
SETUP = MailSetup(
    own=["@oak.example"],
    clients={"Pine": ["@pine.example"], "Birch": ["@birch.example"]},
)


def letter(number, sender, to, hours, *, reply=None, subject="Plan", text="body", **headers):
    """A mail as bytes; `hours` after Monday 2 March 2026 09:00 UTC, `reply` names its parent."""
    lines = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        f"Date: {format_datetime(START + timedelta(hours=hours))}",
        f"Message-ID: <{number}@x>",
    ]
    if reply is not None:
        lines.append(f"In-Reply-To: <{reply}@x>")
    for name, value in headers.items():
        wanted = name.replace("_", "-")
        lines = [line for line in lines if not line.lower().startswith(f"{wanted.lower()}:")]
        lines.append(f"{wanted}: {value}")
    return "\n".join([*lines, "", text, ""]).encode()


def mbox(*letters):
    """The letters as an mbox."""
    return b"".join(b"From x@y Mon Mar  2 09:00:00 2026\n" + one + b"\n" for one in letters)

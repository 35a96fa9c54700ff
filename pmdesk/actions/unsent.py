"""Writing a message to a file, for a mail program to open and a person to send."""

from collections.abc import Iterable
from pathlib import Path

from pmdesk.exchange.outgoing import unsent_eml


def save_unsent(target: Path, *, subject: str, to: Iterable[str], text: str) -> None:
    """Write an unsent mail to `target`; raises OSError, then nothing was written."""
    data = unsent_eml(subject=subject, to=to, text=text)
    partial = target.with_name(f"{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        partial.write_bytes(data)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)

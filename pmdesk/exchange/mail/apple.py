"""Apple Mail's own files: a message with its length and flags, attachments that lie beside it.

In ~/Library/Mail/V10 a mailbox is ACCOUNT/NAME.mbox/UUID/Data, below which Messages and Attachments
stand next to each other, large ones in folders of single digits. A message whose files lie apart is
NUMBER.partial.emlx; they are Attachments/NUMBER/PART/NAME, before 2009 NUMBER.PART.emlxpart.
"""

import binascii
import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.exchange.mail.body import AttachmentInfo
from pmdesk.exchange.mail.states import MailState, Place, emlx_state

_FLAGS: Final = re.compile(rb"<key>flags</key>\s*<integer>(\d{1,18})</integer>")
_PART: Final = re.compile(r"\d{1,4}(?:\.\d{1,4})*")
_PARTIAL: Final = re.compile(r"(\d+)\.partial\.emlx", re.IGNORECASE)
_VERSION: Final = re.compile(r"V\d{1,3}")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=\s]+")
_MOST_BESIDE: Final = 1_000


class Emlx(NamedTuple):
    """The bytes of the mail, and the place that the flags tell."""

    mail: bytes
    place: Place


class Beside(NamedTuple):
    """A file that belongs to a message: its name, empty where it had none, and where it lies."""

    name: str
    path: Path


def read_emlx(data: bytes, place: Place) -> Emlx:
    """The message in an .emlx: its length in a line before it, a property list behind it."""
    length, _, rest = data.partition(b"\n")
    if not length.strip().isdigit() or len(length) > 20:
        return Emlx(data, place)
    flags = _FLAGS.search(rest, int(length))
    state = emlx_state(int(flags[1])) if flags else MailState.TAKEN
    return Emlx(
        rest[: int(length)], place if state is MailState.TAKEN else place._replace(state=state)
    )


def without_mail(folder: str, within: Sequence[str]) -> list[str]:
    """Those of the folders within a folder that hold indexes and settings, but no mail."""
    return ["MailData"] if "MailData" in within and _VERSION.fullmatch(folder) else []


def is_attachment(parts: Sequence[str]) -> bool:
    """Whether a path is that of a file that lies beside a message: …/Attachments/123/2/name."""
    return (
        len(parts) >= 4
        and parts[-4] == "Attachments"
        and parts[-3].isdigit()
        and _PART.fullmatch(parts[-2]) is not None
    )


def beside(path: Path) -> list[Beside]:
    """The files that belong to a .partial.emlx, in the order of its parts."""
    named = _PARTIAL.fullmatch(path.name)
    if named is None:
        return []
    found: list[tuple[list[int], Beside]] = []
    folder = path.parent.parent / "Attachments" / named[1]
    for part in folder.iterdir() if folder.is_dir() else ():
        if _PART.fullmatch(part.name) and part.is_dir():
            files = [f for f in part.iterdir() if f.is_file() and not f.is_symlink()]
            found += [(_order(part.name), Beside(f.name, f)) for f in sorted(files)]
    for file in path.parent.glob(f"{named[1]}.*.emlxpart"):
        part_name = file.name[len(named[1]) + 1 : -len(".emlxpart")]
        if _PART.fullmatch(part_name):
            found.append((_order(part_name), Beside("", file)))
    return [each for _order_, each in sorted(found)[:_MOST_BESIDE]]


def _order(part: str) -> list[int]:
    return [int(number) for number in part.split(".")]


def joined(
    attachments: Sequence[AttachmentInfo], files: Sequence[Beside], *, up_to: int
) -> tuple[AttachmentInfo, ...]:
    """The attachments of a message with what lies beside it; held as `read_body` says."""
    left = list(files)
    known: list[AttachmentInfo] = []
    for attachment in attachments:
        file = None if attachment.size else _taken(left, attachment.name)
        known.append(attachment if file is None else _with(attachment, file, up_to))
    more = (AttachmentInfo(f.name, "application/octet-stream", 0) for f in left if f.name)
    known += [_with(a, f, up_to) for a, f in zip(more, (f for f in left if f.name), strict=True)]
    return tuple(known)


def _taken(left: list[Beside], name: str) -> Beside | None:
    """The file of that name, else the first without a name, out of those that are left."""
    wanted = _alike(name)
    for file in left:
        if not file.name or _alike(file.name) == wanted:
            left.remove(file)
            return file
    return None


def _alike(name: str) -> str:
    # the Mac writes é as e and an accent, and no slash or colon
    return unicodedata.normalize("NFC", name).casefold().translate({0x2F: "_", 0x3A: "_"})


def _with(attachment: AttachmentInfo, file: Beside, up_to: int) -> AttachmentInfo:
    size = file.path.stat().st_size
    if file.name and not 0 < size <= up_to:
        return attachment._replace(size=size)
    data = file.path.read_bytes() if size <= 2 * up_to else None
    if data is None:
        return attachment._replace(size=size * 3 // 4)
    if not file.name and _BASE64.fullmatch(data):
        # a part is kept as it stood in the mail
        data = binascii.a2b_base64(data)
    if not 0 < len(data) <= up_to:
        return attachment._replace(size=len(data))
    return attachment._replace(size=len(data), data=data, sha256=sha256(data).hexdigest())

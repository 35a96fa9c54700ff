"""Files of a mail written outside the journal: its attachments, and the mail as it came."""

import re
import unicodedata
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Final

from pmdesk.actions.keep_report import copies_of
from pmdesk.actions.refusals import Refused
from pmdesk.journal import blobs
from pmdesk.journal.errors import shown
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import ORIGINAL_OF, Attachment
from pmdesk.records.problems import Problem
from pmdesk.words import mark

ORIGINAL: Final = "message/rfc822+zlib"
_NO_ORIGINAL: Final = mark("The original of this mail is not in the journal.")
_THERE: Final = mark("{path} already exists and was left as it is. Choose another name.")
_NOT_WRITTEN: Final = mark("{path} could not be written.")
_DAMAGED: Final = mark("“{name}” is damaged in the journal. Nothing was written; restore a backup.")
# What no system, or one of them, takes in a file's name; devices of Windows stand before a dot.
# Control characters beyond ASCII, ends of lines and paragraphs, halves of a character.
_NO_LINE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_DEVICE: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST: Final = 120


def original_of(journal: Journal, interaction_id: int) -> Attachment | None:
    """The kept original of a mail, None where the import kept none."""
    originals = [
        copy
        for copy in copies_of(journal, ORIGINAL_OF, interaction_id)
        if copy.media_type == ORIGINAL
    ]
    return originals[0] if originals else None


def owner_of(journal: Journal, attachment_id: int) -> tuple[str, int] | None:
    """The kind and id of the record that a file belongs to; None where it belongs to none."""
    attachment = journal.get(Attachment, attachment_id)
    return attachment.belongs_to if attachment else None


def content(journal: Journal, attachment: Attachment) -> bytes:
    """The bytes of a kept file, an original unpacked; raises Refused where they are damaged."""
    data = blobs.read(journal, attachment.hash) if blobs.intact(journal, attachment.hash) else None
    if data is not None and attachment.media_type == ORIGINAL:
        try:
            data = zlib.decompress(data)
        except zlib.error:
            data = None
    if data is None:
        name = attachment.name or f"{attachment.owner.rpartition(':')[2]}.eml"
        raise Refused([Problem("name", _DAMAGED, {"name": name})])
    return data


def save_kept(journal: Journal, attachment: Attachment, path: Path) -> None:
    """Write a kept file to `path`; raises Refused, and then nothing of it stands there.

    What lies at `path` is never overwritten.
    """
    data = content(journal, attachment)
    try:
        with path.open("xb") as file:
            try:
                file.write(data)
                file.flush()
            except OSError:
                with suppress(OSError):
                    path.unlink()  # half a file is worse than none
                raise
    except FileExistsError as error:
        raise Refused([Problem("path", _THERE, {"path": shown(path)})]) from error
    except (OSError, ValueError) as error:
        raise Refused([Problem("path", _NOT_WRITTEN, {"path": shown(path)})]) from error


def save_original(journal: Journal, interaction_id: int, path: Path) -> None:
    """Write a mail to `path` byte for byte as it was imported; raises Refused."""
    original = original_of(journal, interaction_id)
    if original is None:
        raise Refused([Problem("name", _NO_ORIGINAL)])
    save_kept(journal, original, path)


def file_name(name: str, *, suffix: str = "") -> str:
    """A name that every system takes, for a file whose name came with a mail.

    It stays in its folder, shows no text backwards, and ends in `suffix` where one is given.
    """
    plain = "".join(c for c in name if unicodedata.category(c) != "Cf")
    plain = "".join("_" if unicodedata.category(c) in _NO_LINE else c for c in plain)
    plain = _FORBIDDEN.sub("_", plain).strip(". ")
    if _DEVICE.match(plain):
        plain = f"_{plain}"
    if suffix and plain.lower().endswith(suffix):
        plain = plain[: -len(suffix)].rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not suffix and dot and len(ending) < 10:
        plain, suffix = stem, f".{ending}"
    return (plain[: _LONGEST - len(suffix)].rstrip(". ") or "_") + suffix

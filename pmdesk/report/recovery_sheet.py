"""The recovery sheet of an encrypted journal: one page to print, on which the passphrase is written by hand."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pmdesk.journal.backups.place import place_of
from pmdesk.journal.errors import JournalError
from pmdesk.journal.key import salt_of
from pmdesk.report.compiling import compile_pdf
from pmdesk.words import Words, mark

TEMPLATE: Final = "recovery"
# What a page holds: a longer path is told by its beginning and its end.
_LONGEST: Final = 260
_IN_GROUPS_OF: Final = 4
_LOST: Final = (
    (
        mark("The passphrase is forgotten"),
        mark("Read it above. Nobody can open the journal without it, and nobody can find it out."),
    ),
    (
        mark("The computer or the file is lost"),
        mark(
            "Install PM Desk on any computer, copy the newest backup there, open it and type the passphrase."
        ),
    ),
    (
        mark("The right passphrase opens nothing"),
        mark(
            "The file is damaged. Open a backup instead. Where only its first 16 bytes are lost, "
            "the salt above, written back there, opens it again."
        ),
    ),
    (
        mark("PM Desk is no longer to be had"),
        mark("Any program that reads SQLCipher 4 opens the file with the passphrase."),
    ),
    (
        mark("The passphrase was changed"),
        mark("Make a new sheet and destroy this one: passphrase and salt are others now."),
    ),
)


class PlainJournal(JournalError):
    """A recovery sheet is asked for of a journal that is not encrypted."""

    sentence = mark("This journal has no passphrase: it needs no recovery sheet.")


def sheet_data(
    path: Path, *, salt: str, backups: Path, words: Words, at: datetime
) -> Mapping[str, Any]:
    """What the template is filled with. `at` is told in its own zone."""
    made = f"{words.date(at.date())} {at:%H:%M}"
    groups = [salt[n : n + _IN_GROUPS_OF] for n in range(0, len(salt), _IN_GROUPS_OF)]
    return {
        "lang": words.language,
        "title": words("Recovery sheet"),
        "subtitle": words("For the encrypted PM Desk journal {name}", name=_fitted(path.name)),
        "keep": words(
            "Print it, write the passphrase on it, and lock it away from the computer: "
            "with this sheet and the file anybody can read the journal."
        ),
        "passphrase": words("Passphrase"),
        "by_hand": words("Written by hand; PM Desk never prints it. Mind capital letters and spaces."),
        "facts": [
            (words("Journal file"), _fitted(path.name)),
            (words("Where it lies"), _fitted(str(path))),
            (words("Where backups lie"), _fitted(str(backups))),
            (words("Sheet made"), made),
            (
                words("How it is opened"),
                words("With PM Desk: open the file and type the passphrase."),
            ),
        ],
        "salt": words("Salt of the file"),
        "salt_value": groups,
        "salt_why": words(
            "The file's first 16 bytes. They are no secret, but the key is made of passphrase and salt: "
            "should they be overwritten in the file, nobody can open it without this line. "
            "PBKDF2-HMAC-SHA512, 256,000 rounds (SQLCipher 4)."
        ),
        "lost": words("When something is lost"),
        "cases": [(words(what), words(do)) for what, do in _LOST],
        "made": words("PM Desk · recovery sheet · {made}", made=made),
    }  # fmt: skip


def recovery_sheet(
    path: Path,
    *,
    backups: Path,
    words: Words,
    at: datetime,
    check: Callable[[], None] | None = None,
) -> bytes:
    """The sheet of the encrypted journal at `path` as a PDF of one page.

    With `check`, which may raise to stop it, it is set in a process of its own. Raises JournalError
    and ReportFailed; PlainJournal for one without a passphrase.
    """
    salt = salt_of(path)
    if not salt:
        raise PlainJournal
    data = sheet_data(path, salt=salt, backups=backups, words=words, at=at)
    if check is None:
        return compile_pdf(TEMPLATE, data, at=at)
    from pmdesk.report.apart import pdf_apart

    return pdf_apart(TEMPLATE, data, at=at, check=check)


def backups_of(path: Path, chosen: str = "") -> Path:
    """Where backups of a journal lie: in the chosen folder, else beside it."""
    return place_of(path, chosen).folder


def _fitted(text: str) -> str:
    """A text as long as its place allows, without its middle where it is longer."""
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {text[-half:]}"

"""Why a journal could not be opened or written: one class each, with its facts."""

from pathlib import Path
from typing import Final

from pmdesk.words import mark

_MEGABYTE: Final = 1_000_000


class JournalError(Exception):
    """Base of all; `sentence` is a key of the catalogue, `facts` fill its placeholders.

    A sentence says what happened, what was kept, and what to do.
    """

    sentence = mark("The journal could not be used.")

    def __init__(self, **facts: object) -> None:
        super().__init__(self.sentence, facts)
        self.facts = facts

    def __str__(self) -> str:
        """The English sentence with its facts."""
        return self.sentence.format(**self.facts)


class NoJournal(JournalError):
    """Nothing is at the path."""

    sentence = mark("There is no journal at {path}. Choose another file or create a new journal.")


class JournalExists(JournalError):
    """A new journal would overwrite a file."""

    sentence = mark("{path} already exists and was left as it is. Choose another name or open it.")


class NameTooLong(JournalError):
    """The name of a new journal leaves no room for those of its backups."""

    sentence = mark(
        "The file name is too long for its backups, whose names are longer still. Choose a shorter "
        "one, of at most 200 letters or 60 Chinese characters."
    )


class NotAJournal(JournalError):
    """The file is a database, but not ours, or no database at all."""

    sentence = mark("{path} is not a PM Desk journal. It was left as it is.")


class WrongPassphraseOrDamaged(JournalError):
    """An encrypted file whose first page does not open: both causes look the same."""

    sentence = mark(
        "The passphrase does not open {path}. Check capital letters and keyboard layout. "
        "If you are sure of it, the file may be damaged: restore a backup."
    )


class PassphraseNeeded(JournalError):
    """An encrypted file was opened without a passphrase."""

    sentence = mark("{path} asks for a passphrase, or is damaged. Nothing was changed.")


class NewerJournal(JournalError):
    """A later PM Desk wrote the file."""

    sentence = mark(
        "{path} was written by a newer PM Desk. Install that version to open it; "
        "nothing was changed."
    )


class ReadOnlyPlace(JournalError):
    """The file or its folder cannot be written."""

    sentence = mark(
        "{path} cannot be written: the file or its folder is read-only. "
        "Copy the journal to a place of your own."
    )


class DiskFull(JournalError):
    """No room for the transaction; the fact `megabytes` is how much it needs, 1 where that is little."""

    sentence = mark(
        "The disk is full, so this was not saved. Everything saved before is safe. "
        "About {megabytes} MB are needed: free some space and try again."
    )

    def __init__(self, **facts: object) -> None:
        self.megabytes = 1
        super().__init__(**{"megabytes": self.megabytes, **facts})

    def needs(self, size: int) -> None:
        """Tell that so many bytes are needed, if that is more than is known yet."""
        self.megabytes = max(self.megabytes, -(-size // _MEGABYTE))
        self.facts["megabytes"] = self.megabytes


class JournalBusy(JournalError):
    """Another process holds the write lock."""

    sentence = mark(
        "Another PM Desk is writing to {path}. Nothing was lost; try again in a moment."
    )


class Displaced(JournalError):
    """Another program moved, deleted or replaced the file of a journal that is open."""

    sentence = mark(
        "{path} was moved, deleted or replaced by another program while it was open. Nothing more "
        "is saved until it is put back; what you typed stays."
    )


class Damaged(JournalError):
    """SQLite found the file malformed."""

    sentence = mark("{path} is damaged ({detail}). Restore the last backup; this file was kept.")


class ForeignSchema(JournalError):
    """The file holds triggers, views, tables or columns that are not ours; none of them has run."""

    sentence = mark(
        "{path} holds what PM Desk did not put there: {names}. It was not opened, and nothing of it "
        "ran. “pmdesk repair” keeps a copy and takes it away."
    )


class BeyondSalvage(JournalError):
    """Nothing of a damaged file can be read any more."""

    sentence = mark(
        "Nothing can be read of {path} any more. Restore a backup; the file was left as it is."
    )


class Conflict(JournalError):
    """A record was changed since the act that would be undone."""

    sentence = mark("This cannot be undone: “{what}” was changed by a later act.")


class NothingToUndo(JournalError):
    """The log holds no act to undo or redo."""

    sentence = mark("There is nothing to undo.")


class NothingToRedo(JournalError):
    """No undone act to repeat."""

    sentence = mark("There is nothing to redo.")


class Overtaken(JournalError):
    """Another act came after the one that was to be undone or repeated."""

    sentence = mark("Something was saved meanwhile, so nothing was taken back. Ask for it again.")


class StillNeeded(JournalError):
    """Other records refer to the one that would be deleted."""

    sentence = mark("“{what}” is still referred to by other records. Nothing was deleted.")


class ParentGone(JournalError):
    """A record would come back without the one it belongs to."""

    sentence = mark(
        "“{what}” belongs to “{parent}”, which was deleted. Restore “{parent}” first; "
        "nothing was changed."
    )


class RecordGone(JournalError):
    """A record to be changed is no longer there."""

    sentence = mark(
        "“{what}” was deleted in the meantime, so the change was not saved. "
        "Restore it from Recently deleted and change it again."
    )


class NotDeleted(JournalError):
    """A record to be restored is there already."""

    sentence = mark("This record is already back. Nothing was changed.")


class TooLarge(JournalError):
    """A text or a file is larger than a database can hold."""

    sentence = mark("This is too large for a journal (1 GB at most). Nothing was saved.")


class BadBackup(JournalError):
    """A backup does not match its checksum or does not open."""

    sentence = mark("The backup {path} is incomplete or damaged. The journal was left as it is.")


class BackupNoRoom(JournalError):
    """The disk has no room for another copy; sizes in whole megabytes."""

    sentence = mark(
        "There is no room for a backup: it needs {needed} MB, and {free} MB are free at {path}. "
        "Nothing was removed or changed. Free some space and try again."
    )


class BackupNoFolder(JournalError):
    """The folder for backups is not there or cannot be written."""

    sentence = mark(
        "Backups cannot be written to {path}. Connect that drive or choose another folder for "
        "backups; nothing was changed."
    )


class LockedFile(JournalError):
    """A file cannot be replaced because it is open elsewhere."""

    sentence = mark("Close {path} in every other window first. Nothing was changed.")


def shown(path: Path) -> str:
    """A path as people read it: below the home folder with ~."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return str(path)

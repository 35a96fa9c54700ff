"""Why a backup was made."""

from pmdesk.records.choices import Choice
from pmdesk.words import mark


class Reason(Choice):
    """What gave rise to a backup; its label is a key of the catalogue."""

    CHANGED = "changed", mark("While working")
    CLOSED = "closed", mark("At close")
    MIGRATION = "migration", mark("Before a new version")
    IMPORT = "import", mark("Before an import")
    DELETION = "deletion", mark("Before a large deletion")
    MERGE = "merge", mark("Before a merge")
    PASSPHRASE = "passphrase", mark("Before a new passphrase")
    RESTORE = "restore", mark("Before a restore")
    HAND = "hand", mark("By hand")

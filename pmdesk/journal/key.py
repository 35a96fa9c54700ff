"""How the key of an encrypted journal is made from its passphrase, as SQLCipher itself tells."""

from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.journal import engine, errors
from pmdesk.journal.handles import HANDLES
from pmdesk.journal.journal import Journal

SALT_BYTES: Final = 16


class KeyMaking(NamedTuple):
    """The derivation with its rounds, the check of each page, and the size of a page in bytes."""

    derivation: str
    rounds: int
    page_check: str
    page_bytes: int


def key_making(journal: Journal) -> KeyMaking:
    """How the key of an open, encrypted journal was made.

    Memory that SQLCipher frees is wiped where it held a key, not everywhere: that
    (cipher_memory_security) would make saving 2.3 and searching 4.6 times as slow.
    """

    def told(name: str) -> str:
        return str(journal.conn.execute(f"PRAGMA {name}").fetchone()[0])

    return KeyMaking(
        told("cipher_kdf_algorithm"),
        int(told("kdf_iter")),
        told("cipher_hmac_algorithm"),
        int(told("cipher_page_size")),
    )


def head_of(path: Path) -> str:
    """The first 16 bytes of what is no plain journal, in hex, whatever it is; "" of a plain one.

    Raises OSError and JournalError.
    """
    return "" if engine.is_plain(path) else HANDLES.head(path, SALT_BYTES).hex()


def salt_of(path: Path) -> str:
    """The salt of an encrypted journal, its file's first 16 bytes, in hex; "" for a plain one.

    It is no secret, but without it no passphrase makes the key again. Raises JournalError.
    """
    with engine.explained(path):
        salt = head_of(path)
        if salt and not engine.looks_encrypted(path):
            raise errors.NotAJournal(path=errors.shown(path))
        return salt

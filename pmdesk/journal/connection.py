"""The connection to a journal file: opened and closed, recognised, in a place that may be odd."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from pmdesk.journal import engine, errors, seals
from pmdesk.journal.claims import Claim
from pmdesk.journal.handles import HANDLES, Named, named
from pmdesk.journal.migrations import VERSION
from pmdesk.journal.places_on_disk import OddPlace, safe_place
from pmdesk.journal.reading import Reading
from pmdesk.private import make_private

if TYPE_CHECKING:
    from sqlite_utils import Database

# Shorter than anybody feels, longer than our own short writing beside the window takes.
_MOMENT_MS: Final = 40


class Connected(Reading):
    """A file and its connection, for use in one thread.

    `place` says what is odd about where it lies, and then `claim` who has it open there; `private`
    whether others can neither read nor change its files.
    """

    place: OddPlace | None = None
    claim: Claim | None = None
    private: bool = True

    def __init__(
        self,
        path: Path,
        passphrase: str | None,
        *,
        writable: bool = True,
        busy_seconds: float = engine.BUSY_SECONDS,
        movable: bool = False,
    ) -> None:
        """Connect to an existing file."""
        self.path = path
        self.writable = writable
        self.busy_seconds = busy_seconds
        self._movable = movable
        self._db: Database | None = None
        self._entered: Named | None = None
        self.connect(passphrase)

    def connect(self, passphrase: str | None) -> None:
        """Open the connection, anew if it was closed."""
        mode = "rw" if self.writable else "ro"
        self._entered = self._entered or HANDLES.enter(self.path)
        self.place = safe_place(self.path)
        if self.place is not None and self.claim is None:
            self.claim = Claim(self.path, self.place)
        try:
            self.conn = engine.connect(
                self.path,
                passphrase or None,
                mode=mode,
                busy_seconds=self.busy_seconds,
                movable=self._movable,
            )
        except BaseException:
            self._let_go()
            raise
        self.passphrase = (passphrase or None) if engine.is_keyed(self.conn) else None
        self._db = None
        self.conn.create_function("row_digest", 1, seals.digest, deterministic=True)

    def recognised(self) -> int:
        """The file's version; raises NotAJournal and NewerJournal."""
        version = self._pragma("user_version")
        if self._pragma("application_id") != engine.APPLICATION_ID:
            raise errors.NotAJournal(path=errors.shown(self.path))
        if version > VERSION:
            raise errors.NewerJournal(path=errors.shown(self.path))
        return version

    def settle_in(self) -> None:
        """Make the connection work as the place of the file allows, the file the owner's alone."""
        engine.settings(self.conn, writable=self.writable, log=self.place is None)
        made = list(map(make_private, engine.files_of(self.path)))
        self.private = all(made)

    def _pragma(self, name: str) -> int:
        return int(self.conn.execute(f"PRAGMA {name}").fetchone()[0])

    @property
    def db(self) -> "Database":
        """The same connection as sqlite-utils sees it; loaded when first asked for."""
        if self._db is None:
            engine.stand_in()
            from sqlite_utils import Database

            self._db = Database(self.conn)
        return self._db

    @property
    def size(self) -> int:
        """Bytes of the file, with what of it stands in the log still."""
        return self._pragma("page_count") * self._pragma("page_size")

    @property
    def displaced(self) -> bool:
        """Whether another program moved, deleted or replaced the file since it was opened.

        With a write-ahead log SQLite does not look: it would go on writing into a file without a name.
        """
        with suppress(OSError):  # of a place that does not answer nothing is known
            return self._entered is not None and named(self.path) != self._entered
        return False

    def close(self) -> None:
        """Close the connection; SQLite folds the write-ahead log into the file."""
        if self.writable and self.displaced:
            # the log keeps the name that it has: what stands in the file's place must not take it in
            with suppress(engine.SqliteError):
                self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.conn.close()
        self._let_go()

    def _let_go(self) -> None:
        if self.claim is not None:
            self.claim.leave()
            self.claim = None
        if self._entered is not None:
            HANDLES.leave(self._entered)
            self._entered = None

    def __enter__(self) -> Self:
        """The journal itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    @contextmanager
    def at_once(self, within_ms: int = _MOMENT_MS) -> Iterator[None]:
        """Inside, what another connection's writing holds up raises JournalBusy after a moment.

        Our own writing beside the window is over by then; nobody feels the window stand still.
        """
        self.conn.execute(f"PRAGMA busy_timeout = {within_ms}")
        try:
            yield
        finally:
            self.conn.execute(f"PRAGMA busy_timeout = {round(self.busy_seconds * 1000)}")

"""What a damaged file still holds, in a new journal."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pmdesk.journal.progress import Progress, untold


class Saved(NamedTuple):
    """What became of one table: rows read, rows lost as far as known, references cut."""

    table: str
    read: int
    lost: int
    cut: int


class Salvaged(NamedTuple):
    """What a salvage brought over: each table, and sentences with facts."""

    tables: list[Saved]
    sentences: list[tuple[str, dict[str, object]]]


def salvage(
    path: Path,
    target: Path,
    passphrase: str | None,
    *,
    at: datetime,
    progress: Progress = untold,
) -> Salvaged:
    """A new journal at `target` with every row of `path` that can be read; `path` stays as it is.

    Raises JournalExists where `target` is taken, BeyondSalvage where nothing can be read, and the
    errors of the place. `progress` is told pages and rows.
    """
    raise NotImplementedError

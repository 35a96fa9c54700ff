"""The files that an importer is given, each read whole within bounds, or named with its reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pmdesk.actions.incoming.values import Reading, Untaken
from pmdesk.answers.text.said import said
from pmdesk.words import mark

_MOST_BYTES: Final = 50_000_000
TOO_LARGE: Final = said(mark("The file is too large."))


def opened(reading: Reading) -> Iterator[tuple[Path, bytes | Untaken]]:
    """Each file with its bytes, or with why it is not taken; raises ImportCancelled."""
    for path in reading.given.paths:
        reading.job.check()
        try:
            if path.stat().st_size > _MOST_BYTES:
                yield path, Untaken(str(path), TOO_LARGE)
            else:
                yield path, path.read_bytes()
        except OSError:
            yield path, Untaken(str(path), said(mark("The file cannot be opened.")))

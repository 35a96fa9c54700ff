"""How far long work is, on a terminal: one line that goes when the work is done."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from pmdesk.journal.progress import Progress, untold

_AFTER_S: Final = 1.0
_EVERY_S: Final = 0.1
_CLEAR: Final = "\r\x1b[K"


@contextmanager
def progress_line(sentence: str) -> Iterator[Progress]:
    """Told how much is done; after a second it stands on the terminal, for who reads errors there.

    Where they go to a file or another program nothing is written.
    """
    if not sys.stderr.isatty():
        yield untold
        return
    line = _Line(sentence)
    try:
        yield line.tell
    finally:
        line.clear()


class _Line:
    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self._next = time.monotonic() + _AFTER_S
        self._stands = False

    def tell(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next, self._stands = now + _EVERY_S, True
        share = f" {min(done, total) * 100 // total} %" if total > 0 else ""
        click.echo(f"{_CLEAR}{self._sentence}{share}", nl=False, err=True)

    def clear(self) -> None:
        if self._stands:
            click.echo(_CLEAR, nl=False, err=True)

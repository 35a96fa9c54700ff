"""Long text in blocks that end with a line, so that nothing reads for long without being asked to stop."""

from collections.abc import Callable, Iterator
from typing import Final

Check = Callable[[float], None]
_SIZE: Final = 500_000


def unwatched(_share: float = 0.0) -> None:
    """What is told how far reading has come where nobody watches it."""


def blocks(text: str, check: Check = unwatched) -> Iterator[tuple[int, int]]:
    """Where each block begins and ends, behind its last line; `check` is told the share before it."""
    start = 0
    while start < len(text):
        check(start / len(text))
        end = text.find("\n", start + _SIZE)
        end = len(text) if end < 0 else end + 1
        yield start, end
        start = end


def byte_blocks(data: bytes, check: Check = unwatched) -> Iterator[bytes]:
    """The blocks of bytes, each without the newline that ends it."""
    start = 0
    while start < len(data):
        check(start / len(data))
        end = data.find(b"\n", start + _SIZE)
        block = data[start:] if end < 0 else data[start:end].removesuffix(b"\r")
        yield block
        start = len(data) if end < 0 else end + 1

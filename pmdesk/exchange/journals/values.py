"""An entry of another program's journal."""

from datetime import date
from typing import NamedTuple


class OtherEntry(NamedTuple):
    """An entry as it was written: `name` and text tell it apart from the others of its journal."""

    name: str
    day: date
    text: str
    tags: tuple[str, ...] = ()

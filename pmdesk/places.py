"""Where the folders ui/ and resources/ are: checkout, wheel or frozen bundle."""

import sys
from functools import lru_cache
from pathlib import Path


class MissingData(FileNotFoundError):
    """A folder that PM Desk needs is not where any installation keeps it."""


@lru_cache(maxsize=8)
def data_dir(name: str) -> Path:
    """Folder `name` ("ui" or "resources"); raises MissingData when it is nowhere."""
    here = Path(__file__).resolve().parent
    tried = [here / name, here.parent / name]
    if bundle := getattr(sys, "_MEIPASS", None):
        tried.insert(0, Path(bundle) / "pmdesk" / name)
    for place in tried:
        if place.is_dir():
            return place
    raise MissingData(f"{name}: looked in {', '.join(map(str, tried))}")

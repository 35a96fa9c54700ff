"""Which addresses a mailbox itself says are its owner's."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

_PREFS: Final = "prefs.js"
_LARGEST: Final = 4_000_000
_IDENTITY: Final = re.compile(
    r'^user_pref\(\s*"mail\.identity\.[^".]+\.useremail"\s*,\s*"([^"\s]+@[^"\s]+)"\s*\)',
    re.MULTILINE,
)


def own_addresses(paths: Sequence[Path]) -> list[str]:
    """The addresses of Thunderbird's identities beside or below `paths`, lower case, each once."""
    addresses: dict[str, None] = {}
    for prefs in dict.fromkeys(_prefs(paths)):
        try:
            if prefs.stat().st_size > _LARGEST:
                continue
            text = prefs.read_text("utf-8", "replace")
        except OSError:
            continue  # the import itself lists what it cannot open
        addresses.update(dict.fromkeys(address.lower() for address in _IDENTITY.findall(text)))
    return list(addresses)


def _prefs(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders.sort()
                if _PREFS in names:
                    yield Path(folder) / _PREFS
        # a profile's own file lies above the folder Mail that a person chooses
        yield from (
            above / _PREFS
            for above in list(path.absolute().parents)[:5]
            if (above / _PREFS).is_file()
        )

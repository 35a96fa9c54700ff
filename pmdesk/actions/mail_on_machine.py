"""The mail that lies on this computer, looked for within bounds and on its own disks only."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

from pmdesk.exchange.mailboxes.looking import Found, mail_on
from pmdesk.exchange.mailboxes.values import Bounds, Machine, System
from pmdesk.journal.places_on_disk import safe_place

__all__ = ["look_for_mail", "this_machine"]


def this_machine(documents: Path, downloads: Path) -> Machine:
    """The computer on which the program runs, with the folders that its system calls Documents and Downloads."""
    drives = tuple(Path(f"{letter}:/") for letter in "CDEF") if sys.platform == "win32" else ()
    return Machine(
        cast("System", sys.platform if sys.platform in {"darwin", "win32"} else "linux"),
        Path.home(), documents, downloads, dict(os.environ), drives, _is_far,
    )  # fmt: skip


def look_for_mail(machine: Machine, stop: Callable[[], bool]) -> Found:
    """The mail on a machine; what is found until `stop` says so."""
    return mail_on(machine, Bounds(stop))


def _is_far(path: Path) -> bool:
    place = safe_place(path)
    return place is not None and place.kind == "network"

"""The portable mode: a journal that lies beside the installed program, on a stick, say."""

import os
import sys
from pathlib import Path


def portable_journal() -> str | None:
    """The one journal beside the program; settings then stay there, too. None in all other cases."""
    if not getattr(sys, "frozen", False):
        return None
    beside = Path(sys.executable).resolve().parent
    found = sorted(path for path in beside.glob("*.pmdesk") if ".before-v" not in path.name)
    if len(found) != 1:
        return None
    os.environ.setdefault("PMDESK_CONFIG_DIR", str(beside / "pmdesk-settings"))
    os.environ.setdefault("PMDESK_LOG_DIR", str(beside / "pmdesk-settings"))
    return str(found[0])

"""PM Desk once more, as a process of its own for what may hang or break."""

import subprocess
import sys
from typing import Any


def own_program(*arguments: str) -> list[str]:
    """The command that runs it, from the bundle or from its source."""
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "pmdesk"]
    return [*start, *arguments]


def without_console() -> dict[str, Any]:
    """What a Popen is told so that no console opens: Windows alone would open one."""
    return {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}

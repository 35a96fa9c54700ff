"""Acts of the crisis room; what stands against one is said where every page says it."""

from collections.abc import Callable
from typing import Any

from pmdesk.actions.refusals import Refused
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken


def attempt(desk: Desk, act: Callable[..., Any], *given: Any, say: bool = True) -> Any:
    """What `act` gives back, done now; None where it was refused, and the person was told why."""
    try:
        return desk.do(act, *given, at=desk.now(), say=say)
    except Refused as refused:
        tell_why(desk, refused)
        return None


def tell_why(desk: Desk, refused: Refused) -> None:
    """Say what stands against an act, above the page."""
    desk.noticed.emit("warn", " ".join(spoken(desk.words, one) for one in refused.problems))

"""JSON of another program read within bounds, and the pieces of it as what they should be."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from pmdesk.exchange.blocks import Check, unwatched

_EVERY: Final = 200


def read_json(data: bytes, check: Check = unwatched) -> Any:
    """What a JSON text says, None where it says nothing that can be read.

    `check` is called every so often and may raise what stops the reading.
    """
    met = 0

    def each(found: dict[str, Any]) -> dict[str, Any]:
        nonlocal met
        met += 1
        if met % _EVERY == 0:
            check(0.0)  # where it stands is not known
        return found

    try:
        return json.loads(data.decode("utf-8-sig", "replace"), object_hook=each)
    except (ValueError, RecursionError):
        return None


def table(found: Any) -> dict[str, Any]:
    """It, where it is an object, else an empty one."""
    return found if isinstance(found, dict) else {}


def rows(found: Any) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text_of(found: Any) -> str:
    """It, where it is text, without characters that are half of one."""
    text = found if isinstance(found, str) else ""
    return text.encode("utf-8", "replace").decode().replace("\0", "").strip()


def moment_of(found: Any) -> datetime | None:
    """A moment in UTC as ISO 8601 writes it; one without a zone is UTC; None where it is none."""
    try:
        moment = datetime.fromisoformat(found.strip()) if isinstance(found, str) else None
        if moment is None:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None

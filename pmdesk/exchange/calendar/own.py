"""The names that PM Desk gives to events of its own: by them it knows them when they come back."""

import re
from typing import Final

_OWN: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@pmdesk", re.IGNORECASE)


def own_uid(uuid: str) -> str:
    """The UID of the event of a record, the same whenever it goes out."""
    return f"{uuid}@pmdesk"


def is_own_uid(uid: str) -> bool:
    """Whether an event is one that PM Desk wrote."""
    return bool(_OWN.fullmatch(uid))

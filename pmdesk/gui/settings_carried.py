"""Settings as a file that another computer takes: what one likes, nothing of any client or journal."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmdesk.gui.settings import APP, Settings, allowed
from pmdesk.words import mark

# What is of this computer stays here, and every path with it: folders and journals may name clients.
CARRIED: Final = {
    "language": mark("Language"),
    "theme": mark("Colours"),
    "scale": mark("Text size"),
    "clients_by": mark("Order of the clients"),
    "today_by": mark("Order of Today"),
    "attachment_mb": mark("Attached files"),
    "keep_originals": mark("Original mail"),
    "reminders": mark("Remind me of what becomes due or late"),
    "reminder_minutes": mark("Minutes before a meeting"),
    "reminder_names": mark("Show clients and texts in the desktop's notices"),
    "stay_in_tray": mark("Stay in the tray when the window is closed"),
    "backups": mark("Back up by itself: while working, at close, before large acts"),
    "backup_minutes": mark("Minutes between two backups"),
    "backup_gb": mark("Gigabytes that the backups of a journal may take"),
    "lock_minutes": mark("Idle minutes before it locks (0: never)"),
    "lock_with_screen": mark("Lock with the screen, and at sleep"),
}
NO_TRAY: Final = mark("this desktop has no tray")
NOT_KNOWN: Final = mark("this version does not know it")
NOT_ALLOWED: Final = mark("{value} is no value of it")
_KEY: Final = "settings"
_LARGEST: Final = 1_000_000
_LONGEST: Final = 60


class NoSettings(Exception):
    """A file that holds no settings of this program."""


class Refused(NamedTuple):
    """A setting that does not fit here: its words, or its name where it is not known, and why."""

    text: str
    why: str
    value: str


class Carried(NamedTuple):
    """What a file of settings holds: values that fit this computer, and what does not."""

    values: dict[str, Any]
    refused: list[Refused]


def settings_text(settings: Settings) -> str:
    """The settings as the text of a file."""
    values = {name: getattr(settings, name) for name in CARRIED}
    return json.dumps({"program": APP, _KEY: values}, ensure_ascii=False, indent=1) + "\n"


def read_settings(path: Path, *, has_tray: bool) -> Carried:
    """The settings in a file; raises NoSettings, and OSError."""
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:  # no text, or no JSON
        raise NoSettings from error
    if not isinstance(content, dict) or content.get("program") != APP:
        raise NoSettings
    given = content.get(_KEY)
    if not isinstance(given, dict):
        raise NoSettings
    return _fitting(given, has_tray=has_tray)


def _fitting(given: Mapping[str, Any], *, has_tray: bool) -> Carried:
    values, refused = {}, []
    for name, value in given.items():
        why = _why_not(name, value, has_tray=has_tray)
        if why:
            refused.append(Refused(CARRIED.get(name, name), why, str(value)[:_LONGEST]))
        else:
            values[name] = value
    return Carried(values, refused)


def _why_not(name: str, value: Any, *, has_tray: bool) -> str:
    if name not in CARRIED:
        return NOT_KNOWN
    if not allowed(name, value):
        return NOT_ALLOWED
    if name == "stay_in_tray" and value and not has_tray:
        return NO_TRAY
    return ""

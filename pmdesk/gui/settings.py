"""What PM Desk remembers between two starts, declared once, kept in one JSON file."""

import dataclasses
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pmdesk.private import make_private, new_file, new_folder
from pmdesk.tokens import OPPOSITE

_LOG: Final = logging.getLogger(__name__)
APP: Final = "PM Desk"
BACKUP_MINUTES: Final = (1, 1440)
BACKUP_GB: Final = (1, 1000)
MOST_LOCK_MINUTES: Final = 1440


def _one_of(*allowed: object) -> Callable[[Any], bool]:
    return lambda value: value in allowed


def _between(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: low <= value <= high


def _setting(default: Any, rule: Callable[[Any], bool] | None = None) -> Any:
    return dataclasses.field(default=default, metadata={"rule": rule})


@dataclass
class Settings:
    """All settings. `scale` is the size of text in per cent, `geometry` base64.

    `reminder_minutes` is how long before a meeting, `reminder_names` whether a notice of the
    desktop, which others may see and which it may keep, names clients. `backup_folder` is "" for
    beside the journal, `backup_gb` what the backups of a journal may take. `lock_minutes` is after
    how long without a key or the mouse a journal with a passphrase is locked (0: never).

    Pages set what they keep; `save` writes it.
    """

    language: str = _setting("", _one_of("", "en", "zh"))
    theme: str = _setting("system", _one_of("system", *OPPOSITE))
    scale: int = _setting(100, _between(100, 250))
    geometry: str = _setting("")
    last_journal: str = _setting("")
    recent_journals: tuple[str, ...] = _setting(())
    page: str = _setting("today")
    client: int = _setting(0)
    tab: int = _setting(0, _between(0, 99))
    # not "sort": under that name stands the order that lists had before there was a portfolio
    clients_by: str = _setting("owed")
    today_by: str = _setting("urgency", _one_of("urgency", "client"))
    # whether the journal page shows its text alone
    journal_wide: bool = _setting(False)
    attachment_mb: int = _setting(10, _between(0, 2000))
    keep_originals: str = _setting("off", _one_of("off", "clients", "all"))
    reminders: bool = _setting(False)
    reminder_minutes: int = _setting(15, _between(0, 240))
    reminder_names: bool = _setting(False)
    stay_in_tray: bool = _setting(False)
    backups: bool = _setting(True)
    backup_folder: str = _setting("")
    backup_minutes: int = _setting(30, _between(*BACKUP_MINUTES))
    backup_gb: int = _setting(2, _between(*BACKUP_GB))
    # journals of which was said what their place means
    told_places: tuple[str, ...] = _setting(())
    tips: bool = _setting(True)
    tips_gone: tuple[str, ...] = _setting(())
    lock_minutes: int = _setting(10, _between(0, MOST_LOCK_MINUTES))
    lock_with_screen: bool = _setting(True)

    def opened(self, journal: Path, keep: int = 8) -> None:
        """Remember a journal as the last one opened, whole: a start elsewhere finds it too."""
        path = str(journal.absolute())
        others = [other for other in self.recent_journals if other != path]
        self.last_journal, self.recent_journals = path, tuple([path, *others][:keep])

    def last_path(self) -> Path | None:
        """The journal that was open last; None before the first."""
        return Path(self.last_journal) if self.last_journal else None

    def recent(self, *, without: Path | None = None) -> list[Path]:
        """Journals opened before, the last one first, as far as they are there."""
        paths = [Path(path) for path in self.recent_journals]
        return [path for path in paths if path != without and path.is_file()]

    @classmethod
    def load(cls, path: Path | None = None) -> "Settings":
        """The settings as kept; defaults where there are none or they cannot be read."""
        return SettingsFile(path).value

    def save(self, path: Path | None = None) -> None:
        """Keep them; what no setting allows is left as it was in the file."""
        file = SettingsFile(path)
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        file.change(**{name: value for name, value in values.items() if allowed(name, value)})


class SettingsFile:
    """The settings as they stand, and their file; every change is written at once."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_dir() / "settings.json"
        self._unknown: dict[str, Any] = {}
        self.value = self._read()

    def change(self, **values: Any) -> Settings:
        """Set and write; a value that its setting does not allow raises ValueError."""
        for name, value in values.items():
            if not allowed(name, value):
                raise ValueError(f"{name}: {value!r}")
        changed = dataclasses.replace(self.value, **values)
        if changed != self.value:
            self.value = changed
            self._write()
        return changed

    def _read(self) -> Settings:
        make_private(self.path)
        try:
            content = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            _LOG.info("settings not read: %s", error)
            return Settings()
        except ValueError:
            self._keep_aside()
            return Settings()
        if not isinstance(content, dict):
            self._keep_aside()
            return Settings()
        names = {field.name for field in dataclasses.fields(Settings)}
        self._unknown = {name: value for name, value in content.items() if name not in names}
        values = {name: _from_json(content[name]) for name in names & content.keys()}
        return Settings(**{name: v for name, v in values.items() if allowed(name, v)})

    def _write(self) -> None:
        text = json.dumps(
            {**self._unknown, **dataclasses.asdict(self.value)}, ensure_ascii=False, indent=1
        )
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.draft")
        try:
            new_folder(self.path.parent)
            new_file(draft)
            with draft.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
        except OSError as error:
            # A full or read-only home must not stop the work; the choice holds until the end.
            _LOG.info("settings not kept: %s", error)
            draft.unlink(missing_ok=True)

    def _keep_aside(self) -> None:
        number = 1
        while (aside := self.path.with_name(f"settings.broken-{number}.json")).exists():
            number += 1
        try:
            self.path.replace(aside)
        except OSError as error:
            _LOG.info("broken settings not kept aside: %s", error)


def config_dir() -> Path:
    """Where settings belong; PMDESK_CONFIG_DIR names another place."""
    if folder := os.environ.get("PMDESK_CONFIG_DIR"):
        return Path(folder)
    if sys.platform != "linux":
        from platformdirs import user_config_path

        return user_config_path(APP, appauthor=False)
    return _linux_dir("XDG_CONFIG_HOME", ".config")


def cache_dir() -> Path:
    """Where things belong that can be made again."""
    if folder := os.environ.get("PMDESK_CONFIG_DIR"):
        return Path(folder) / "cache"
    if sys.platform != "linux":
        from platformdirs import user_cache_path

        return user_cache_path(APP, appauthor=False)
    return _linux_dir("XDG_CACHE_HOME", ".cache")


def _linux_dir(variable: str, usual: str) -> Path:
    """The place platformdirs would name, which takes longer to load than the settings."""
    chosen = os.environ.get(variable, "")
    home = Path(chosen) if os.path.isabs(chosen) else Path.home() / usual  # noqa: PTH117 - "" is none
    return home / APP


def _from_json(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def allowed(name: str, value: Any) -> bool:
    """Whether a setting may have a value, as it is declared."""
    declared = {field.name: field for field in dataclasses.fields(Settings)}
    if name not in declared:
        return False
    if name == "views":
        return isinstance(value, Mapping)
    if type(value) is not type(declared[name].default):
        return False
    if isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
        return False
    rule = declared[name].metadata.get("rule")
    return rule is None or bool(rule(value))

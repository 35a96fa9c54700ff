"""A copy on the shelf and what is written beside it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pmdesk.journal import engine
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.codec import moment_of, moment_text

_NAME: Final = re.compile(r"\.(\d{6,})\.(\d{8}T\d{6})Z\.pmdesk$")
_STAMP: Final = "%Y%m%dT%H%M%S"


@dataclass(frozen=True)
class Backup:
    """A copy that counts: opened, checked and hashed when it was made.

    `size` in bytes, `counts` rows by kind, `last_change` the number of the log's last change and
    `tip` a digest of it. `number` tells the order in which copies were made, whatever the clock said;
    0 for a file that somebody else put there. `journal` tells whose copy it is, "" where nothing
    says so, `key` which passphrase it had (the salt of the journal then; `salt` is the copy's own).
    Without a manifest all but path, date and size are empty.
    """

    path: Path
    at: datetime
    reason: Reason
    size: int
    counts: Mapping[str, int] = field(default_factory=dict)
    last_change: int = 0
    sha256: str = ""
    salt: str = ""
    tip: str = ""
    journal: str = ""
    key: str = ""
    number: int = 0
    whole: bool = True

    @property
    def encrypted(self) -> bool:
        """Whether it asks for a passphrase."""
        return bool(self.salt) or not engine.is_plain(self.path)


def copy_name(stem: str, number: int, at: datetime) -> str:
    """The name of a copy: the journal's own, the number, the moment in UTC."""
    return f"{stem}.{number:06d}.{at.astimezone(UTC):{_STAMP}}Z.pmdesk"


def manifest_of(copy: Path) -> Path:
    """Where the manifest of a copy stands."""
    return copy.with_name(f"{copy.name}.json")


def written(backup: Backup) -> str:
    """The manifest of a copy as it is written."""
    content = {
        "at": moment_text(backup.at),
        "reason": str(backup.reason),
        "size": backup.size,
        "counts": dict(backup.counts),
        "last_change": backup.last_change,
        "sha256": backup.sha256,
        "salt": backup.salt,
        "tip": backup.tip,
        "journal": backup.journal,
        "key": backup.key,
        "number": backup.number,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def backup_at(copy: Path) -> Backup:
    """What stands at `copy`, from its manifest or, without one, from the file itself. Raises OSError."""
    stat = copy.stat()
    number, at = _named(copy.name)
    backup = Backup(
        copy,
        at or datetime.fromtimestamp(stat.st_mtime, UTC),
        Reason.HAND,
        stat.st_size,
        number=number,
    )
    return _stated(backup) or backup


def _named(name: str) -> tuple[int, datetime | None]:
    found = _NAME.search(name)
    if found is None:
        return 0, None
    try:
        return int(found[1]), datetime.strptime(found[2], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return int(found[1]), None


def _stated(found: Backup) -> Backup | None:
    """The copy as its manifest tells it; None where there is none that can be read."""
    try:
        content: Any = json.loads(manifest_of(found.path).read_text("utf-8"))
        return Backup(
            found.path,
            moment_of(content["at"]).astimezone(UTC),
            Reason(content["reason"]),
            found.size,
            {str(kind): int(n) for kind, n in content["counts"].items()},
            int(content["last_change"]),
            str(content["sha256"]),
            str(content["salt"]),
            str(content["tip"]),
            str(content["journal"]),
            str(content["key"]),
            found.number,
            whole=found.size == int(content["size"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None

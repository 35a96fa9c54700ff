"""What is typed of an entry and not saved yet, as its draft keeps it."""

from datetime import date
from typing import Any, NamedTuple, Self

from pmdesk.journal.journal import Journal
from pmdesk.records.entry import Entry


class Typed(NamedTuple):
    """The fields of an entry as they stand on the page; `tags` as the line holds them."""

    entry: Entry
    text: str
    tags: str
    clients: tuple[int, ...]
    mood: int | None

    def content(self) -> dict[str, Any]:
        """As a draft holds it."""
        return {
            "id": self.entry.id,
            "uuid": self.entry.uuid,
            "day": self.entry.day.isoformat() if self.entry.day else "",
            "text": self.text,
            "tags": self.tags,
            "clients": list(self.clients),
            "mood": self.mood,
        }

    @classmethod
    def of_content(cls, journal: Journal, content: dict[str, Any], today: date) -> Self:
        """What a draft holds, of the entry as it is stored now: it may have been saved since."""
        uuid = str(content.get("uuid") or "")
        stored = journal.find(Entry, "id = ? OR uuid = ?", [content.get("id"), uuid], limit=1)
        try:
            day = date.fromisoformat(str(content.get("day")))
        except ValueError:
            day = today
        entry = stored[0] if stored else Entry(day=day, uuid=uuid)
        mood = content.get("mood")
        return cls(
            entry,
            str(content.get("text", "")),
            str(content.get("tags", "")),
            tuple(one for one in content.get("clients", ()) if isinstance(one, int)),
            mood if isinstance(mood, int) else None,
        )

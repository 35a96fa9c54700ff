"""A new journal, ready to write in."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from pmdesk.journal.journal import Journal
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.identity import Identity
from pmdesk.words import Language, mark, words_for

BEGIN: Final = mark("Journal begun")
OWN: Final = mark("Own addresses kept")


def create_journal(
    path: Path,
    passphrase: str | None = None,
    *,
    at: datetime,
    language: Language = "en",
    hours: str = "Mon-Fri 09:00-12:00 13:00-18:00",
) -> Journal:
    """A new journal with one work calendar, so that working hours can be counted at once."""
    words = words_for(language)
    journal = Journal.create(path, passphrase)
    with journal.action(BEGIN, at=at) as act:
        act.save(
            WorkCalendar(
                name=words(mark("Mainland China, 09:00–18:00")),
                zone="Asia/Shanghai",
                hours=hours,
                country="CN",
            )
        )
    return journal


def keep_own(journal: Journal, patterns: Sequence[str], *, at: datetime) -> None:
    """Keep the person's own addresses."""
    if patterns:
        with journal.action(OWN, at=at) as act:
            for pattern in dict.fromkeys(patterns):
                act.save(Identity(pattern=pattern))

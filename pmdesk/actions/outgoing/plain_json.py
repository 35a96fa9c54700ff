"""All records as one JSON object of lists by kind, for other programs."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pmdesk.actions.outgoing.values import Sent, Wish, records_of
from pmdesk.exchange.placing import placed
from pmdesk.journal.codec import moment_text
from pmdesk.journal.journal import Journal
from pmdesk.records.kinds import KINDS


def write(journal: Journal, target: Path, wish: Wish) -> Sent:
    """Lists of records by kind. Raises NotWritten and JournalError."""
    total = 0
    with placed(target) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"pmdesk": 1')
        for place, kind in enumerate(KINDS.values()):
            wish.progress(place, len(KINDS))
            records = records_of(journal, kind, wish.client)
            if not records:
                continue
            file.write(f',\n"{kind.name}": [')
            for number, record in enumerate(records):
                values = {f.name: _plain(getattr(record, f.name)) for f in kind.fields}
                file.write(f"{',' if number else ''}\n{json.dumps(values, ensure_ascii=False)}")
            file.write("\n]")
            total += len(records)
        file.write("}\n")
    return Sent((target,), total)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value

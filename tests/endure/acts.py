"""What a person does to a journal, and a journal told in short, so that two can be compared."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from pmdesk.actions.records import save_record
from pmdesk.journal.schema import logged_tables
from pmdesk.records.client import Client

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TEXT = "延期的原因 please confirm the schedule, 预算 and dates. "


def told(journal):
    """All records and steps of a journal as one short text, without what chance gave them."""
    whole = blake2b(digest_size=12)
    for table in sorted(logged_tables()):
        names = ", ".join(f'"{name}"' for name in logged_tables()[table] if name != "uuid")
        for row in journal.rows(f"SELECT {names} FROM {table} ORDER BY id"):
            whole.update(repr((table, row)).encode())
    for row in journal.rows("SELECT id, label, kind, state FROM action ORDER BY id"):
        whole.update(repr(row).encode())
    return whole.hexdigest()


def save(journal, number):
    """One save as the window's form makes it: of its own size, so that pages split anew."""
    notes = TEXT * (1 + number * 7 % 60)
    client = Client(name=f"Client {number}", notes=notes, goals=f"goal {number}")
    save_record(journal, client, at=NOW + timedelta(minutes=number))

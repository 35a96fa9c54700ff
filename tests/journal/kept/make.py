"""Makes a journal of this version to be kept: `python -m tests.journal.kept.make FOLDER`.

Run once when a version goes out; every later version must open what it made (test_kept.py).
"""

import gzip
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.journal.journal import Journal
from pmdesk.journal.migrations import VERSION
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.needs import Need
from pmdesk.records.solutions import Option
from pmdesk.records.trust import Promise

# The format of the last release: raised once its journals are kept here.
RELEASED = 5
PASSPHRASE = "口令 of the kept journal"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MAIL = "".join(
    "From x@y Mon Mar  2 09:00:00 2026\n"
    f"From: {sender}\nTo: {to}\nSubject: 验收 plan\nDate: Mon, 02 Mar 2026 {hour}:00:00 +0000\n"
    f"Message-ID: <{number}@x>\n{parent}\n预算 and dates\n\n"
    for number, sender, to, hour, parent in (
        (1, "Li Wei <li@pine.example>", "me@oak.example", "09", ""),
        (2, "me@oak.example", "li@pine.example", "12", "In-Reply-To: <1@x>\n"),
        (3, "Li Wei <li@pine.example>", "me@oak.example", "13", "In-Reply-To: <2@x>\n"),
    )
)


def fill(journal: Journal, folder: Path) -> None:
    """Clients, mail, records, an undone and a deleted one: whatever the log may hold."""
    box = folder / "box.mbox"
    box.write_text(MAIL, "utf-8")
    setup = MailSetup(own=["@oak.example"], clients={"青松 Pine": ["@pine.example"]})
    import_mail(journal, [box], setup, at=AT)
    pine = journal.find(Client)[0]
    with journal.action("Add", at=AT) as act:
        act.save(Promise(client_id=pine.id, what="Test report", to_whom="Li Wei",
                         made_on=date(2026, 3, 2), due=date(2026, 3, 6)))  # fmt: skip
        act.save(Expectation(client_id=pine.id, statement="Live in May", said_by="Li Wei",
                             dimension=Dimension.SCHEDULE, expected_day=date(2026, 5, 4)))  # fmt: skip
        act.save(Interaction(client_id=pine.id, channel=Channel.CALL, direction=Direction.INBOUND,
                             at=AT + timedelta(days=1), subject="Call", text="电话"))  # fmt: skip
        need = act.save(Need(client_id=pine.id, statement="Fewer stops", source="Li Wei",
                             noted_on=date(2026, 3, 2)))  # fmt: skip
        act.save(Option(client_id=pine.id, need_id=need.id, title="Spare pump", effort_days=3.5))
        act.save(Appointment(client_id=pine.id, what="Look at the line", at=AT + timedelta(days=2)))
        gone = act.save(Entry(day=date(2026, 3, 2), text="forgotten"))
    with journal.action("Delete", at=AT) as act:
        act.delete(gone)
    with journal.action("Add", at=AT) as act:
        act.save(Entry(day=date(2026, 3, 3), text="undone"))
    journal.undo()


def make(folder: Path) -> None:
    """One plain and one encrypted journal, packed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, passphrase in (("plain", None), ("encrypted", PASSPHRASE)):
        with TemporaryDirectory() as place:
            path = Path(place) / "kept.pmdesk"
            with Journal.create(path, passphrase) as journal:
                fill(journal, Path(place))
            packed = gzip.compress(path.read_bytes(), 9, mtime=0)
        (folder / f"v{VERSION}-{name}.pmdesk.gz").write_bytes(packed)


if __name__ == "__main__":
    make(Path(sys.argv[1]))

"""How long a file of 50 MB goes on being read after Cancel: the longest wait of several moments.

`python -m tests.bench.cancel_incoming [KIND …]`; each is also read to the end unless it takes long.
"""

import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from pmdesk.actions.importing import ImportCancelled, Job
from pmdesk.actions.incoming.importers import importer_of
from pmdesk.actions.incoming.taking import look_through
from pmdesk.actions.incoming.values import Given
from pmdesk.actions.openings import create_journal

SIZE = 49_000_000
AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
MOMENTS = (0.1, 0.3, 0.6, 1, 1.5, 2, 3, 4, 6, 8, 11, 15)
EVENT = "BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20261120T100000Z\r\nDTEND:20261120T110000Z\r\nSUMMARY:走查 {n}\r\nDESCRIPTION:{text}\r\nEND:VEVENT\r\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:周 {n}\r\nEMAIL:z{n}@pine.example\r\nNOTE:{text}\r\nEND:VCARD\r\n"
SAID = "{day:%d/%m/%Y}, {day:%H:%M} - {who}: {n} 测试报告 {text}\n"
ENTRY = "[{day:%Y-%m-%d %H:%M}] 走查 {n}. Called. @pine\n{text}\n"
KINDS = {"a.ics": EVENT, "a.vcf": CARD, "WhatsApp Chat with Zhou.txt": SAID, "jrnl.txt": ENTRY}


def written(path, pattern, words):
    """A file of the size with so many words in each piece."""
    text, n, size = "so it is " * words, 0, 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" if path.suffix == ".ics" else "")
        while size < SIZE:
            day = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=n % 3_600_000)
            piece = pattern.format(n=n, text=text, day=day, who=("Zhou", "Lin")[n % 2])
            size += len(piece.encode())
            n += 1
            file.write(piece)
        file.write("END:VCALENDAR\r\n" if path.suffix == ".ics" else "")


def wait_of(path, journal, moment):
    """How long a reading went on that was cancelled so many seconds after its beginning.

    With how far it was told to be; None of a reading that ended before.
    """
    stop, told, asked = threading.Event(), [0], []

    def cancel():
        asked.append(time.perf_counter())
        stop.set()

    timer = threading.Timer(moment, cancel)
    job = Job(lambda done, total: told.append(done / total), stop.is_set)
    began = time.perf_counter()
    timer.start()
    try:
        look_through(journal, importer_of(path), Given((path,)), at=AT, job=job)
    except ImportCancelled:
        return time.perf_counter() - asked[0], told[-1]
    timer.cancel()
    print(f"  read whole in {time.perf_counter() - began:.1f} s, told {len(told) - 1} times")
    return None


def waits(path, journal):
    """The moments of cancelling with what came of each."""
    for moment in MOMENTS:
        found = wait_of(path, journal, moment)
        if found is None:
            return
        yield moment, *found


def main(*kinds):
    """Measure every kind, with pieces that are short and long."""
    with TemporaryDirectory() as folder, create_journal(Path(folder, "j.pmdesk"), at=AT) as journal:
        for name, pattern in KINDS.items():
            for words in (2, 25, 200):
                if kinds and not any(kind in name for kind in kinds):
                    continue
                path = Path(folder, name)
                written(path, pattern, words)
                print(f"{name}, {words * 9} characters of text in each piece")
                found = list(waits(path, journal))
                shown = (f"{at} s: {wait:.2f} s, {told:.0%}" for at, wait, told in found)
                print(f"  {'  '.join(shown)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Damaged files of each format through the whole way in: each ends in what was read or why it was not."""

import resource
import signal
import time
from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pmdesk.actions.incoming.importers import BY_NAME
from pmdesk.actions.incoming.taking import Unanswered, look_through, take_in
from pmdesk.actions.merge import merge, other_side
from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import today
from pmdesk.exchange.archive import NotTaken
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.reading import Keep, read_mail
from pmdesk.journal import errors
from pmdesk.records.client import Client
from tests.bench.bench_real_files import answered
from tests.conftest import NOW
from tests.endure.broken import FORMATS, damaged
from tests.endure.trial import NEITHER, Trial, Tried

FILES = 10_000
MOST_SECONDS = 10
MOST_MB = 700
_KEPT = 100_000


class TooLong(BaseException):
    """A file took longer than it may. No Exception: what reads a file takes those for damage."""


@contextmanager
def within(seconds):
    """Raises TooLong in what goes on for longer."""

    def over(*_):
        raise TooLong(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def peak_mb():
    """The most memory that this process and its children ever had."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in whose) // 1024


def read(way, path, journal):
    """What came of a file, by its kind."""
    if way == "mail":
        found = read_mail([path], keep=Keep(attachments_up_to=_KEPT))
        return Counter("read" if isinstance(one, MailMessage) else "not read" for one in found)
    if way == "archive":
        return _merged(journal, path)
    importer = BY_NAME[way]
    given = answered(journal, importer, [path])
    seen = look_through(journal, importer, given, at=NOW)
    if seen.new:
        try:
            take_in(journal, importer, given, at=NOW)
            journal.undo(at=NOW)
        except Unanswered:
            return Counter({"not read": 1})
    return Counter({"read": seen.new, "not read": len(seen.not_taken) + seen.unclear})


def _merged(journal, path):
    """An archive taken into the journal, Today looked at, and all of it taken back."""
    try:
        done = merge(journal, other_side(path), prefer="there", at=NOW)
    except (NotTaken, errors.JournalError):
        return Counter({"not read": 1})
    if done.changes.action_id is not None:
        standings = Standings()
        standings.bring_up_to_date(journal, at=NOW)
        today(journal, standings.known.values(), at=NOW)
        journal.undo(at=NOW)
    return Counter(read=1)


def files(name, room):
    """A try is a damaged file; it may be read in part, refused, never more."""
    ending, sources, way = FORMATS[name]
    whole, before = sources(), peak_mb()
    path = room.folder / (ending[1:] if ending.startswith("/") else f"damaged{ending}")
    slowest = 0.0
    with create_journal(Path(room.folder, "j.pmdesk"), at=NOW) as journal:
        save_record(journal, Client(name="Pine"), at=NOW)
        for n in range(room.wanted):
            path.write_bytes(data := damaged(name, room.chance.choice(whole), room.chance))
            began = time.perf_counter()
            try:
                with within(MOST_SECONDS):
                    counts = read(way, path, journal)
            except (Exception, TooLong) as error:  # noqa: BLE001 - the table tells it
                kept = Path(f"build/endure-{name.replace(' ', '-')}-{room.seed}-{n}{path.suffix}")
                kept.parent.mkdir(exist_ok=True)
                kept.write_bytes(data)
                yield Tried(wrong=f"{type(error).__name__}: {error}, kept as {kept}")
                continue
            slowest = max(slowest, time.perf_counter() - began)
            if n + 1 == room.wanted:
                peak = peak_mb()
                if peak - before > MOST_MB:
                    yield Tried(wrong=f"{peak} MB of memory")
                yield Tried(note=f"slowest {slowest:.2f} s, peak {peak} MB:")
            elif counts["read"]:
                yield Tried(note="read in part or whole")
            else:
                yield Tried(note="refused" if counts["not read"] else "nothing in it")


# What ten thousand files of the format take, as shares of the time.
_WEIGHTS = {"pst": 4.0, "archive": 4.0, "register csv": 2.0, "jrnl": 2.0, "chat": 2.0, "vcf": 2.0}
TRIALS = tuple(
    Trial(
        f"damaged files, {name}",
        f"{name} with some of its bytes changed, through the whole way in",
        FILES,
        partial(files, name),
        forms=NEITHER,
        quick=12,
        weight=_WEIGHTS.get(name, 1.0),
    )
    for name in FORMATS
)

"""The acts that are broken off: each a course as a person takes it, on a small journal."""

import gzip
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.merge import merge, other_side
from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.journal import engine
from pmdesk.journal.backup import backup, restore
from pmdesk.journal.backups.guard import Chosen, guard
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.journal import Journal
from pmdesk.journal.migrations import VERSION
from pmdesk.journal.passphrase import change_passphrase
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from tests.actions.letters import DEV, LI, ME, SETUP, letter, mbox
from tests.endure.acts import NOW, TEXT, save
from tests.endure.courses import SHELF, Course

NEW = "another 口令"
ASIDE = "j.before-restore-{}.pmdesk"
KEPT = Path(__file__).parents[1] / "journal" / "kept" / "v8-plain.pmdesk.gz"


def begin(place):
    """A journal with some clients, two mailboxes and a backup."""
    with create_journal(place.journal, place.secret, at=NOW) as journal:
        for number in range(8):
            save(journal, number)
        backup(journal, place.backup)
    for box, first, count in (("few.mbox", 0, 4), ("many.mbox", 100, 40)):
        (place.folder / box).write_bytes(mbox(*_letters(first, count)))


def _letters(first, count):
    for number in range(first, first + count):
        sender, to = ((LI, ME), (DEV, LI))[number % 2]
        reply = number - 1 if number % 4 else None
        yield letter(number, sender, to, number, reply=reply, text=TEXT * (number % 9))


def opened(place):
    return closing(guarded(Journal.open(place.journal, place.secret)))


def guarded(journal):
    """As the window has it: a backup is made before each large act."""
    journal.before = guard(Chosen(), lambda: NOW)
    return journal


def take(journal, place, box):
    import_mail(journal, [place.folder / box], SETUP, at=NOW)


def saving(place):
    with opened(place) as journal:
        yield journal
        for number in range(100, 108):
            save(journal, number)
            yield journal


def importing(place):
    with opened(place) as journal:
        yield journal
        for box in ("few.mbox", "many.mbox"):
            take(journal, place, box)
            yield journal


def begin_undoing(place):
    begin(place)
    with opened(place) as journal:
        take(journal, place, "many.mbox")
        save(journal, 50)


def undoing(place):
    with opened(place) as journal:
        yield journal
        for act in (Journal.undo, Journal.undo, Journal.undo, Journal.redo, Journal.redo):
            act(journal, at=NOW)
            yield journal


def backing_up(place):
    with opened(place) as journal:
        yield journal
        for number in (100, 101):
            save(journal, number)
            yield journal
            backup(journal, place.backup)
            yield journal
        save(journal, 102)
        yield journal
        for reason in (Reason.CHANGED, Reason.HAND):
            place.shelf.keep(journal, reason, at=NOW)
            yield journal


def begin_restoring(place):
    """As it is after a window was killed: what was saved last stands in the log beside the file."""
    begin(place)
    with opened(place) as journal:
        for number in range(100, 104):
            save(journal, number)
        left = {suffix: Path(f"{place.journal}{suffix}").read_bytes() for suffix in ("", "-wal")}
    for suffix, content in left.items():
        Path(f"{place.journal}{suffix}").write_bytes(content)


def restoring(place):
    restore(place.backup, place.journal, place.secret)
    yield None
    with opened(place) as journal:
        save(journal, 200)
        yield journal
    restore(place.backup, place.journal, place.secret)
    yield None


def begin_migrating(place):
    """A journal as an earlier version left it."""
    old = place.folder / "old"
    old.write_bytes(gzip.decompress(KEPT.read_bytes()))
    if place.secret is None:
        old.rename(place.journal)
        return
    with closing(engine.connect(old, None)) as conn:
        where, key = (engine.literal(str(text)) for text in (place.journal, place.secret))
        conn.execute(f"ATTACH DATABASE {where} AS renewed KEY {key}")
        conn.execute("SELECT sqlcipher_export('renewed')")
        for name in ("application_id", "user_version"):
            value = conn.execute(f"PRAGMA main.{name}").fetchone()[0]
            conn.execute(f"PRAGMA renewed.{name} = {value}")
        conn.execute("DETACH DATABASE renewed")
    old.unlink()


def migrating(place):
    with opened(place) as journal:
        yield journal
        save(journal, 100)
        yield journal


def not_without_backup(place):
    """What is wrong with a journal that was migrated: there must be what it was before."""
    if not place.journal.exists():
        return ""  # that is told as lost
    with closing(engine.connect(place.journal, place.secret)) as conn:
        version = conn.execute("PRAGMA user_version").fetchone()[0]
    there = any(copy.reason == Reason.MIGRATION and copy.whole for copy in place.shelf.all())
    return "migrated, and not kept as it was" if version == VERSION and not there else ""


def begin_merging(place):
    """Two journals of one beginning that went on apart."""
    begin(place)
    there = place.folder / "there.pmdesk"
    shutil.copyfile(place.journal, there)
    for path, first in ((place.journal, 100), (there, 200)):
        with closing(Journal.open(path, place.secret)) as journal:
            clients = journal.find(Client, order="id")
            for client in clients[first // 100 : 5]:
                save_record(journal, replace(client, goals=f"of {first}"), at=NOW)
            for number in range(first, first + 6):
                save(journal, number)
            for number in range(12):
                at = NOW + timedelta(hours=first + number)
                talk = Interaction(
                    client_id=clients[0].id, at=at, subject="Call", text=TEXT * number
                )
                save_record(journal, talk, at=NOW)


def merging(place):
    with opened(place) as journal:
        yield journal
        take_other(journal, place)
        yield journal


def take_other(journal, place):
    side = other_side(place.folder / "there.pmdesk", place.secret)
    merge(journal, side, prefer="there", at=NOW)


def changing(place):
    journal = guarded(Journal.open(place.journal, place.secret))
    try:
        yield journal
        for number, secret in enumerate((NEW, place.secret)):
            journal = change_passphrase(journal, secret)
            yield journal
            save(journal, 100 + number)
            yield journal
    finally:
        journal.close()


COURSES = {
    course.name: course
    for course in (
        Course("save", begin, saving),
        Course("import", begin, importing, {SHELF: {2: 1, 3: 2}}),
        Course("undo", begin_undoing, undoing),
        Course(
            "backup", begin, backing_up, {"kept/b.pmdesk": {0: 0, 3: 3, 5: 5}, SHELF: {7: 6, 8: 6}}
        ),
        Course(
            "restore",
            begin_restoring,
            restoring,
            {ASIDE.format(1): {1: 0}, ASIDE.format(2): {3: 2}, "kept/b.pmdesk": {0: 1}},
        ),
        Course("migration", begin_migrating, migrating, {SHELF: {1: 0}}, not_without_backup),
        Course("merge", begin_merging, merging, {SHELF: {2: 1}}),
        Course("passphrase change", begin, changing, {SHELF: {2: 1, 4: 3}}),
    )
}

"""Damaged files of each format through the whole way in: what came of them, the slowest, the memory.

`python -m tests.bench.soak_files FOLDER [TIMES] [FORMAT…]`, the folder of real files. Each format has
a process of its own; what raises anything ends it.
"""

import gzip
import io
import json
import random
import resource
import subprocess
import sys
import tarfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from pmdesk.actions.archive import archived_side, export_archive
from pmdesk.actions.incoming.importers import BY_NAME
from pmdesk.actions.incoming.taking import look_through
from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.actions.sample import create_sample
from pmdesk.exchange.archive import NotTaken
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.reading import Keep, read_mail
from pmdesk.records.client import Client
from tests.bench.bench_real_files import answered
from tests.bench.soak_incoming import (
    ENTRIES,
    INVITATION,
    JRNL,
    MONICA,
    MONTH,
    TABLE,
    inside,
    mutated,
    workbook,
)
from tests.conftest import NOW
from tests.exchange.chat.test_forms import TEXTS
from tests.exchange.mail.stores import Folder, store

MOST = 100_000
LETTER = b"From: a@pine.example\nTo: me@oak.example\nSubject: s\nMessage-ID: <1@x>\n\ntext\n"
NOTE = {0x001A: "IPM.Note", 0x0037: "s", 0x1000: "text", 0x1035: "<1@x>"}


def files(root, kind, ending=""):
    """The small real files of a kind."""
    found = sorted(Path(root, kind).rglob(f"*{ending}"))
    return [p.read_bytes() for p in found if p.is_file() and p.stat().st_size < MOST]


def mailbox(root):
    """Real letters as one mbox, a few at a time."""
    some = files(root, "eml", ".eml")
    return [
        b"".join(b"From a@b Mon Mar  2 09:00:00 2026\n" + one + b"\n\n" for one in some[n : n + 4])
        for n in range(0, len(some), 4)
    ]


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Mail/a.eml", LETTER)
        archive.writestr("Mail/b.mbox", b"From a@b Mon Mar  2 09:00:00 2026\n" + LETTER)
    return out.getvalue()


def tarred(mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        info = tarfile.TarInfo("a.eml")
        info.size = len(LETTER)
        archive.addfile(info, io.BytesIO(LETTER))
    return out.getvalue()


def archive():
    """The sample journal as an archive."""
    with TemporaryDirectory() as folder:
        target = Path(folder, "a.zip")
        with create_sample(Path(folder, "a.pmdesk"), at=NOW) as journal:
            export_archive(journal, target)
        return target.read_bytes()


# By format: what its files end in, what is damaged, how it is read ("mail" or an importer's name).
FORMATS = {
    "eml": (".eml", lambda root: files(root, "eml", ".eml"), "mail"),
    "mbox": (".mbox", mailbox, "mail"),
    "msg": (".msg", lambda root: files(root, "msg", ".msg"), "mail"),
    "emlx": (".emlx", lambda _: [b"%d\n" % len(LETTER) + LETTER], "mail"),
    "zip": (".zip", lambda _: [zipped()], "mail"),
    "tar": (".tar", lambda _: [tarred("w")], "mail"),
    "tgz": (".tgz", lambda _: [tarred("w:gz")], "mail"),
    "gz": (".gz", lambda root: [gzip.compress(one) for one in mailbox(root)[:20]], "mail"),
    "pst": (".pst", lambda _: [store(Folder("Inbox", (NOTE,)))], "mail"),
    "ics": (".ics", lambda root: files(root, "ics", ".ics"), "calendar"),
    "invitation": (".txt", lambda _: [INVITATION], "calendar"),
    "vcf": (".vcf", lambda root: files(root, "vcf", ".vcf"), "cards"),
    "contacts csv": (".csv", lambda _: [TABLE], "cards"),
    "chat": (".txt", lambda _: [case.text.encode() for case in TEXTS], "chat"),
    "jrnl": (".txt", lambda _: [JRNL * 20], "journal"),
    "rednotebook": ("/2026-11.txt", lambda _: [MONTH, MONTH * 40], "journal"),
    "day one": (".json", lambda _: [ENTRIES], "journal"),
    "monica": (".json", lambda _: [MONICA], "monica"),
    "register csv": (".csv", lambda root: files(root, "csv", ".csv"), "registers"),
    "register xlsx": (".xlsx", lambda _: [workbook()], "registers"),
    "archive": (".zip", lambda _: [archive()], "archive"),
}
PACKED = frozenset({"register xlsx", "archive"})


def read(way, path, journal):
    """What came of a file, by its kind."""
    if way == "mail":
        found = read_mail([path], keep=Keep(attachments_up_to=MOST))
        return Counter("read" if isinstance(one, MailMessage) else "not read" for one in found)
    if way == "archive":
        try:
            return Counter(read=len(archived_side(path).records))
        except NotTaken:
            return Counter({"not read": 1})
    importer = BY_NAME[way]
    seen = look_through(journal, importer, answered(journal, importer, [path]), at=NOW)
    return Counter({"read": seen.new, "not read": len(seen.not_taken) + seen.unclear})


def soak(name, root, times):
    """One format: counts, the slowest in s, the memory of the process in MB."""
    ending, sources, way = FORMATS[name]
    whole, chance = sources(root), random.Random(7)
    counts, slowest = Counter(), 0.0
    with TemporaryDirectory() as folder:
        path = Path(folder, ending[1:] if ending.startswith("/") else f"damaged{ending}")
        with create_journal(Path(folder, "j.pmdesk"), at=NOW) as journal:
            save_record(journal, Client(name="Pine"), at=NOW)
            for _ in range(times):
                data = chance.choice(whole)
                within = name in PACKED and chance.random() < 0.8
                path.write_bytes(inside(data, chance) if within else mutated(data, chance))
                began = time.perf_counter()
                counts += read(way, path, journal)
                slowest = max(slowest, time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"times": times, "slowest_s": round(slowest, 2), "peak_mb": peak, **counts}


def main(root, times="2000", *names):
    """Each format in a process of its own; prints a line for each."""
    for name in names or FORMATS:
        words = [sys.executable, "-m", "tests.bench.soak_files", "--one", name, root, times]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        told = done.stdout.strip() or f"FAILED\n{done.stderr[-2000:]}"
        print(f"{name:14} {told}", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        print(json.dumps(soak(sys.argv[2], sys.argv[3], int(sys.argv[4]))))
    else:
        main(*sys.argv[1:])

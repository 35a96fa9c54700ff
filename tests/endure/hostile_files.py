"""Files made to fill memory or disk, to reach out of their folder, or to go on for ever."""

import io
import json
import tarfile
import zipfile
import zlib
from contextlib import suppress
from functools import partial
from pathlib import Path

import openpyxl

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.incoming.folders import sorted_out
from pmdesk.actions.incoming.importers import BY_NAME
from pmdesk.actions.letterhead import choose_logo
from pmdesk.actions.merge import other_side
from pmdesk.actions.openings import create_journal
from pmdesk.actions.originals import file_name, save_kept
from pmdesk.actions.records import save_record
from pmdesk.actions.refusals import Refused
from pmdesk.exchange.archive import NotTaken
from pmdesk.journal import errors
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from tests.actions.letters import LI, ME, SETUP, letter
from tests.conftest import NOW
from tests.endure.broken import workbook
from tests.endure.files import MOST_MB, TooLong, peak_mb, read, within
from tests.endure.trial import NEITHER, Trial, Tried

_SECONDS = 120
_MANY = 1_000_000
ELSEWHERE = Path("/tmp/escaped.eml")  # noqa: S108 - where nothing must ever stand
_NAMES = ("../../escaped.eml", str(ELSEWHERE), "..\\..\\escaped.eml", "C:\\escaped.eml", "a/../../escaped.eml", "con.eml", "x\u202elme.exe", "a\x00b.eml", "." * 300 + ".eml")  # fmt: skip
_ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]>"  # fmt: skip


def packed(entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in entries:
            info = zipfile.ZipInfo("x")
            info.filename = name  # as it stands: the library would mend it
            info.compress_type = method
            made.writestr(info, data)
    return out.getvalue()


def many_entries(name="{n}.eml"):
    """A zip with a million empty entries, written by hand: the library would take minutes."""
    local, listed, at = [], [], 0
    for n in range(_MANY):
        called = name.format(n=n).encode()
        head = len(called).to_bytes(2, "little") + b"\0\0" + called
        local.append(b"PK\3\4\x14" + b"\0" * 21 + head)
        listed.append(b"PK\1\2\x14\0\x14" + b"\0" * 21 + len(called).to_bytes(2, "little") + b"\0" * 12
                      + at.to_bytes(4, "little") + called)  # fmt: skip
        at += 30 + len(called)
    size = sum(map(len, listed))
    end64 = (b"PK\6\6" + (44).to_bytes(8, "little") + b"\x2d\0\x2d\0" + b"\0" * 8
             + _MANY.to_bytes(8, "little") * 2 + size.to_bytes(8, "little") + at.to_bytes(8, "little"))  # fmt: skip
    where = b"PK\6\7" + b"\0" * 4 + (at + size).to_bytes(8, "little") + b"\1\0\0\0"
    last = b"PK\5\6" + b"\0" * 4 + b"\xff" * 12 + b"\0\0"
    return b"".join([*local, *listed, end64, where, last])


def replaced(part, data):
    """The workbook with one of its parts swapped."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as whole:
        return packed([(n, data if n == part else whole.read(n)) for n in whole.namelist()])


def bombed(part):
    """A workbook in whose part few bytes stand for very many."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as whole:
        text = whole.read(part)
    head, _, rest = text.partition(b">") if text.startswith(b"<?xml") else (b"", b"", text)
    return replaced(
        part, head + (b">" if head else b"") + _ENTITIES + rest.replace(b"Pump", b"&j;")
    )


def wide():
    book = openpyxl.Workbook()
    book.active.append([f"ID {n}" for n in range(16_384)])
    book.active["XFD1048576"] = "far away"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def tarred():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name in _NAMES[:5]:
            info = tarfile.TarInfo(name)
            info.size = 5
            made.addfile(info, io.BytesIO(b"x: y\n"))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"{kind!r}.eml")
            info.type, info.linkname = kind, "/etc/passwd"
            made.addfile(info)
    return out.getvalue()


def zeroes(megabytes):
    return b"From a@b Mon Mar  2 09:00:00 2026\n" + letter(1, LI, ME, 1) + bytes(megabytes << 20)


def deflated(megabytes):
    """A gzip file of very many zeroes, made without holding them."""
    making = zlib.compressobj(9, zlib.DEFLATED, 31)
    out = [making.compress(bytes(1 << 20)) for _ in range(megabytes)]
    return b"".join([*out, making.flush()])


def nested_zip(times):
    data = packed([("a.eml", letter(1, LI, ME, 1))])
    for _ in range(times):
        data = packed([("a.zip", data)])
    return data


def with_files():
    """A mail whose attachments have names that mean something else."""
    parts = "".join(
        f'--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="{name}"\n\nx\n'
        for name in (n.replace("\x00", "%00") for n in _NAMES)
    )
    head = letter(1, LI, ME, 1, Content_Type='multipart/mixed; boundary="b"').decode()
    return f"{head}\n{parts}--b--\n".encode("utf-8", "surrogateescape")


def nested_mail(times):
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(times)
    )


_HEAD = b"From: Li <li@pine.example>\nTo: me@oak.example\nMessage-ID: <1@x>\n"
_EVENT = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:19000101T000000Z\nDTEND:19000101T010000Z\n{rule}\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"
# What is made, what its name ends in, and how it comes in.
FILES = {
    "xlsx, entities in the sheet": (lambda: bombed("xl/worksheets/sheet1.xml"), ".xlsx", "registers"),
    "xlsx, entities in its styles": (lambda: bombed("xl/styles.xml"), ".xlsx", "registers"),
    "xlsx, entities in its list": (lambda: bombed("xl/workbook.xml"), ".xlsx", "registers"),
    "xlsx, a part of 2 GB": (lambda: replaced("xl/worksheets/sheet1.xml", bytes(2 << 30)), ".xlsx", "registers"),
    "xlsx, a cell far away": (wide, ".xlsx", "registers"),
    "docx with entities as mail": (lambda: packed([("word/document.xml", _ENTITIES + b"<x>&j;</x>")]), ".docx", "mail"),
    "a million entries as mail": (many_entries, ".zip", "mail"),
    "a million entries as an archive": (many_entries, ".zip", "archive"),
    "a million entries as a journal": (lambda: many_entries("{n}.json"), ".zip", "journal"),
    "a million entries as a workbook": (lambda: many_entries("xl/{n}.xml"), ".xlsx", "registers"),
    "zip that names other folders": (lambda: packed([(n, letter(i, LI, ME, i)) for i, n in enumerate(_NAMES)]), ".zip", "mail"),
    "archive that names other folders": (lambda: packed([(n, b"x") for n in _NAMES]), ".zip", "archive"),
    "tar with links and devices": (tarred, ".tar", "mail"),
    "zip of a gigabyte of zeroes": (lambda: packed([("a.mbox", zeroes(1024))]), ".zip", "mail"),
    "gz of 8 GB": (lambda: deflated(8192), ".mbox.gz", "mail"),
    "zip in zip in zip": (lambda: nested_zip(200), ".zip", "mail"),
    "mail, files of other folders": (with_files, ".eml", "taken"),
    "mail, 20,000 levels of parts": (lambda: _HEAD + nested_mail(20_000), ".eml", "mail"),
    "mail, a head line of 50 MB": (lambda: _HEAD + b"Subject: " + b"x" * (50 << 20) + b"\n\nx", ".eml", "mail"),
    "mail, 500,000 head lines": (lambda: _HEAD + b"X-A: b\n" * 500_000 + b"\nx", ".eml", "mail"),
    "mail, 100,000 addressees": (lambda: _HEAD + b"Cc: " + b"a@b.example, " * 100_000 + b"\n\nx", ".eml", "mail"),
    "mail, HTML without an end": (lambda: _HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 500_000, ".eml", "mail"),
    "ics, every second for ever": (lambda: _EVENT.format(rule="RRULE:FREQ=SECONDLY").encode(), ".ics", "calendar"),
    "ics, a rule that never comes": (lambda: _EVENT.format(rule="RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").encode(), ".ics", "calendar"),
    "ics, a line of 30 MB": (lambda: _EVENT.format(rule="X:" + "y" * (30 << 20)).encode(), ".ics", "calendar"),
    "vcf, 200,000 in each other": (lambda: b"BEGIN:VCARD\nFN:x\n" * 200_000, ".vcf", "cards"),
    "json, a million levels": (lambda: b'{"entries":' + b"[" * _MANY, ".json", "journal"),
    "json, a number of a million digits": (lambda: json.dumps({"entries": [{"text": "x", "date": 0}]}).encode().replace(b"0", b"9" * _MANY), ".json", "journal"),
    "csv, 200,000 columns": (lambda: b"ID,Risk" + b",x" * 200_000 + b"\n" + b"1,Pump" + b",y" * 200_000, ".csv", "registers"),
    "csv, a quote without an end": (lambda: b'ID,Risk description\n1,"' + b"x\n" * 10_000_000, ".csv", "registers"),
    "yaml that names itself": (lambda: b"3:\n  text: &a [" + b"*a," * 10 + b"]\n" + b"".join(b"%d: &b%d [*a,*a,*a]\n" % (n, n) for n in range(4, 20)), "/2026-11.txt", "journal"),
    "svg logo with an entity": (lambda: b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>", ".svg", "logo"),
    "svg logo with a script": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", ".svg", "logo"),
    "journal that is a text": (lambda: b"x" * 4096, ".pmdesk", "merged"),
}  # fmt: skip


def hostile(room):
    """A try is a file; it is read in part or refused within bounds, and nothing stands elsewhere."""
    names = list(FILES)
    if room.quick:
        small = [n for n in names if "million" not in n and "MB" not in n and "GB" not in n]
        names = room.chance.sample([n for n in small if "gigabyte" not in n], room.wanted)
    base = peak_mb()
    with create_journal(room.folder / "j.pmdesk", at=NOW) as journal:
        save_record(journal, Client(name="Pine"), at=NOW)
        for number, name in enumerate(names):
            folder = room.folder / "deep" / str(number)
            folder.mkdir(parents=True)
            make, ending, way = FILES[name]
            path = folder / (ending[1:] if ending.startswith("/") else f"hostile{ending}")
            path.write_bytes(make())
            # what making it took is not the program's
            base = max(base, peak_mb())
            yield _tried(name, partial(_come_in, journal, path, way), room.folder, folder, base)
            path.unlink()


def _tried(name, come_in, room_folder, folder, base):
    wrong = ""
    before = {p.name for p in room_folder.iterdir()}
    try:
        with within(_SECONDS):
            wrong = come_in()
    except (Exception, TooLong) as error:  # noqa: BLE001 - whatever it is, the table tells it
        wrong = f"{type(error).__name__}: {str(error)[:200]}"
    # what was saved lies in the folder made for it, under a name of one part
    around = (p for p in room_folder.rglob("*escaped*") if p.parent.name != "saved")
    escaped = [*around, *folder.parent.glob("*.eml")]
    now = {p.name for p in room_folder.iterdir()}
    strange = now - before - {"deep", "j.pmdesk-wal", "j.pmdesk-shm"}
    if escaped or strange or ELSEWHERE.exists():
        wrong = f"wrote {[*escaped, *strange]}"
    if not wrong and (grown := peak_mb() - base) > MOST_MB:
        wrong = f"{grown} MB of memory"
    return Tried(wrong=f"{name}: {wrong}" if wrong else "", note="" if wrong else "within bounds")


def _come_in(journal, path, way):
    if way == "logo":
        with suppress(Refused):
            choose_logo(journal, path, at=NOW)
    elif way == "taken":
        return _taken(journal, path)
    elif way == "merged":
        with suppress(errors.JournalError, NotTaken):
            other_side(path)
    else:
        if way in BY_NAME:
            sorted_out([path])
        read(way, path, journal)
    return ""


def _taken(journal, path):
    """Take a mail, and save its files into a folder beside it: none stands elsewhere."""
    import_mail(journal, [path], SETUP, at=NOW)
    folder = path.parent / "saved"
    folder.mkdir()
    for one in journal.find(Attachment):
        target = folder / file_name(one.name)
        if target.parent != folder or any(c in target.name for c in "\u202e\x00"):
            return f"a file is called {target.name!r}"
        try:
            save_kept(journal, one, target)
        except Refused:
            continue
    there = {p.name for p in folder.rglob("*")}
    return "" if len(there) >= len(_NAMES) - 2 else f"only {sorted(there)}"


TRIALS = (
    Trial(
        "hostile files",
        "bombs, a million entries, names of other folders, rules that never end",
        0,
        hostile,
        forms=NEITHER,
        quick=6,
        weight=1.0,
    ),
)

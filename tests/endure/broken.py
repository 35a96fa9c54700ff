"""Small files of each format, real ones where this machine has them, and ways to damage them."""

import gzip
import io
import json
import os
import tarfile
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from pmdesk.actions.archive import export_archive
from pmdesk.exchange.archive import read_archive, write_archive
from pmdesk.journal.journal import Journal
from tests.actions.letters import LI, ME, letter, mbox
from tests.conftest import ROOT
from tests.endure.person import CARD, ICS, TABLE
from tests.endure.whole import filled
from tests.exchange.chat.test_forms import TEXTS
from tests.exchange.mail.conftest import _message
from tests.exchange.mail.stores import Folder, store

REAL = Path(os.environ.get("PMDESK_DATA", ROOT.parent / "shared" / "data"))
_MOST = 100_000
_LETTER = b"From: a@pine.example\nTo: me@oak.example\nSubject: s\nMessage-ID: <1@x>\n\ntext\n"
_NOTE = {0x001A: "IPM.Note", 0x0037: "s", 0x1000: "text", 0x1035: "<1@x>"}
_INVITATION = "林悦 邀请您参加腾讯会议\n会议主题：周会\n会议时间：2026/11/26-2026/12/17 10:00-11:00, 每周\n#腾讯会议：123-456-789\n"
_PEOPLE = '姓,名,单位,移动电话,电子邮件地址\n周,启明,"青松\n制造",13800001111,z@pine.example\n'
_JRNL = "[2026-11-20 09:30] Called Pine. @pine\n[2026-11-21 08:00] 二厂区走查。\n"
_MONTH = '3:\n  text: \'Walked **there** //so// [""a"".png] #x\'\n  Tags: {Pine: null}\n17:\n  text: |-\n    走查\n'
_ENTRIES = b'{"metadata": {"version": "1.0"}, "entries": [{"uuid": "7A", "creationDate": "2026-11-19T23:30:00Z", "timeZone": "Asia/Shanghai", "text": "So\\\\. ![](dayone-moment://7)", "tags": ["a"], "photos": [{}]}, {"title": "T", "body": "b", "date": "2026-11-20", "time": "09:30", "tags": ["@a"]}]}'
_MONICA = json.dumps({"version": "1.0", "app_version": "3.7.0", "account": {
    "properties": {"journal_entries": [{"uuid": "j", "properties": {"title": "a", "post": "b", "date": "2026-11-16"}}]},
    "data": [{"type": "contact", "values": [{"uuid": "p", "properties": {"first_name": "A", "company": "P"}, "data": [
        {"type": "note", "values": [{"created_at": "2026-11-18T09:00:00Z", "properties": {"body": "x"}}]},
        {"type": "call", "values": [{"properties": {"called_at": "2026-11-18T09:00:00Z", "content": "x"}}]},
        {"type": "contact_field", "values": [{"properties": {"data": "a@b.example"}}]},
        {"type": "conversation", "values": [{"properties": {"messages": [{"properties": {"content": "x"}}]}}]},
        {"type": "activity", "values": ["a1"]}]}]},
        {"type": "activity", "values": [{"uuid": "a1", "properties": {"happened_at": "2026-11-17"}}]}]}}).encode()  # fmt: skip
_JUNK = (None, [], {}, "", 7, -1.5, True, "\x00", "2026-13-40", [[]], {"values": 3}, "x" * 1_000)


def _files(kind, *own):
    """The small real files of a kind; where there are none, those that we write ourselves."""
    folder = REAL / kind
    some = [p for p in sorted(folder.rglob("*.*")) if p.is_file() and p.stat().st_size < _MOST]
    return [*own, *(p.read_bytes() for p in some)]


def _letters():
    people = ((LI, ME), (ME, LI))
    own = [letter(n, *people[n % 2], n, reply=n - 1, text="延期 please\n" * n) for n in range(1, 9)]
    return _files("eml", *own)


def _mailboxes():
    some = _letters()
    return [mbox(*some[n : n + 4]) for n in range(0, len(some), 4)]


def _zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Mail/a.eml", _LETTER)
        packed.writestr("Mail/b.mbox", mbox(_LETTER))
    return out.getvalue()


def _tarred(mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as packed:
        info = tarfile.TarInfo("a.eml")
        info.size = len(_LETTER)
        packed.addfile(info, io.BytesIO(_LETTER))
    return out.getvalue()


def _archive():
    """A journal with all that one may hold, small, as an archive."""
    with TemporaryDirectory() as folder:
        path, target = Path(folder, "a.pmdesk"), Path(folder, "a.zip")
        with Journal.open(filled(path, acts=10)) as journal:
            export_archive(journal, target)
        return target.read_bytes()


def workbook():
    """A small register as a workbook."""
    book = openpyxl.Workbook()
    book.active.append(["风险登记册"])
    book.active.append(["ID", "Risk description", "概率", "Due date", "状态"])
    for n in range(12):
        book.active.append([n, f"Pump {n}", 0.3, date(2026, 12, n + 1), "跟踪中"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# By format: what its files end in, what is damaged, how it is read ("mail" or an importer's name).
FORMATS = {
    "eml": (".eml", _letters, "mail"),
    "mbox": (".mbox", _mailboxes, "mail"),
    "msg": (".msg", lambda: _files("msg", _message(dict(_NOTE))), "mail"),
    "emlx": (".emlx", lambda: [b"%d\n" % len(_LETTER) + _LETTER], "mail"),
    "zip": (".zip", lambda: [_zipped()], "mail"),
    "tar": (".tar", lambda: [_tarred("w")], "mail"),
    "tgz": (".tgz", lambda: [_tarred("w:gz")], "mail"),
    "gz": (".gz", lambda: [gzip.compress(one) for one in _mailboxes()[:20]], "mail"),
    "pst": (".pst", lambda: [store(Folder("Inbox", (_NOTE,)))], "mail"),
    "ics": (".ics", lambda: _files("ics", ICS.encode()), "calendar"),
    "invitation": (".txt", lambda: [_INVITATION.encode()], "calendar"),
    "vcf": (".vcf", lambda: _files("vcf", CARD.encode()), "cards"),
    "contacts csv": (".csv", lambda: [_PEOPLE.encode()], "cards"),
    "chat": (".txt", lambda: [case.text.encode() for case in TEXTS], "chat"),
    "jrnl": (".txt", lambda: [_JRNL.encode() * 20], "journal"),
    "rednotebook": ("/2026-11.txt", lambda: [_MONTH.encode(), _MONTH.encode() * 40], "journal"),
    "day one": (".json", lambda: [_ENTRIES], "journal"),
    "monica": (".json", lambda: [_MONICA], "monica"),
    "register csv": (".csv", lambda: _files("csv", TABLE.encode()), "registers"),
    "register xlsx": (".xlsx", lambda: [workbook()], "registers"),
    "archive": (".zip", lambda: [_archive()], "archive"),
}
_PACKED = frozenset({"register xlsx", "archive"})
_JSON = frozenset({"day one", "monica"})


def damaged(name, data, chance):
    """The file damaged in a way that its format gives occasion for."""
    if name == "archive" and chance.random() < 0.7:
        return bent_archive(data, chance)
    if name in _PACKED and chance.random() < 0.8:
        return inside(data, chance)
    if name in _JSON and chance.random() < 0.5:
        return json.dumps(bent(json.loads(data), chance)).encode()
    return mutated(data, chance)


def mutated(data, chance):
    """The bytes with a few of them changed, doubled, cut out or swapped for others."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        if not found:
            break
        place = chance.randrange(len(found))
        match chance.randrange(4):
            case 0:
                found[place] = chance.randrange(256)
            case 1:
                found[place] = chance.choice(b'0123456789;:=,\n\\"TZ-')
            case 2:
                del found[place : place + chance.randrange(1, 80)]
            case 3:
                found[place:place] = found[place : place + chance.randrange(1, 200)]
    return bytes(found)


def inside(data, chance):
    """A packed file with one of its parts mutated, packed again as if nothing had happened."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as whole,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        hit = chance.choice(whole.namelist())
        for name in whole.namelist():
            part = whole.read(name)
            packed.writestr(name, mutated(part, chance) if name == hit else part)
    return out.getvalue()


def bent_archive(data, chance):
    """An archive one of whose tables says what it should not, with sums as if it had been made so."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.zip")
        path.write_bytes(data)
        head, tables, _ = read_archive(path)
        rows = {name: list(table) for name, table in tables.items()}
        row = chance.choice(rows[chance.choice([name for name in rows if rows[name]])])
        for _ in range(chance.randint(1, 3)):
            name = chance.choice(list(row))
            row[name] = chance.choice((*_JUNK, f"{row[name]}\ud800", bent(row[name], chance)))
        write_archive(path, {"journal": head["journal"]}, rows.items(), [])
        return path.read_bytes()


def bent(found, chance):
    """JSON with some of its values swapped for others that are no such thing."""
    if chance.random() < 0.03:
        return chance.choice(_JUNK)
    if isinstance(found, dict):
        return {key: bent(value, chance) for key, value in found.items()}
    return [bent(one, chance) for one in found] if isinstance(found, list) else found

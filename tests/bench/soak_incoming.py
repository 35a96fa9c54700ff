"""Mutated calendars, address books and registers: how many were read, what the slowest took.

`python -m tests.bench.soak_incoming FOLDER [TIMES]`, the folder of real files; needs no journal.
"""

import json
import random
import sys
import time
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from pmdesk.actions.incoming.register_fields import is_name
from pmdesk.exchange.calendar.ics import read_ics
from pmdesk.exchange.calendar.pasted import read_invitations
from pmdesk.exchange.cards.monica import read_monica
from pmdesk.exchange.cards.table import read_table
from pmdesk.exchange.cards.vcf import read_vcf
from pmdesk.exchange.journals.day_one import read_entries
from pmdesk.exchange.journals.jrnl import read_jrnl
from pmdesk.exchange.journals.rednotebook import read_rednotebook
from pmdesk.exchange.mail.charsets import decode
from pmdesk.exchange.tables.days import NoDay, moment_of
from pmdesk.exchange.tables.reading import read_tables
from pmdesk.exchange.tables.values import Refused

INVITATION = "林悦 邀请您参加腾讯会议\n会议主题：周会\n会议时间：2026/11/26-2026/12/17 10:00-11:00, 每周\n#腾讯会议：123-456-789\n".encode()
TABLE = (
    '姓,名,单位,移动电话,电子邮件地址\n周,启明,"青松\n制造",13800001111,z@pine.example\n'.encode()
)
JRNL = "[2026-11-20 09:30] Called Pine. @pine\n[2026-11-21 08:00] 二厂区走查。\n".encode()
MONTH = '3:\n  text: \'Walked **there** //so// [""a"".png] #x\'\n  Tags: {Pine: null}\n17:\n  text: |-\n    走查\n'.encode()
ENTRIES = b'{"metadata": {"version": "1.0"}, "entries": [{"uuid": "7A", "creationDate": "2026-11-19T23:30:00Z", "timeZone": "Asia/Shanghai", "text": "So\\\\. ![](dayone-moment://7)", "tags": ["a"], "photos": [{}]}, {"title": "T", "body": "b", "date": "2026-11-20", "time": "09:30", "tags": ["@a"]}]}'
MONICA = json.dumps({"version": "1.0", "app_version": "3.7.0", "account": {
    "properties": {"journal_entries": [{"uuid": "j", "properties": {"title": "a", "post": "b", "date": "2026-11-16"}}]},
    "data": [{"type": "contact", "values": [{"uuid": "p", "properties": {"first_name": "A", "company": "P"}, "data": [
        {"type": "note", "values": [{"created_at": "2026-11-18T09:00:00Z", "properties": {"body": "x"}}]},
        {"type": "call", "values": [{"properties": {"called_at": "2026-11-18T09:00:00Z", "content": "x"}}]},
        {"type": "contact_field", "values": [{"properties": {"data": "a@b.example"}}]},
        {"type": "conversation", "values": [{"properties": {"messages": [{"properties": {"content": "x"}}]}}]},
        {"type": "activity", "values": ["a1"]}]}]},
        {"type": "activity", "values": [{"uuid": "a1", "properties": {"happened_at": "2026-11-17"}}]}]}}).encode()  # fmt: skip
MOST = 100_000


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


def soak(name, sources, read, times):
    """Read so many mutations of the sources."""
    chance, slowest, counts = random.Random(7), 0.0, Counter()
    for _ in range(times):
        data = mutated(chance.choice(sources), chance)
        began = time.perf_counter()
        counts.update(type(one).__name__ for one in read(data))
        slowest = max(slowest, time.perf_counter() - began)
    print(f"{name}: {times} mutations, slowest {slowest:.2f} s, {dict(counts)}")


def calendar(data):
    """Everything a calendar gives."""
    found = read_ics(decode(data), date(2025, 11, 22), date(2027, 5, 24))
    return [*found.events, *found.broken]


def workbook():
    """A small register as a workbook."""
    book = openpyxl.Workbook()
    book.active.append(["风险登记册"])
    book.active.append(["ID", "Risk description", "概率", "Due date", "状态"])
    for n in range(12):
        book.active.append([n, f"Pump {n}", 0.3, date(2026, 12, n + 1), "跟踪中"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def inside(data, chance):
    """A workbook with one of its parts mutated, packed again as if nothing had happened."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as whole, ZipFile(out, "w", ZIP_DEFLATED) as packed:
        hit = chance.choice(whole.namelist())
        for name in whole.namelist():
            part = whole.read(name)
            packed.writestr(name, mutated(part, chance) if name == hit else part)
    return out.getvalue()


def tables(data):
    """Every table of a file with its days read, or why it has none."""
    try:
        found = read_tables(data, is_name)
    except Refused as error:
        yield error
        return
    for table in found:
        yield table
        for row in table.rows:
            for cell in row.cells:
                try:
                    moment_of(cell)
                except NoDay:
                    continue


def books(seed):
    """Damage inside of a workbook's parts, which damage to the whole seldom reaches."""
    chance = random.Random(seed)

    def read(data):
        return tables(inside(workbook(), chance) if chance.random() < 0.8 else data)

    return read


def month(data):
    """Every day of a month file."""
    return read_rednotebook("2026-11.txt", decode(data))


JUNK = (None, [], {}, "", 7, -1.5, True, "\x00", "2026-13-40", [[]], {"values": 3}, "x" * 1_000)


def bent(found, chance):
    """JSON with some of its values swapped for others that are no such thing."""
    if chance.random() < 0.03:
        return chance.choice(JUNK)
    if isinstance(found, dict):
        return {key: bent(value, chance) for key, value in found.items()}
    return [bent(one, chance) for one in found] if isinstance(found, list) else found


def bent_entries(data):
    """Entries of a journal in which values were swapped."""
    return read_entries(json.dumps(bent(json.loads(ENTRIES), random.Random(data))).encode())


def account(data):
    """The people of an account, in which bytes were changed, and of one with values swapped."""
    chance = random.Random(data)
    whole = read_monica(json.dumps(bent(json.loads(MONICA), chance)).encode())
    other = read_monica(data)
    return [*(whole.people if whole else ()), *(other.people if other else ())]


def main(folder, times="2000"):
    """Soak every kind."""

    def files(kind):
        return [
            p.read_bytes()
            for p in sorted(Path(folder, kind).rglob("*.*"))
            if p.is_file() and p.stat().st_size < MOST
        ]

    soak("ics", files("ics"), calendar, int(times))
    soak("invitation", [INVITATION], lambda data: read_invitations(decode(data)), int(times))
    soak("vcf", files("vcf"), read_vcf, int(times))
    csv = [*files("csv"), *(one.decode().encode("gb18030", "replace") for one in files("csv")[-1:])]
    soak("register csv", csv, tables, int(times))
    soak("register xlsx", [workbook()], books(11), int(times))
    soak("jrnl", [JRNL * 20], lambda data: read_jrnl(decode(data)), int(times))
    soak("rednotebook", [MONTH, MONTH * 40], month, int(times))
    soak("entries", [ENTRIES], read_entries, int(times))
    soak("bent entries", [ENTRIES], bent_entries, int(times))
    soak("monica", [MONICA], account, int(times))
    soak("table", [TABLE], lambda data: read_table(decode(data)), int(times))


if __name__ == "__main__":
    main(*sys.argv[1:])

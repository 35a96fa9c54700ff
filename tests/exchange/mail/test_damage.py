"""Damaged stores and archives: messages or sentences, never an error, never without end.

`make soak` tries 2,000 damaged files of each form, a usual run a few.
"""

import gzip
import io
import random
import tarfile
import time
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import settings

from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.reading import Keep, Unreadable, read_mail
from tests.exchange.mail.stores import Folder, store

TRIES = 2_000 if settings.default.max_examples >= 1_000 else 60
STORES = 2_000 if settings.default.max_examples >= 1_000 else 12
FROM = b"From zhou@pine.example Mon Mar  2 09:00:00 2026\n"
LONGEST_S = 60  # two busy cores, and a process for each store


def entries(letter):
    def mail(n):
        return letter(f"Subject: s{n}", f"Message-ID: <{n}@pine>")

    return {
        "Mail/box.mbox": FROM + mail(1) + b"\n" + FROM + mail(2),
        "Mail/草稿/a.eml": mail(3),
        "b.eml": mail(4),
        "c.emlx": b"%d\n" % len(mail(5)) + mail(5) + b"<key>flags</key><integer>1</integer>",
        "inner.gz": gzip.compress(mail(6)),
    }


def packed(form, files):
    target = io.BytesIO()
    if form == "zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    elif form in {"tar", "tgz"}:
        with tarfile.open(fileobj=target, mode="w" if form == "tar" else "w:gz") as archive:
            for name, data in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    else:
        only = files["Mail/box.mbox"]
        return gzip.compress(only) if form == "mbox.gz" else files["c.emlx"]
    return target.getvalue()


def damaged(whole, chance):
    """Some bytes others, some put in, the end cut off."""
    data = bytearray(whole)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    for _ in range(chance.randint(1, 12)):
        if data:
            data[chance.randrange(len(data))] = chance.choice([0, 255, chance.randrange(256)])
    if data and chance.random() < 0.2:
        place = chance.randrange(len(data))
        data[place:place] = data[chance.randrange(len(data)) :][: chance.randrange(200)]
    return bytes(data)


def looked_at(path):
    begun = time.monotonic()
    found = list(read_mail([path], keep=Keep(attachments_up_to=100_000)))
    assert time.monotonic() - begun < LONGEST_S
    assert found
    for item in found:
        assert isinstance(item, MailMessage | Unreadable)
    return sum(isinstance(item, MailMessage) for item in found)


@pytest.mark.parametrize("form", ["zip", "tar", "tgz", "mbox.gz", "emlx"])
def test_a_damaged_archive(tmp_path, letter, form):
    whole = packed(form, entries(letter))
    path = tmp_path / f"damaged.{form}"
    read = 0
    for seed in range(TRIES):
        path.write_bytes(damaged(whole, random.Random(seed)))
        read += looked_at(path)
    assert read


def messages():
    note = {
        0x001A: "IPM.Note", 0x0037: "\x01\x05RE: Plan", 0x1000: "text " * 500,
        0x0039: datetime(2026, 3, 2, 9, tzinfo=UTC), 0x1013: b"<p>x</p>" * 50,
        "people": [{0x0C15: 1, 0x39FE: "li@pine.example", 0x3001: "Li"}, {0x0C15: 2, 0x3001: "Xu"}],
        "files": [{0x3707: "a.pdf", 0x3701: b"%PDF" * 5_000},
                  {"embedded": {0x001A: "IPM.Note", 0x0037: "Complaint", 0x1000: "leaks"}}],
    }  # fmt: skip
    return tuple({**note, 0x1035: f"<{n}@oak>"} for n in range(5))


def a_store(spoil=lambda data: data):
    inner = Folder("草稿", messages()[:1])
    return store(Folder("Inbox", messages(), (inner,)), Folder("Sent", messages()), spoil=spoil)


def spoilt(chance):
    """A store in which blocks are damaged behind their checksums, most of them at their beginning."""
    first = chance.random() < 0.6

    def spoil(data):
        if not data or chance.random() > 0.06:
            return data
        changed = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(min(len(data), 64) if first else len(data))
            changed[place] = chance.choice([0, 255, chance.randrange(256)])
        return bytes(changed)

    return a_store(spoil)


def test_a_damaged_outlook_data_file(tmp_path):
    whole = a_store()
    path = tmp_path / "damaged.pst"
    read = 0
    for seed in range(STORES):
        chance = random.Random(seed)
        path.write_bytes(spoilt(chance) if seed % 2 else damaged(whole, chance))
        read += looked_at(path)
    assert read

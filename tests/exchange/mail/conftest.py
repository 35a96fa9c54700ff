"""Mail written for a test: letters, Outlook messages, and reading them back."""

import struct
from datetime import UTC, datetime

import pytest

from pmdesk.exchange.mail.reading import read_mail

HEAD = b"From: Zhou <zhou@pine.example>\nTo: me@oak.example\nDate: Mon, 2 Mar 2026 09:00:00 +0800\n"
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@pytest.fixture
def read(tmp_path):
    """Writes bytes to a file of that name and gives what is read: one thing, or a list."""

    def one(data, name="m.eml", **given):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        found = list(read_mail([path], **given))
        return found[0] if len(found) == 1 else found

    return one


@pytest.fixture(scope="session")
def letter():
    """A mail with a usual head, more headers and a body; headers given replace the usual ones."""

    def made(*headers, body="x\n"):
        names = {h.partition(":")[0].lower() for h in headers}
        usual = [
            line
            for line in HEAD.decode().splitlines()
            if line.partition(":")[0].lower() not in names
        ]
        return "\n".join([*usual, *headers, "", body]).encode()

    return made


@pytest.fixture(scope="session")
def outlook():
    """The bytes of a .msg: properties by number, recipients and attachments of the same form."""
    return _message


def _message(properties, recipients=(), attachments=()):
    header = struct.pack("<8x4I8x", *(len(recipients), len(attachments)) * 2)
    tree = _storage(properties, header)
    for n, person in enumerate(recipients):
        tree[f"__recip_version1.0_#{n:08X}"] = _storage(person, bytes(8))
    for n, file in enumerate(attachments):
        inside = file.pop("embedded", None)
        folder = _storage(file, bytes(8))
        if inside is not None:
            folder["__substg1.0_3701000D"] = _storage(inside, bytes(24))
        tree[f"__attach_version1.0_#{n:08X}"] = folder
    return _compound(tree)


def _storage(properties, header):
    streams, table = {}, header
    for pid, value in properties.items():
        if isinstance(value, int):
            table += struct.pack("<HHIIi", 0x0003, pid, 6, value & 0xFFFFFFFF, 0)
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)
            table += struct.pack("<HHIQ", 0x0040, pid, 6, ticks)
        else:
            kind = 0x001F if isinstance(value, str) else 0x0102
            data = value.encode("utf-16-le") if isinstance(value, str) else value
            streams[f"__substg1.0_{pid:04X}{kind:04X}"] = data
            table += struct.pack("<HHIII", kind, pid, 6, len(data) + 2 * (kind == 0x001F), 0)
    return {"__properties_version1.0": table, **streams}


def _compound(tree):
    """A compound file (MS-CFB) of these storages and streams, short ones in the mini stream."""
    entries, sectors, fat, mini, mini_fat = [], [], [], b"", []

    def keep(data):
        first = len(sectors)
        pieces = [data[i : i + 512].ljust(512, b"\0") for i in range(0, len(data), 512)]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), END])
        return first

    def stream(data):
        nonlocal mini
        if len(data) >= 4096:
            return keep(data)
        if not data:
            return END
        first, count = len(mini_fat), -(-len(data) // 64)
        mini += data.ljust(count * 64, b"\0")
        mini_fat.extend([*range(first + 1, first + count), END])
        return first

    def add(name, kind, content):
        place = len(entries)
        entries.append([name, kind, FREE, FREE, FREE, END, 0])
        if kind == 2:
            entries[place][5:] = [stream(content), len(content)]
            return place
        before = None
        for child, inside in content.items():
            at = add(child, 1 if isinstance(inside, dict) else 2, inside)
            if before is None:
                entries[place][4] = at
            else:
                entries[before][3] = at
            before = at
        return place

    add("Root Entry", 5, tree)
    entries[0][5:] = [keep(mini), len(mini)]
    minis = keep(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-len(mini_fat) // 128) * 512, b"\xff"))  # fmt: skip
    directory = b""
    for name, kind, left, right, child, start, size in entries:
        text = name.encode("utf-16-le") + b"\0\0"
        directory += text.ljust(64, b"\0")
        directory += struct.pack("<HBBIII", len(text), kind, 1, left, right, child)
        directory += struct.pack("<16xI16xIQ", 0, start, size)
    listed = keep(directory)
    count = 1
    while count * 128 < len(fat) + count:
        count += 1
    table = len(sectors)
    fat.extend([FAT] * count)
    fat += [FREE] * (count * 128 - len(fat))
    sectors.append(struct.pack(f"<{len(fat)}I", *fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16xHHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, count, listed, 0, 4096, minis, -(-len(mini_fat) // 128), END, 0)  # fmt: skip
    head += struct.pack("<109I", *[*range(table, table + count), *[FREE] * (109 - count)])
    return head + b"".join(sectors)

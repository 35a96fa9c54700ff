"""Outlook data files for tests: a small writer of the Unicode form (MS-PST).

A message is a dict of its properties by number (int, str, bytes, datetime), beside them `people` and
`files`, lists of the same form; a file may hold a message as `embedded`. A folder is a name,
messages and folders within.
"""

import struct
import zlib
from datetime import UTC, datetime
from typing import NamedTuple

ROOT, STORE, NAMES = 0x122, 0x21, 0x61
KEY = bytes(range(16))
_BLOCK = 8_176
_BRANCH = 300  # a value longer than that has a block of its own


class Folder(NamedTuple):
    name: str
    messages: tuple = ()
    folders: tuple = ()
    named: int | None = None  # the property in which the store names it


def crc(data):
    """CRC-32 without the inversions before and after (MS-PST 5.3)."""
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def signature(place, number):
    mixed = place ^ number
    return ((mixed >> 16) ^ mixed) & 0xFFFF


class Heap:
    """A heap on a node: values in one block, long ones in blocks of their own."""

    def __init__(self, store, kind):
        self.store, self.kind, self.pieces, self.sub = store, kind, [], {}

    def keep(self, data):
        if not data:
            return 0
        self.pieces.append(data)
        return len(self.pieces) << 5

    def value(self, data):
        if len(data) <= _BRANCH:
            return self.keep(data)
        number = (len(self.sub) + 1) << 5 | 0x1F
        self.sub[number] = (self.store.stream(data), 0)
        return number

    def tree(self, records, size):
        leaves = b"".join(struct.pack("<H" if size == 6 else "<I", k) + v for k, v in records)
        held = self.keep(leaves)
        return self.keep(struct.pack("<BBBBI", 0xB5, 2 if size == 6 else 4, size, 0, held))

    def finished(self, root):
        head = struct.pack("<HBBI4x", 12 + sum(map(len, self.pieces)), 0xEC, self.kind, root)
        body, places = head, [12]
        for piece in self.pieces:
            body += piece
            places.append(len(body))
        return body + struct.pack(f"<HH{len(places)}H", len(self.pieces), 0, *places)


class Store:
    """A store under way; `data` is the file."""

    def __init__(self, spoil=lambda data: data):
        self.bytes = bytearray(0x4600)
        self.spoil = spoil  # what damages a block before its checksum is made
        self.blocks, self.nodes = [], {}
        self.next_block, self.next_node = 4, 0x400

    def block(self, data, *, inner=False):
        number = self.next_block | (2 if inner else 0)
        self.next_block += 4
        data = self.spoil(data)
        place = len(self.bytes)
        padded = -(-(len(data) + 16) // 64) * 64
        tail = struct.pack("<HHIQ", len(data), signature(place, number), crc(data), number)
        self.bytes += data.ljust(padded - 16, b"\0") + tail
        self.blocks.append((number, place, len(data)))
        return number

    def stream(self, data):
        if len(data) <= _BLOCK:
            return self.block(data)
        parts = [self.block(data[i : i + _BLOCK]) for i in range(0, len(data), _BLOCK)]
        listed = struct.pack("<BBHI", 1, 1, len(parts), len(data))
        return self.block(listed + struct.pack(f"<{len(parts)}Q", *parts), inner=True)

    def subnodes(self, sub):
        if not sub:
            return 0
        rows = [struct.pack("<QQQ", n, d, s) for n, (d, s) in sorted(sub.items())]
        leaves = []
        for i in range(0, len(rows), 300):
            part = rows[i : i + 300]
            leaf = self.block(struct.pack("<BBHI", 2, 0, len(part), 0) + b"".join(part), inner=True)
            leaves.append((struct.unpack_from("<Q", part[0])[0], leaf))
        if len(leaves) == 1:
            return leaves[0][1]
        listed = b"".join(struct.pack("<QQ", *leaf) for leaf in leaves)
        return self.block(struct.pack("<BBHI", 2, 1, len(leaves), 0) + listed, inner=True)

    def context(self, properties, sub=()):
        """A property context: the data and the subnodes of what holds these properties."""
        heap = Heap(self, 0xBC)
        records = []
        for pid, value in sorted(properties.items()):
            kind, data = stored_form(value)
            held = data if kind == 3 else struct.pack("<I", heap.value(data))
            records.append((pid, struct.pack("<H", kind) + held))
        data = heap.finished(heap.tree(records, 6))
        return self.block(data), self.subnodes({**heap.sub, **dict(sub)})

    def table(self, rows):
        """A table context: rows by number, each of properties."""
        columns = {0x67F2: 0x0003, 0x67F3: 0x0003}
        for row in rows.values():
            columns |= {pid: stored_form(value)[0] for pid, value in row.items()}
        heap = Heap(self, 0x7C)
        bits = -(-len(columns) // 8)
        matrix = b""
        for number, row in rows.items():
            cells, there = b"", bytearray(bits)
            for n, pid in enumerate(columns):
                value = {0x67F2: number, 0x67F3: 1, **row}.get(pid)
                if value is None:
                    cells += bytes(4)
                    continue
                there[n // 8] |= 0x80 >> n % 8
                kind, data = stored_form(value)
                cells += data if kind == 0x0003 else struct.pack("<I", heap.value(data))
            matrix += cells + there
        wide = 4 * len(columns)
        row_bytes = wide + bits
        index = heap.tree([(n, struct.pack("<I", i)) for i, n in enumerate(rows)], 4)
        if len(matrix) > _BRANCH:
            per = _BLOCK // row_bytes * row_bytes
            parts = [matrix[i : i + per].ljust(_BLOCK if i + per < len(matrix) else 0, b"\0")
                     for i in range(0, len(matrix), per)]  # fmt: skip
            held = (len(heap.sub) + 1) << 5 | 0x1F
            heap.sub[held] = (self.stream(b"".join(parts)), 0)
        else:
            held = heap.keep(matrix)
        about = struct.pack(
            "<BB4HIII", 0x7C, len(columns), wide, wide, wide, row_bytes, index, held, 0
        )
        for n, (pid, kind) in enumerate(columns.items()):
            about += struct.pack("<HHHBB", kind, pid, 4 * n, 4, n)
        root = heap.keep(about)
        return self.block(heap.finished(root)), self.subnodes(heap.sub)

    def node(self, number, parent, data, sub=0):
        self.nodes[number] = (data, sub, parent)

    def new(self, kind):
        self.next_node += 1
        return self.next_node << 5 | kind

    def message(self, message, *, embedded=False):
        properties = dict(message)
        people, files = properties.pop("people", ()), properties.pop("files", ())
        sub = {}
        if people:
            sub[0x692] = self.table({n + 1: dict(person) for n, person in enumerate(people)})
        if files:
            numbers = {(n + 1) << 5 | 5: dict(file) for n, file in enumerate(files)}
            sub[0x671] = self.table({n: {0x3705: f.get(0x3705, 1)} for n, f in numbers.items()})
            for number, file in numbers.items():
                sub[number] = self.attachment(file)
        properties.setdefault(0x0E07, 1)
        return self.context(properties, sub)

    def attachment(self, file):
        inside = file.pop("embedded", None)
        if inside is None:
            file.setdefault(0x3705, 1)
            return self.context(file)
        number = 0x8004
        data, sub = self.message(inside)
        return self.context({**file, 0x3705: 5, 0x3701: Object(number, 100)}, {number: (data, sub)})

    def folder(self, folder, parent, number=None):
        number = number or self.new(2)
        within = {self.folder(each, number): each.name for each in folder.folders}
        listed = {}
        for message in folder.messages:
            own = self.new(4)
            self.node(own, number, *self.message(message))
            listed[own] = {0x0037: str(message.get(0x0037, ""))[:20]}
        about = {0x3001: folder.name, 0x3602: len(listed), 0x3603: 0}
        if folder.named:
            self.named[folder.named] = number
        self.node(number, parent or number, *self.context(about))
        self.node(
            number + 11, parent, *self.table({n: {0x3001: name} for n, name in within.items()})
        )
        self.node(number + 12, parent, *self.table(listed))
        return number

    named: dict

    def index(self, rows, kind, per):
        """A B-tree of pages; its root."""
        level = 0
        while True:
            pages = []
            for i in range(0, len(rows), per):
                part = rows[i : i + per]
                body = b"".join(row for _key, row in part)
                size = len(part[0][1])
                number = self.next_block
                self.next_block += 4
                place = len(self.bytes)
                data = body.ljust(488, b"\0") + struct.pack("<BBBB4x", len(part), per, size, level)
                tail = struct.pack(
                    "<BBHIQ", kind, kind, signature(place, number), crc(data), number
                )
                self.bytes += data + tail
                pages.append((part[0][0], struct.pack("<QQQ", part[0][0], number, place)))
            if len(pages) == 1:
                return struct.unpack("<QQQ", pages[0][1])[1:]
            rows, per, level = pages, 20, level + 1

    def data(self, top, *, beside=(), encryption=0):
        self.named = {}
        within = [self.folder(each, ROOT) for each in (top, *beside)]
        self.node(ROOT, ROOT, *self.context({0x3001: ""}))
        self.node(
            ROOT + 11,
            ROOT,
            *self.table(
                {n: {0x3001: each.name} for n, each in zip(within, (top, *beside), strict=True)}
            ),
        )
        entry = {pid: bytes(4) + KEY + struct.pack("<I", n) for pid, n in self.named.items()}
        top_entry = bytes(4) + KEY + struct.pack("<I", within[0])
        self.node(
            STORE, 0, *self.context({0x0FF9: KEY, 0x3001: "Store", 0x35E0: top_entry, **entry})
        )
        self.node(NAMES, 0, *self.context({1: 251, 2: bytes(16), 3: bytes(8), 4: bytes(4)}))
        nodes = [
            (n, struct.pack("<QQQII", n, d, s, p, 0)) for n, (d, s, p) in sorted(self.nodes.items())
        ]
        blocks = [
            (n, struct.pack("<QQHHI", n, place, size, 2, 0))
            for n, place, size in sorted(self.blocks)
        ]
        node_root = self.index(nodes, 0x81, 15)
        block_root = self.index(blocks, 0x80, 20)
        root = struct.pack("<4xQQQQ", len(self.bytes), 0x4400, 0, 0)
        root += struct.pack("<QQQQBBH", *node_root, *block_root, 1, 0, 0)
        head = struct.pack("<HHBBII", 23, 19, 1, 1, 0, 0) + struct.pack(
            "<QQI", 0, self.next_block, 1
        )
        head = b"SM" + head + bytes(128) + bytes(8) + root + bytes(4) + b"\xff" * 256
        head += struct.pack("<BBHQ", 0x80, encryption, 0, self.next_block)
        whole = (
            b"!BDN" + struct.pack("<I", crc(head[:471])) + head + struct.pack("<I", crc(head[:516]))
        )
        self.bytes[: len(whole)] = whole
        return bytes(self.bytes)


class Object(NamedTuple):
    """A property that is a node of its own."""

    number: int
    size: int


def stored_form(value):
    """The type of a property and its bytes."""
    if isinstance(value, Object):
        return 0x000D, struct.pack("<II", *value)
    if isinstance(value, int):
        return 0x0003, struct.pack("<I", value & 0xFFFFFFFF)
    if isinstance(value, datetime):
        ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
        return 0x0040, struct.pack("<Q", ticks)
    if isinstance(value, str):
        return 0x001F, value.encode("utf-16-le")
    if isinstance(value, bytearray):
        return 0x001E, bytes(value)
    return 0x0102, value


def store(*folders, beside=(), encryption=0, **given):
    """The bytes of a store whose mailbox has these folders, and which has others beside it."""
    top = Folder("Top of Outlook data file", folders=folders)
    return Store(**given).data(top, beside=beside, encryption=encryption)

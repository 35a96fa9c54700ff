"""The properties of a message within a message of a store, as far as they lie in its first block.

The library opens no message within another but gives the bytes of its node: a heap with a table of
properties. Long values, a body of more than some 1,700 characters among them, lie elsewhere.
Source: MS-PST 2.3.1 to 2.3.3.
"""

from struct import error as not_so_long
from struct import unpack_from
from typing import Final

from pmdesk.exchange.mail import outlook_item as of

_HEAP, _CONTEXT, _TREE = 0xEC, 0xBC, 0xB5
_FIXED: Final = frozenset((0x0002, of.INTEGER, of.BOOLEAN))
_RECORD: Final = 8


def heap_properties(node: bytes) -> dict[int, tuple[int, bytes]]:
    """Each property's type and bytes by its number, of those that are read; empty where it is none."""
    try:
        return _properties(node)
    except not_so_long:
        return {}


def _properties(node: bytes) -> dict[int, tuple[int, bytes]]:
    map_place, heap, context, root = unpack_from("<HBBI", node)
    if (heap, context) != (_HEAP, _CONTEXT):
        return {}
    (count,) = unpack_from("<H", node, map_place)
    places = unpack_from(f"<{count + 1}H", node, map_place + 4)

    def held(identifier: int) -> bytes | None:
        index, kind = identifier >> 5 & 0x7FF, identifier & 0x1F
        if kind or identifier >> 16 or not 0 < index < len(places):
            return None  # in another block or a node of its own
        return node[places[index - 1] : places[index]]

    tree, key, value, levels, leaves = unpack_from("<BBBBI", held(root) or b"")
    records = held(leaves)
    if (tree, key, value, levels) != (_TREE, 2, 6, 0) or records is None:
        return {}
    found: dict[int, tuple[int, bytes]] = {}
    for place in range(0, len(records) // _RECORD * _RECORD, _RECORD):
        pid, kind, where = unpack_from("<HHI", records, place)
        data = records[place + 4 : place + 8] if kind in _FIXED else held(where)
        if pid in of.WANTED and data is not None:
            found[pid] = (kind, data)
    return found

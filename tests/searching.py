"""A text in whatever form a file may hold it: other letters, other bytes, wrapped, packed."""

import base64
import zlib


def forms(text):
    """A text as files may hold it: in other letters, other bytes, wrapped for mail or a web address."""
    cut = text[4:-1]
    plain = text[:24]
    for one in (text, text[-4:], plain, plain.lower(), plain.upper()):
        yield from (one.encode(c) for c in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"))
    yield text[-4:].encode("unicode_escape")
    yield "".join(f"%{byte:02X}" for byte in cut.encode()).encode()
    for begin in range(3):  # base64 has three ways to begin
        packed = base64.b64encode(b"x" * begin + cut.encode("utf-8"))
        yield packed[4:-4]


def inside(data):
    """The bytes, and those of every stream that is packed in them."""
    yield data
    place = -1
    while (place := min((p for head in (b"\x78\x01", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08")
                         if (p := data.find(head, place + 1)) >= 0), default=-1)) >= 0:  # fmt: skip
        unpacking = zlib.decompressobj(47)
        try:
            yield unpacking.decompress(data[place:], 1 << 22)
        except zlib.error:
            continue


def tells(data, text):
    """Whether the bytes hold the text, or what is left of it in another form."""
    looked_for = set(forms(text))
    return any(form in part for part in inside(data) for form in looked_for)

"""Day One's export, as .json or in its .zip, and jrnl's as JSON: both are a list of entries.

Source of the forms: public exports and programs that write them; jrnl.sh, "Formats".
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from pmdesk.exchange.blocks import Check, unwatched
from pmdesk.exchange.journals.json_read import moment_of, read_json, rows, text_of
from pmdesk.exchange.journals.values import Broken, OtherEntry, Why
from pmdesk.exchange.pack import DAMAGED

DAY_ONE: Final = "dayone"
JRNL: Final = "jrnl"
_BEGINS: Final = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"(?:metadata|entries|tags)"\s*:')
_ENTRIES: Final = re.compile(rb'"(?:entries|creationDate|richText)"\s*:|\{\s*"tags"\s*:\s*\{\s*"@')
_MOST_BYTES: Final = 50_000_000
_MOST_MEMBERS: Final = 20_000
_TAIL: Final = 65_557  # the end of an archive: 22 bytes and its longest comment
_HEAD: Final = 4_096
_PICTURE: Final = re.compile(r"!\[[^\]\n]{0,200}\]\(dayone-moment:[^)\n]{0,200}\)\n?")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_CANNOT_OPEN: Final = (*DAMAGED, OSError, ValueError)


def looks_like_entries(head: bytes) -> bool:
    """Whether a file begins as an export of Day One or jrnl does."""
    return _BEGINS.match(head) is not None and _ENTRIES.search(head) is not None


def journals_in(path: Path) -> list[str]:
    """The journals in an archive, by name; none where it is no archive of Day One."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL))
            tail = file.read()
        end = tail.rfind(b"PK\x05\x06")
        if end < 0 or int.from_bytes(tail[end + 10 : end + 12], "little") > _MOST_MEMBERS:
            return []
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if _is_journal(name)]
            return [name for name in names if looks_like_entries(_begun(archive, name))]
    except _CANNOT_OPEN:
        return []


def _is_journal(name: str) -> bool:
    return "/" not in name and name.lower().endswith(".json")


def _begun(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(_HEAD)


def unpacked(path: Path, name: str, check: Check) -> bytes | Broken:
    """What a journal in an archive holds, no more than is read of any file."""
    found = BytesIO()
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as file:
            while piece := file.read(1_000_000):
                check(0.0)
                found.write(piece)
                if found.tell() > _MOST_BYTES:
                    return Broken(name, Why.TOO_LARGE)
    except _CANNOT_OPEN:
        return Broken(name, Why.DAMAGED)
    return found.getvalue()


def read_entries(
    data: bytes, check: Check = unwatched
) -> Iterator[tuple[str, OtherEntry] | Broken]:
    """Each entry with the program that wrote it."""
    whole = read_json(data, check)
    found = whole.get("entries") if isinstance(whole, dict) else None
    if not isinstance(found, list):
        yield Broken("", Why.DAMAGED if whole is None else Why.OTHER_FORM)
        return
    for number, entry in enumerate(found, 1):
        check(number / len(found))
        if not isinstance(entry, dict):
            yield Broken(f"{number}", Why.OTHER_FORM)
        elif "creationDate" in entry or "uuid" in entry:
            one = _day_one(entry, number)
            yield one if isinstance(one, Broken) else (DAY_ONE, one)
        else:
            one = _jrnl(entry, number)
            yield one if isinstance(one, Broken) else (JRNL, one)


def _day_one(entry: dict[str, Any], number: int) -> OtherEntry | Broken:
    moment, zone = moment_of(entry.get("creationDate")), _zone(entry.get("timeZone"))
    raw = text_of(entry.get("text"))
    text, pictures = _PICTURE.subn("", raw)
    text = _ESCAPED.sub(r"\1", text).strip()
    pictures = max(pictures, len(rows(entry.get("photos"))))
    try:
        day = moment.astimezone(zone).date() if moment else None
    except OverflowError:
        day = None
    if day is None:
        return Broken(text.partition("\n")[0][:80] or f"{number}", Why.NO_DAY)
    if not text and not pictures:
        return Broken(f"{day}", Why.EMPTY)
    name = text_of(entry.get("uuid")) or f"{moment}"
    return OtherEntry(name, day, text, _tags(entry), pictures)


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(text_of(name) or "UTC")
    except (ValueError, OSError, KeyError):  # one that nobody knows is a KeyError
        return ZoneInfo("UTC")


def _jrnl(entry: dict[str, Any], number: int) -> OtherEntry | Broken:
    title, body = text_of(entry.get("title")), text_of(entry.get("body"))
    text = "\n".join(part for part in (title, body) if part)
    try:
        day = date.fromisoformat(text_of(entry.get("date")))
    except ValueError:
        return Broken(title[:80] or f"{number}", Why.NO_DAY)
    if not text:
        return Broken(f"{day}", Why.EMPTY)
    return OtherEntry(f"{day} {text_of(entry.get('time'))}", day, text, _tags(entry))


def _tags(entry: dict[str, Any]) -> tuple[str, ...]:
    found = entry.get("tags")
    names = (text_of(one).lstrip("@#") for one in found) if isinstance(found, list) else ()
    return tuple(dict.fromkeys(name for name in names if name))

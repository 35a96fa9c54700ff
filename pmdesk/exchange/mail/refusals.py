"""What is no mail: each kind of file with its sentence, and files that nobody wants listed."""

import re
from enum import Enum
from pathlib import Path
from typing import Final

from pmdesk.words import mark


class ReadProblem(Enum):
    """Why something was not taken and what to do, as a sentence of the catalogue."""

    EMPTY = mark("The file is empty.")
    NOT_MAIL = mark("This is not mail.")
    UNREADABLE = mark("The file cannot be opened.")
    DAMAGED = mark("The message is damaged and could not be read.")
    OUTLOOK_DATA = mark(
        "This Outlook data file (.pst, .ost) cannot be opened. Close Outlook and try again; or"
        " select the messages in Outlook, drag them into a folder and add that folder here."
    )
    STORE_DAMAGED = mark(
        "This Outlook data file is damaged: it was read as far as possible. Repair it with"
        " Outlook's Inbox Repair Tool (scanpst.exe) and add it again; nothing is taken twice."
    )
    STORE_SILENT = mark(
        "Reading this Outlook data file stopped making progress and was ended: what came before"
        " was read. Repair it with Outlook's Inbox Repair Tool (scanpst.exe) and add it again."
    )
    OUTLOOK_MAC = mark(
        "An archive of Outlook for Mac (.olm). In Outlook, drag the mail folder onto the desktop:"
        " that makes an .mbox file, which can be added here."
    )
    OUTLOOK_EXPRESS = mark(
        "A folder of Outlook Express (.dbx). Import it into Thunderbird and add Thunderbird's"
        " folder here."
    )
    ARCHIVE = mark("A packed archive. Unpack it and add the folder that comes out.")
    ARCHIVE_DAMAGED = mark(
        "This archive is damaged: it was read as far as possible. Export or download it again;"
        " nothing is taken twice."
    )
    ARCHIVE_LOCKED = mark(
        "Locked with a password within the archive. Unpack the archive with its password and add"
        " the folder that comes out."
    )
    ARCHIVE_LINK = mark(
        "Within the archive this is only a link to another file. Add that file itself."
    )
    ARCHIVE_DENSE = mark(
        "Unpacked, this grows so much that it cannot be mail; the rest of the archive was left out."
    )
    CALENDAR = mark(
        "A calendar (.ics), not mail. Added by itself it comes in as a calendar, if it begins as one"
        " does (BEGIN:VCALENDAR)."
    )
    CONTACTS = mark(
        "Contacts (.vcf), not mail. Added by themselves they come in as an address book."
    )
    TABLE = mark(
        "A table, not mail, and of no kind that is known. Its first row must name the columns."
    )
    CHAT = mark(
        "A text that is neither mail nor a chat, a calendar or a journal that is known. Paste what"
        " matters in it."
    )
    DOCUMENT = mark(
        "A document, not mail. Export the message itself as .eml or .msg and add that file."
    )
    JOURNAL = mark(
        "A journal of PM Desk, or an archive of one. It is merged: “Merge another journal…” in the"
        " File menu, or pmdesk merge."
    )
    WEB_PAGE = mark("A web page that a browser saved, not mail.")


_OLE: Final = b"\xd0\xcf\x11\xe0"
_BY_SUFFIX: Final = {
    ".pmdesk": ReadProblem.JOURNAL,
    **dict.fromkeys((".pst", ".ost"), ReadProblem.OUTLOOK_DATA),
    ".olm": ReadProblem.OUTLOOK_MAC,
    ".dbx": ReadProblem.OUTLOOK_EXPRESS,
    **dict.fromkeys(
        (".docx", ".doc", ".pptx", ".ppt", ".odt", ".rtf", ".pdf"), ReadProblem.DOCUMENT
    ),
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".csv", ".tsv"), ReadProblem.TABLE),
    **dict.fromkeys((".ics", ".ical", ".icalendar", ".vcs"), ReadProblem.CALENDAR),
    **dict.fromkeys((".vcf", ".vcard"), ReadProblem.CONTACTS),
    **dict.fromkeys(
        (".zip", ".tgz", ".gz", ".tar", ".7z", ".rar", ".bz2", ".xz"), ReadProblem.ARCHIVE
    ),
    **dict.fromkeys((".html", ".htm", ".mht", ".mhtml", ".xhtml"), ReadProblem.WEB_PAGE),
    **dict.fromkeys((".txt", ".md", ".log"), ReadProblem.CHAT),
}
_BY_BEGINNING: Final = (
    (b"!BDN", ReadProblem.OUTLOOK_DATA),
    (b"\xcf\xad\x12\xfe", ReadProblem.OUTLOOK_EXPRESS),
    (b"%PDF", ReadProblem.DOCUMENT),
    (b"{\\rtf", ReadProblem.DOCUMENT),
    (b"PK\x03\x04", ReadProblem.ARCHIVE),
    (b"\x1f\x8b", ReadProblem.ARCHIVE),
    (b"7z\xbc\xaf", ReadProblem.ARCHIVE),
    (b"Rar!", ReadProblem.ARCHIVE),
    (b"BZh", ReadProblem.ARCHIVE),
    (b"SQLite format 3\x00", ReadProblem.JOURNAL),
    (b"BEGIN:VCALENDAR", ReadProblem.CALENDAR),
    (b"BEGIN:VCARD", ReadProblem.CONTACTS),
)
_PAGE: Final = re.compile(rb"<!doctype html|<html\b", re.IGNORECASE)
# Kinds that a name alone settles: an Outlook data file or a table holds no mail whatever it begins with.
_SETTLED: Final = frozenset(
    (
        ReadProblem.JOURNAL,
        ReadProblem.OUTLOOK_DATA,
        ReadProblem.OUTLOOK_MAC,
        ReadProblem.OUTLOOK_EXPRESS,
        ReadProblem.TABLE,
        ReadProblem.CALENDAR,
        ReadProblem.CONTACTS,
        ReadProblem.DOCUMENT,
        ReadProblem.ARCHIVE,
    )
)


def refused_at_once(path: Path, head: bytes) -> ReadProblem | None:
    """The kind of a file that is certainly no mail, by its name or its first bytes; else None."""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    for start, problem in _BY_BEGINNING:
        if begins.startswith(start):
            by_name = _BY_SUFFIX.get(path.suffix.lower())
            return by_name if problem is ReadProblem.ARCHIVE and by_name else problem
    by_name = _BY_SUFFIX.get(path.suffix.lower())
    if by_name not in _SETTLED:
        return None
    # an .ost may begin with anything; a table that is mail after all is an .eml with a wrong name
    return (
        None if begins.startswith((b"From ", b"Received:", b"Return-Path:", b"From:")) else by_name
    )


def refused(path: Path, head: bytes) -> ReadProblem:
    """The kind of a file in which no mail was found."""
    if _PAGE.search(head[:1_000]):
        return ReadProblem.WEB_PAGE
    return _BY_SUFFIX.get(path.suffix.lower(), ReadProblem.NOT_MAIL)


_BESIDE_NAMES: Final = frozenset(
    (
        ".ds_store", "thumbs.db", "desktop.ini", "prefs.js", "user.js", "parent.lock", ".parentlock", "info.plist",
        "table_of_contents", "table_of_contents.plist", "archive_browser.html", "popstate.dat",
        "msgfilterrules.dat", "filterlog.html", "rules.dat", "junklog.html", "maildirsize", "maildirfolder",
        "subscriptions", "courierimapsubscribed", "courierimapuiddb", "courierimaphieracl",
        "courierimapkeywords", "version", "lock", "session.json", "times.json", "folderstate",
    )
)  # fmt: skip
_BESIDE_SUFFIXES: Final = frozenset(
    (
        ".msf", ".js", ".json", ".jsonlz4", ".mozlz4", ".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal",
        ".db", ".db-wal", ".db-shm", ".ini", ".plist", ".dat", ".lock", ".wdseml", ".mozeml", ".xpi", ".rdf",
        ".mab", ".cache", ".index", ".imapmbox-index", ".emlxpart", ".toc", ".mdb", ".css",
    )
)  # fmt: skip
_BESIDE_BEGINNINGS: Final = (
    "dovecot",
    ".dovecot",
    "courierimap",
    "._",
    ".subscriptions",
    "gmail-filters",
)


def lies_beside(path: Path) -> bool:
    """Whether a file in a folder is only an index, a setting or a cache of the mail program."""
    name = path.name.lower()
    return (
        name in _BESIDE_NAMES
        or path.suffix.lower() in _BESIDE_SUFFIXES
        or name.startswith(_BESIDE_BEGINNINGS)
    )


def is_outlook_file(path: Path, head: bytes) -> bool:
    """Whether this is an Outlook message by its name or its container."""
    return path.suffix.lower() == ".msg" or head.startswith(_OLE)

"""A matter as an evidence pack: its records, the mails as they came, their files, sums of all of it."""

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.actions.originals import ORIGINAL, content, file_name
from pmdesk.actions.refusals import Refused
from pmdesk.answers.evidence import DATED, MOST_PIECES, Matter, Piece, Wanted, matter
from pmdesk.exchange.pack import write_pack
from pmdesk.journal import blobs
from pmdesk.journal.errors import shown
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.choices import Channel
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.problems import Problem
from pmdesk.report.asks import Request
from pmdesk.report.compiling import compile_pdf
from pmdesk.report.evidence import PROOF, Index, index_kind, number_of, piece_text
from pmdesk.report.setting import Setting
from pmdesk.report.values import data_of
from pmdesk.words import Language, mark

_NOTHING: Final = mark("No dated record fits what was asked for: a pack of nothing proves nothing.")
_TOO_MANY: Final = mark(
    "More than {most} records fit. Choose fewer days, or words that fewer hold."
)
_NO_RECORD: Final = mark("There is no record {key} of this client.")
_NO_ORIGINAL: Final = mark("The original of this mail is not in the journal.")
_NOT_KEPT: Final = mark("“{name}” was too large to be kept when its mail was imported.")
_DAMAGED: Final = mark("“{name}” is damaged in the journal.")
_INTERNAL: Final = mark("“{name}” is internal only.")
# A name of a file takes up to 255 bytes on every system.
_MOST_BYTES: Final = 180


class Made(NamedTuple):
    """A pack as it was made: how many records it holds, what is left out, its own SHA-256."""

    records: int
    left_out: int
    sha256: str


class _File(NamedTuple):
    """A file of the pack: its path, and where its bytes are kept."""

    path: str
    attachment: Attachment


def write_evidence(
    journal: Journal,
    client: Client,
    wanted: Wanted,
    target: Path,
    *,
    language: Language,
    at: datetime,
) -> Made:
    """Write the pack to `target`, whole or not at all; the same bytes for the same journal and `at`.

    Raises Refused where nothing fits or too much, ReportFailed, and OSError.
    """
    with journal.snapshot():
        found = matter(journal, client, wanted, at=at)
        _refuse(journal, client, found)
        setting = Setting(
            Request(language, edition="internal" if wanted.internal else "client"), found.zone, at
        )
        files, missing = _files(journal, found)
        paths = [
            [_record_path(n, piece), *(one.path for one in of_piece)]
            for n, (piece, of_piece) in enumerate(zip(found.pieces, files, strict=True), 1)
        ]
        index = Index(found, paths, missing)
        partial = target.with_name(f"{target.name}.partial")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            total = write_pack(partial, _contents(journal, index, files, setting))
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return Made(len(found.pieces), len(missing) + found.hidden + len(found.deleted), total)


def _refuse(journal: Journal, client: Client, found: Matter) -> None:
    gone = {(one.kind, one.id) for one in found.deleted}
    for kind, id_ in found.wanted.records:
        record = journal.get(KINDS[kind].cls, id_)
        if (kind, id_) not in gone and (record is None or record.client_id != client.id):
            raise Refused([Problem("records", _NO_RECORD, {"key": f"{kind}:{id_}"})])
    if not found.pieces:
        raise Refused([Problem("records", _NOTHING)])
    if len(found.pieces) > MOST_PIECES:
        raise Refused([Problem("records", _TOO_MANY, {"most": MOST_PIECES})])


def packable(kind_name: str) -> bool:
    """Whether records of a kind can be named: they belong to a client."""
    return kind_name in {kind.name for kind in DATED}


def _record_path(n: int, piece: Piece) -> str:
    return f"records/{number_of(n)}-{piece.kind.name}-{piece.record.id}.txt"


def _files(
    journal: Journal, found: Matter
) -> tuple[list[list[_File]], list[tuple[int, str, dict[str, object]]]]:
    """The files of each piece, and what of them cannot be in the pack."""
    files: list[list[_File]] = []
    missing: list[tuple[int, str, dict[str, object]]] = []
    for n, piece in enumerate(found.pieces, 1):
        kept: list[_File] = []
        if piece.original is not None:
            path = f"originals/{number_of(n)}-{piece.record.id}.eml"
            if _readable(journal, piece.original):
                kept.append(_File(path, piece.original))
            else:
                missing.append((n, _DAMAGED, {"name": path}))
        elif isinstance(piece.record, Interaction) and piece.record.channel is Channel.MAIL:
            missing.append((n, _NO_ORIGINAL, {}))
        for place, one in enumerate(piece.files, 1):
            why = _why_not(journal, one, internal=found.wanted.internal)
            if why:
                named = "…" if why == _INTERNAL else one.name
                missing.append((n, why, {"name": named}))
            else:
                kept.append(_File(f"attachments/{number_of(n)}/{place}-{_safe(one.name)}", one))
        files.append(kept)
    return files, missing


def _why_not(journal: Journal, one: Attachment, *, internal: bool) -> str:
    if one.internal and not internal:
        return _INTERNAL
    if not one.hash:
        return _NOT_KEPT
    return "" if _readable(journal, one) else _DAMAGED


def _readable(journal: Journal, one: Attachment) -> bool:
    if one.media_type != ORIGINAL:
        return blobs.intact(journal, one.hash)
    try:
        content(journal, one)
    except Refused:
        return False
    return True


def _safe(name: str) -> str:
    """A name that every system and every ZIP program takes."""
    plain = file_name(unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode())
    if len(plain.encode()) <= _MOST_BYTES:
        return plain
    stem, dot, ending = plain.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) < 10 else ""
    short = plain.removesuffix(ending).encode()[: _MOST_BYTES - len(ending.encode())]
    return f"{short.decode('utf-8', 'ignore').rstrip('. ')}{ending}"


def _contents(
    journal: Journal, index: Index, files: list[list[_File]], setting: Setting
) -> Iterator[tuple[str, bytes]]:
    """Paths and bytes, the index first; files one at a time, as they may be large."""
    kind = index_kind(index)
    documents = kind.documents(journal, index.matter.client, setting.request, at=setting.at)
    yield "index.pdf", compile_pdf(kind.template, data_of(documents), at=setting.at)
    yield "README.txt", ("\n\n".join(map(setting.words, PROOF)) + "\n").encode()
    for n, (piece, of_piece) in enumerate(zip(index.matter.pieces, files, strict=True), 1):
        text = piece_text(n, piece, setting)
        yield _record_path(n, piece), text.encode("utf-8", "replace")
        for one in of_piece:
            yield one.path, content(journal, one.attachment)


def said_of(target: Path, made: Made) -> tuple[str, dict[str, object]]:
    """What is said once a pack is made, for the catalogue, and what fills it."""
    return _MADE, {
        "path": shown(target),
        "n": made.records,
        "out": made.left_out,
        "sum": made.sha256,
    }


_MADE: Final = mark(
    "{path}: {n} records, left out {out}. Write down elsewhere that its SHA-256 is {sum}"
)

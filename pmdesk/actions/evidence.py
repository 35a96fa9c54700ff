"""A matter as an evidence pack: its records, the mails as they came, their files, sums of all of it."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmdesk.actions.originals import ORIGINAL, content, file_name
from pmdesk.actions.refusals import Refused
from pmdesk.answers.evidence import MOST_PIECES, Matter, Piece, Wanted, matter
from pmdesk.exchange.pack import write_pack
from pmdesk.journal import blobs
from pmdesk.journal.errors import shown
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress, halves, untold
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
_STEPS: Final = 1000


class Made(NamedTuple):
    """A pack as it was made: how many records it holds, what is left out, its own SHA-256."""

    records: int
    left_out: int
    sha256: str


class _File(NamedTuple):
    """A file of the pack: its path, and where its bytes are kept."""

    path: str
    attachment: Attachment


@dataclass(frozen=True)
class Looked:
    """What a pack would hold and what would stay out; `problem` says why there can be none."""

    index: Index
    problem: Problem | None
    files: list[list[_File]]

    @property
    def left_out(self) -> int:
        """How many records and files stay out."""
        of = self.index.matter
        return len(self.index.missing) + of.hidden + of.undated + len(of.deleted)

    @property
    def originals(self) -> int:
        """How many mails go in as they came."""
        return sum(one.attachment.media_type == ORIGINAL for of in self.files for one in of)

    @property
    def attachments(self) -> int:
        """How many files go in that came with a record."""
        return sum(map(len, self.files)) - self.originals


def look_through(
    journal: Journal, client: Client, wanted: Wanted, *, at: datetime, progress: Progress = untold
) -> Looked:
    """What a pack would hold, each of its files read whether it is sound; nothing is written."""
    with journal.snapshot():
        return _looked(journal, client, wanted, at, progress)


def _looked(
    journal: Journal, client: Client, wanted: Wanted, at: datetime, progress: Progress
) -> Looked:
    found = matter(journal, client, wanted, at=at)
    problem = _why_none(journal, client, found)
    if len(found.pieces) > MOST_PIECES:
        found = replace(found, pieces=found.pieces[:MOST_PIECES])
    files, missing = _files(journal, found, progress)
    paths = [
        [_record_path(n, piece), *(one.path for one in of_piece)]
        for n, (piece, of_piece) in enumerate(zip(found.pieces, files, strict=True), 1)
    ]
    return Looked(Index(found, paths, missing), problem, files)


def write_evidence(
    journal: Journal,
    client: Client,
    wanted: Wanted,
    target: Path,
    *,
    language: Language,
    at: datetime,
    progress: Progress = untold,
) -> Made:
    """Write the pack to `target`, whole or not at all; the same bytes for the same journal and `at`.

    Raises Refused where nothing fits or too much, ReportFailed, and OSError.
    """
    looking, writing = halves(progress, _STEPS)
    with journal.snapshot():
        looked = _looked(journal, client, wanted, at, looking)
        if looked.problem is not None:
            raise Refused([looked.problem])
        setting = Setting(
            Request(language, edition="internal" if wanted.internal else "client"),
            looked.index.matter.zone,
            at,
        )
        partial = target.with_name(f"{target.name}.partial")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            total = write_pack(partial, _contents(journal, looked, setting, writing))
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return Made(len(looked.index.matter.pieces), looked.left_out, total)


def _why_none(journal: Journal, client: Client, found: Matter) -> Problem | None:
    gone = {(one.kind, one.id) for one in found.deleted}
    for kind, id_ in found.wanted.records:
        record = journal.get(KINDS[kind].cls, id_)
        if (kind, id_) not in gone and (record is None or record.client_id != client.id):
            return Problem("records", _NO_RECORD, {"key": f"{kind}:{id_}"})
    if not found.pieces:
        return Problem("records", _NOTHING)
    if len(found.pieces) > MOST_PIECES:
        return Problem("records", _TOO_MANY, {"most": MOST_PIECES})
    return None


def _record_path(n: int, piece: Piece) -> str:
    return f"records/{number_of(n)}-{piece.kind.name}-{piece.record.id}.txt"


def _files(
    journal: Journal, found: Matter, progress: Progress
) -> tuple[list[list[_File]], list[tuple[int, str, dict[str, object]]]]:
    """The files of each piece, and what of them cannot be in the pack."""
    files: list[list[_File]] = []
    missing: list[tuple[int, str, dict[str, object]]] = []
    for n, piece in enumerate(found.pieces, 1):
        progress(n, len(found.pieces))
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
    journal: Journal, looked: Looked, setting: Setting, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """Paths and bytes, the index first; files one at a time, as they may be large."""
    index, total = looked.index, len(looked.index.matter.pieces)
    kind = index_kind(index)
    documents = kind.documents(journal, index.matter.client, setting.request, at=setting.at)
    yield "index.pdf", _pdf(kind.template, data_of(documents), setting.at, progress)
    yield "README.txt", ("\n\n".join(map(setting.words, PROOF)) + "\n").encode()
    for n, (piece, of_piece) in enumerate(zip(index.matter.pieces, looked.files, strict=True), 1):
        progress(n, total)
        text = piece_text(n, piece, setting)
        yield _record_path(n, piece), text.encode("utf-8", "replace")
        for one in of_piece:
            yield one.path, content(journal, one.attachment)


def _pdf(template: str, data: dict[str, Any], at: datetime, progress: Progress) -> bytes:
    """The index as PDF; where somebody watches, in a process of its own that can be stopped."""
    if progress is untold:
        return compile_pdf(template, data, at=at)
    from pmdesk.report.apart import pdf_apart

    return pdf_apart(template, data, at=at, check=lambda: progress(0, 1))


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

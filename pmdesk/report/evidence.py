"""A matter's evidence on paper: what it proves, its records in order, what was left out and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from pmdesk.answers.evidence import Deleted, Matter, Piece
from pmdesk.answers.text.who import person
from pmdesk.records.declare import Field, Shape
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.report.asks import LANGUAGE
from pmdesk.report.declare import Part, ReportKind
from pmdesk.report.setting import Setting
from pmdesk.report.values import Prose, Section
from pmdesk.words import Words, mark

_MOST_TITLE: Final = 160
_MOST_NAMES: Final = 4
PROOF: Final = (
    mark(
        "This pack proves one thing: that none of its files has changed since the pack was made, as far as the SHA-256 of the pack itself was written down elsewhere at that time."
    ),
    mark(
        "It does not prove that the records are complete, that they are true, or that they were written on the days they name."
    ),
    mark(
        "Check it with “pmdesk verify PACK.zip”; or unpack it and run “sha256sum -c SHA256SUMS” there."
    ),
)


@dataclass(frozen=True)
class Index:
    """A matter and what becomes of it in the pack.

    `files` are the paths of each piece's files, in the order of the pieces; `missing` says of what
    was left out which record it belongs to, and why (a key of the catalogue with what fills it).
    """

    matter: Matter
    files: Sequence[Sequence[str]]
    missing: Sequence[tuple[int, str, Mapping[str, object]]]


def number_of(n: int) -> str:
    """The number under which a piece stands in index and names."""
    return f"{n:04d}"


def utc_said(when: datetime | date) -> str:
    """A moment in UTC; a day has none."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z" if isinstance(when, datetime) else "–"


def local_said(when: datetime | date, setting: Setting) -> str:
    """A moment in the client's zone with its offset from UTC, or the day."""
    if not isinstance(when, datetime):
        return when.isoformat()
    text = f"{when.astimezone(setting.zone):%Y-%m-%d %H:%M:%S%z}"
    return f"{text[:-2]}:{text[-2:]}"


def title_of(piece: Piece, words: Words) -> str:
    """What a piece is called, in a line."""
    title = " ".join(str(getattr(piece.record, piece.kind.title) or "").split())
    return title or words("(no subject)")


def piece_text(n: int, piece: Piece, setting: Setting) -> str:
    """A record with all its fields, as plain text; without those that are ours where it is theirs."""
    words = setting.words
    lines = [
        number_of(n)
        + f" {words(piece.kind.one)}"
        + words.bracketed(f"{piece.kind.name}:{piece.record.id}"),
        f"UTC: {utc_said(piece.when)}",
        f"{setting.zone.key}: {local_said(piece.when, setting)}",
        "",
    ]
    for field in piece.kind.fields:
        value = getattr(piece.record, field.name)
        hidden = field.meta.hidden or field.meta.refers
        if (
            hidden
            or value in {None, "", ()}
            or (field.meta.internal and not setting.request.internal)
        ):
            continue
        told = _told(field, value, setting)
        lines.append(f"{words(field.label)}:{chr(10) if field.meta.long else ' '}{told}")
    return "\n".join(lines) + "\n"


def _told(field: Field, value: Any, setting: Setting) -> str:
    words = setting.words
    if field.choices is not None:
        return words(value.label)
    match field.shape:
        case Shape.MOMENT:
            return f"{utc_said(value)} = {local_said(value, setting)}"
        case Shape.YES_NO:
            return words("Yes") if value else words("No")
        case Shape.TEXTS | Shape.REFS:
            return words.listed(map(str, value))
        case Shape.WHOLE if field.meta.checks == "money":
            return f"{value / 100:.2f}"
    return str(value)


def _period(index: Index, setting: Setting) -> str:
    words, matter = setting.words, index.matter
    parts = [words("As of {moment}", moment=words.moment(matter.at, setting.zone))]
    first, last = matter.wanted.period
    if first:
        parts.append(words("from {day}", day=words.date(first)))
    if last:
        parts.append(words("up to {day}", day=words.date(last)))
    if matter.wanted.text:
        parts.append(words("with “{words}”", words=matter.wanted.text))
    parts += [f"{kind}:{id_}" for kind, id_ in matter.wanted.records]
    return " · ".join(parts)


def proof(_index: Index, setting: Setting) -> Prose:
    """What the pack proves, and what it does not."""
    words = setting.words
    return Prose(words("What this pack proves"), tuple(words(one) for one in PROOF))


def records(index: Index, setting: Setting) -> Section:
    """Every record in its order, with its files."""
    words = setting.words
    rows = []
    for n, (piece, files) in enumerate(zip(index.matter.pieces, index.files, strict=True), 1):
        title = title_of(piece, words)
        title = f"{title[:_MOST_TITLE]}…" if len(title) > _MOST_TITLE else title
        who = person(piece.record.who) if isinstance(piece.record, Interaction) else ""
        what = words(piece.kind.one)
        if isinstance(piece.record, Interaction):
            what = f"{words(piece.record.channel.label)}\n{words(piece.record.direction.label)}"
        names = list(files[:_MOST_NAMES])
        if len(files) > _MOST_NAMES:
            names.append(words("and {n} more", n=len(files) - _MOST_NAMES))
        rows.append(
            (
                number_of(n),
                f"{utc_said(piece.when)}\n{local_said(piece.when, setting)}",
                what,
                f"{title}\n{who[:_MOST_TITLE]}" if who else title,
                "\n".join(names),
            )
        )
    return Section(
        words("Records in their order"),
        (words("No."), words("UTC, and in {zone}", zone=setting.zone.key), words("What"),
         words("Record"), words("Files")),
        (0.7, 2.9, 1.2, 3.0, 3.2),
        tuple(rows),
        "",
    )  # fmt: skip


def left_out(index: Index, setting: Setting) -> Section:
    """What is not in the pack, and why."""
    words, matter = setting.words, index.matter
    of_reason: dict[str, list[int]] = {}
    for n, why, facts in index.missing:
        of_reason.setdefault(words(why, **facts), []).append(n)
    rows = [(_ranges(numbers), told) for told, numbers in of_reason.items()]
    if matter.hidden:
        why = words(
            "Records that are internal only, or not yet told to the client: {n}", n=matter.hidden
        )
        rows.append(("–", why))
    if matter.undated:
        rows.append(("–", words("Records of which no day is known: {n}", n=matter.undated)))
    rows += [("–", _gone(one, setting)) for one in matter.deleted]
    return Section(
        words("Left out, and why"),
        (words("No."), words("Why")),
        (2.4, 8),
        tuple(rows),
        words("Nothing was left out."),
    )


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in their order, those that follow each other as first–last."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n <= runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return ", ".join(
        number_of(first) if first == last else f"{number_of(first)}–{number_of(last)}"
        for first, last in runs
    )


def _gone(one: Deleted, setting: Setting) -> str:
    return setting.words(
        "{kind} ({key}): deleted in the journal on {moment}",
        kind=setting.words(KINDS[one.kind].one), key=f"{one.kind}:{one.id}",
        moment=utc_said(one.at),
    )  # fmt: skip


def index_kind(index: Index) -> ReportKind[Index]:
    """The index of a pack as a report; its facts are these."""
    return ReportKind(
        name="evidence",
        title=mark("Evidence pack"),
        explained="",
        template="report",
        asks=(LANGUAGE,),
        facts=lambda *_: index,
        subtitle=lambda found, setting: setting.words("Records: {n}", n=len(found.matter.pieces)),
        period=_period,
        parts=(Part(proof), Part(records), Part(left_out)),
    )

"""Writes ARCHIVE.md, what an archive of a journal holds, from the declarations.

python packaging/archive_page.py
"""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pmdesk.actions.carried.links import NAMING, carried_fields, linking
from pmdesk.actions.carried.side import MAIL_TEXTS
from pmdesk.exchange.archive import VERSION
from pmdesk.journal.migrations import VERSION as JOURNAL
from pmdesk.records.declare import Field, Kind, Shape
from pmdesk.records.kinds import KINDS

PAGE = Path(__file__).resolve().parents[1] / "ARCHIVE.md"
_HEAD = f"""# The archive of a journal

`pmdesk export OUT.zip --archive` writes a whole journal, with `--client NAME` what concerns one
client; `pmdesk merge OUT.zip` takes it into another. It is a ZIP. Version {VERSION} is described here,
of journals of version {JOURNAL}. This page is made from the declarations by `packaging/archive_page.py`.

| file | what it holds |
|---|---|
| `archive.json` | `archive`: the version of the archive, `journal`: that of the journal, `client`: the uuid of the client it is of, null for all |
| `tables/KIND.json` | the records of a kind, in the order of their ids: a list with an object for each |
| `tables/mail.json` | what is remembered of each mail: `message_id`, `thread`, `interaction` (a uuid), {", ".join(f"`{name}`" for name in MAIL_TEXTS)} as in FORMAT.md. A second import finds in it what is known |
| `tables/past.json` | of each record `kind`, `uuid`, `at` (when it last changed), `back` (when it came back after it was deleted, left out where it never was) and `earlier`: a digest (`said`) and the links of each earlier state. Two journals tell from it which is the newer. A merge that was undone is not told of |
| `tables/deleted.json` | the same of records that were deleted; `earlier` ends with what they were |
| `files/SHA-256` | the bytes of attachments and of mails as they came (compressed, RFC 1950), once each |
| `SHA256SUMS` | the SHA-256 of every file, as `sha256sum -c` reads it |

Values are as FORMAT.md tells, as JSON. What is an id there is a uuid here: numbers are of one journal
alone. "kind:id" is `kind:uuid`, `kind:gone` where the record is no longer there. `thread` numbers the
conversations of one archive.

What does not travel: the action log (undo belongs to one file; texts of earlier states stay in it, of
them only digests go along), drafts (they belong to an open form), standings and the search index (made
anew), the passphrase: **an archive is not encrypted**. Settings are of a machine, not of a journal.
An archive of one client holds its records, its calendar, its mail and files, and the entries that name
it alone; links to records of other clients go out as uuids and are cut where they are not known.
Internal-only records are in every archive.

"""


def page() -> str:
    """The whole page."""
    kinds = sorted(KINDS.values(), key=lambda kind: kind.number)
    return _HEAD + "\n".join(line for kind in kinds for line in _kind(kind))


def _kind(kind: Kind) -> Iterator[str]:
    yield f"## `{kind.name}`\n"
    yield "| field | JSON | what it names |\n|---|---|---|\n| uuid | text | itself |"
    if any(field.name == "thread" for field in kind.fields):
        yield "| thread | number | its conversation, left out where it has none |"
    for field in carried_fields(kind):
        yield f"| {field.name} | {_form(field)} | {_named(kind, field)} |"
    yield ""


def _form(field: Field) -> str:
    null = " or null" if field.optional else ""
    if field.meta.refers and field.shape is Shape.WHOLE:
        return f"uuid{null}"
    return _FORMS[field.shape] + null


_FORMS = {
    Shape.TEXT: "text", Shape.WHOLE: "number", Shape.REAL: "number", Shape.YES_NO: "true or false",
    Shape.DAY: "day", Shape.MOMENT: "moment", Shape.CHOICE: "choice", Shape.TEXTS: "list of texts",
    Shape.REFS: "list of uuids",
}  # fmt: skip


def _named(kind: Kind, field: Field) -> str:
    if field.name not in linking(kind):
        return ""
    if (kind.name, field.name) in NAMING:
        return "any record, as `kind:uuid`"
    return f"`{field.meta.refers}`" if field.meta.refers else "records, by uuid"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")

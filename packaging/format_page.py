"""Writes the tables of the record kinds into FORMAT.md, from their declarations.

python packaging/format_page.py

A number that the page has once given to a kind is for ever: it refuses to change one.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pmdesk.journal.codec import COLUMN_TYPES
from pmdesk.records.declare import Field, Kind, Shape
from pmdesk.records.kinds import KINDS

PAGE = Path(__file__).resolve().parents[1] / "FORMAT.md"
BEGIN, END = "<!-- kinds: packaging/format_page.py -->\n", "<!-- end of kinds -->\n"
_NUMBER = re.compile(r"^### `(\w+)` \((\d+)\)$", re.MULTILINE)
_HELD = {
    Shape.YES_NO: "0 or 1",
    Shape.DAY: "day",
    Shape.MOMENT: "moment",
    Shape.TEXTS: "list of texts",
    Shape.REFS: "list of ids",
}


def tables() -> str:
    """What the page says of every record kind, in the order of their numbers."""
    return "\n".join(
        line for kind in sorted(KINDS.values(), key=lambda k: k.number) for line in _kind(kind)
    )


def numbers(page: str) -> dict[str, int]:
    """The number of each kind as a page tells it."""
    return {name: int(number) for name, number in _NUMBER.findall(page)}


def _kind(kind: Kind) -> Iterator[str]:
    purpose = " ".join((kind.cls.__doc__ or "").split("\n\n")[0].split())
    yield f"### `{kind.name}` ({kind.number})\n"
    yield f"{kind.many}. {purpose}\n"
    yield "| column | type | what it holds |\n|---|---|---|"
    for field in kind.fields:
        yield f"| {field.name} | {COLUMN_TYPES[field.shape]} | {_holds(field)} |"
    yield ""


def _holds(field: Field) -> str:
    if field.name == "id":
        return "the row's number, never given twice"
    if field.name == "uuid":
        return "the same in every copy of the journal"
    parts = [field.label]
    if field.choices is not None:
        parts.append(" / ".join(f"`{choice.value}`" for choice in field.choices))
    elif field.shape in _HELD:
        parts.append(_HELD[field.shape])
    if field.meta.refers:
        parts.append(f"of `{field.meta.refers}`")
    if field.meta.unit:
        parts.append(f"in {field.meta.unit}")
    if field.name.endswith("_minor"):
        parts.append("in hundredths of the currency")
    if field.meta.internal:
        parts.append("never shown to a client")
    return ", ".join(parts).replace("|", "\\|")


def written(page: str) -> str:
    """The page with its tables as they are declared now; raises ValueError for a changed number."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    for name, number in numbers(page).items():
        if name in KINDS and KINDS[name].number != number:
            raise ValueError(f"{name} has been number {number} since it went out")
    return f"{before}{BEGIN}\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")

"""The catalogue of texts: collected from code and forms, merged, compiled.

`update` collects and compiles; `merge FILE…` takes lines "English<TAB>中文" first. Both print what
has no translation yet; `merge` also what the program does not say.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "locale" / "zh" / "LC_MESSAGES"
PO, MO = FOLDER / "pmdesk.po", FOLDER / "pmdesk.mo"
KEYWORDS = {"words": None, "tables": None, "_words": None, "mark": None, "plural": (1, 2)}
HEADER = "# Texts of PM Desk in 简体中文. English is the source."


def collected() -> Catalog:
    """Every text of the program."""
    catalogue = Catalog(project="PM Desk", charset="utf-8", fuzzy=False)
    for path in sorted((ROOT / "pmdesk").rglob("*.py")):
        for _, text, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
            if text and text != ("", ""):
                catalogue.add(text)
    for path in sorted((ROOT / "ui").rglob("*.ui")):
        for text in form_texts(path):
            catalogue.add(text)
    for text in help_texts():
        catalogue.add(text)
    return catalogue


def help_texts() -> Iterator[str]:
    """The help of every command and option: those of reports are there only when asked for."""
    sys.path.insert(0, str(ROOT))
    from pmdesk.cli import main as command
    from pmdesk.cli_speech import texts_of

    yield from texts_of(command)


def form_texts(path: Path) -> Iterator[str]:
    """The texts of a Designer form that are to be translated."""
    for element in ElementTree.parse(path).iter("string"):
        if element.text and element.text.strip() and element.get("notr") != "true":
            yield element.text


def read() -> Catalog:
    """The Chinese catalogue as it stands."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as its file holds it."""
    out = BytesIO()
    write_po(out, catalogue, width=100, sort_output=True, omit_header=False, ignore_obsolete=True)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def updated(old: Catalog, pairs: dict[str, str]) -> Catalog:
    """The texts of the program with the translations of `old` and `pairs`."""
    catalogue = Catalog(
        locale="zh_Hans_CN",
        project="PM Desk",
        version="1",
        header_comment=HEADER,
        msgid_bugs_address="none",
        last_translator="PM Desk contributors",
        language_team="PM Desk contributors",
        creation_date=old.creation_date,  # unchanged texts leave the file unchanged
        revision_date=old.creation_date,
        charset="utf-8",
        fuzzy=False,
    )
    for message in collected():
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        before = old.get(key)
        translation = before.string if before else ""
        if isinstance(translation, tuple):
            translation = translation[0]
        translation = pairs.get(key, translation)
        catalogue.add(message.id, (translation,) if isinstance(message.id, tuple) else translation)
    return catalogue


def pairs_of(path: Path) -> dict[str, str]:
    """Translations from a file of tab-separated lines."""
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def main() -> None:
    """Collect, merge, write, compile; say what is missing."""
    task, files = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if task not in ("update", "merge") or (task == "merge") != bool(files):
        sys.exit("catalogue.py update | merge FILE…")
    pairs: dict[str, str] = {}
    for name in files:
        pairs |= pairs_of(Path(name))
    catalogue = updated(read(), pairs)
    PO.write_bytes(po_bytes(catalogue))
    MO.write_bytes(mo_bytes(catalogue))
    for message in catalogue:
        if message.id and not (message.string and message.string[0]):
            print("no translation:", message.id if isinstance(message.id, str) else message.id[0])
    for text in sorted(text for text in pairs if text not in catalogue):
        print("not said by the program:", text)


if __name__ == "__main__":
    main()

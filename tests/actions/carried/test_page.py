"""ARCHIVE.md says what an archive is: held to the declarations, and to an archive."""

import json
import re
from zipfile import ZipFile

from pmdesk.actions.archive import export_archive
from pmdesk.actions.sample import create_sample
from tests.test_packaging import ROOT, load

archive_page = load(ROOT / "packaging" / "archive_page.py")
PAGE = (ROOT / "ARCHIVE.md").read_text("utf-8")


def test_the_page_is_as_declared():
    assert archive_page.page() == PAGE, "run packaging/archive_page.py"


def test_the_page_tells_every_field_of_an_archive(tmp_path, at):
    told = {
        part.partition("`")[0]: set(re.findall(r"^\| (\w+) \|", part, re.MULTILINE))
        for part in PAGE.split("## `")[1:]
    }
    with create_sample(tmp_path / "a.pmdesk", at=at) as journal:
        export_archive(journal, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as archive:
        for name in archive.namelist():
            kind = name.removeprefix("tables/").removesuffix(".json")
            if kind in told:
                fields = {key for row in json.loads(archive.read(name)) for key in row}
                assert fields - {"thread"} <= told[kind] - {"field"} - {"thread"}
                assert told[kind] - {"field", "thread"} <= fields

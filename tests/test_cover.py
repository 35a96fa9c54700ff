"""The floors of coverage: every wing has one, and one that sinks is named."""

import tomllib

from tests.test_packaging import ROOT, load

cover = load(ROOT / "packaging" / "cover.py")
FLOORS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pmdesk"]["cover"]


def file(covered, lines):
    return {"summary": {"covered_lines": covered, "num_statements": lines}}


def test_a_wing_is_a_package_and_its_share_counts_lines_not_files():
    report = {
        "files": {
            "pmdesk/words.py": file(3, 4),
            "pmdesk/gui/desk.py": file(1, 10),
            "pmdesk/gui/pages/page.py": file(30, 30),
            "pmdesk/gui/__init__.py": file(0, 0),
        }
    }
    assert cover.shares(report) == {"gui": 77.5, "pmdesk": 75.0}


def test_what_lies_below_its_floor_or_has_none_is_named():
    found = {"gui": 89.9, "journal": 99.0, "new": 99.9}
    assert [line.split(":")[0] for line in cover.below(found, {"gui": 90, "journal": 98})] == [
        "gui",
        "new",
    ]


def test_every_wing_has_its_floor():
    wings = {path.parent.name for path in (ROOT / "pmdesk").glob("*/__init__.py")}
    assert set(FLOORS) == wings | {"pmdesk"}
    assert all(65 <= floor <= 100 for floor in FLOORS.values())

"""Charts are set in the bundled fonts, whatever the system has or once had."""

from pathlib import Path

import pytest
from matplotlib.font_manager import FontEntry, fontManager  # noqa: TID253 - its list is tried

from pmdesk.charts.style import FAMILIES, load_fonts


@pytest.fixture
def a_font_that_is_gone(monkeypatch, tmp_path):
    """The list of fonts that matplotlib kept names a file that has been deleted since."""
    gone = FontEntry(fname=str(tmp_path / "gone.ttf"), name=FAMILIES[-1], size="scalable")
    monkeypatch.setattr(fontManager, "ttflist", [gone, *fontManager.ttflist])
    load_fonts.cache_clear()
    yield
    load_fonts.cache_clear()


@pytest.mark.usefixtures("a_font_that_is_gone")
def test_a_font_gone_from_the_system_takes_none_of_ours_with_it():
    load_fonts()
    found = [Path(fontManager.findfont(name, fallback_to_default=False)) for name in FAMILIES]
    assert {path.parent.parent.name for path in found} == {"resources"}

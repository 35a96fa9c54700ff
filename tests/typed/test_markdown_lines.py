"""Lists that go on while they are typed."""

import pytest

from pmdesk.typed.markdown_lines import continued, moved


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("- one", "- "),
        ("    * one", "    * "),
        ("9. nine", "10. "),
        ("- [x] done", "- [ ] "),
        ("> said", "> "),
        ("- ", ""),
        ("3. ", ""),
        ("> ", ""),
        ("plain", None),
        ("-not an item", None),
        ("2026 was long", None),
    ],
)
def test_a_line_goes_on_as_it_began(line, following):
    assert continued(line) == following


@pytest.mark.parametrize("line", ["- one", "    - one", ""])
def test_an_item_that_was_moved_in_comes_back(line):
    assert moved(moved(line, out=False), out=True) == line
    assert moved("  - two", out=True) == "- two"

"""Blanks in prepared texts: known ones are filled, unknown and empty ones stay to be seen."""

import pytest

from pmdesk.insight.blanks import blanks_in, filled

FACTS = {"found": "08:48", "客户": "青松", "owner": ""}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("At {found} it stopped.", "At 08:48 it stopped."),
        ("At [ Found ] it stopped.", "At 08:48 it stopped."),
        ("［客户］于{found}发现", "青松于08:48发现"),
        ("Ask {owner}", "Ask {owner}"),
        ("Next word at [time]", "Next word at [time]"),
        ("no blank { here", "no blank { here"),
        ("{}", "{}"),
    ],
)
def test_only_what_is_known_is_filled(text, said):
    assert filled(text, FACTS) == said


def test_a_fact_with_braces_is_taken_as_it_is():
    assert filled("{a}", {"a": r"{b} \1"}) == r"{b} \1"


def test_blanks_are_told_once_each_in_their_order():
    assert blanks_in("[time] {who} [time] ［名称］ [kept / at risk]\n[over\nlines]") == (
        "[time]", "{who}", "［名称］", "[kept / at risk]",
    )  # fmt: skip

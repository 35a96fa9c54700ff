"""No text is taken for markup: what is escaped reads as it was written, and opens nothing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.exchange.markdown import fence, line, link, named, points, prose

# What opens something where a line begins (CommonMark 0.31, chapters 4 and 5).
OPENS = re.compile(
    r"[-+*](?:\s|$)|#{1,6}(?:\s|$)|>|\d{1,9}[.)](?:\s|$)|[-_*]{3,}\s*$|=+\s*$|```|~~~|:\s|\|"
)
WILD = st.text(st.sampled_from("#*_`[]<>|\\~$^{}&;!=%-+:.@ \n\tab1 周。/w"), max_size=30)


def _read(said):
    """What a program shows of one line, and what of it is neither code nor behind a backslash."""
    shown, bare, place = [], [], 0
    while place < len(said):
        if said[place] == "\\":
            shown.append(said[place + 1])
            place += 2
        elif said[place] == "`":
            end = said.index("`", place + 1)
            shown.append(said[place + 1 : end])
            place = end + 1
        else:
            shown.append(said[place])
            bare.append(said[place])
            place += 1
    return "".join(shown), set(bare)


@settings(max_examples=50)
@given(st.one_of(WILD, st.text()))
def test_a_line_reads_back_and_nothing_in_it_is_open(text):
    said = line(text)
    visible = "".join(c for c in text if c in "\t\n\r" or not re.match(r"[\x00-\x1f\x7f]", c))
    shown, bare = _read(said)
    assert shown == " ".join(visible.split())
    assert not OPENS.match(said)
    assert not bare & set("`*_[<|#~$^{\\@")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# head", r"\# head"),
        ("1. one", r"1\. one"),
        ("2026) x", r"2026\) x"),
        ("1.5 days", "1.5 days"),
        ("- a", r"\- a"),
        ("--- a", r"\--- a"),
        ("-5 days", "-5 days"),
        ("=== ", r"=\=\="),
        ("> said", r"\> said"),
        ("a -> b", "a -> b"),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[x](http://y)", "`[x](http://y)`"),
        ("<b>x</b>", r"\<b>x\</b>"),
        ("a|b", r"a\|b"),
        ("R&D &amp; &#35;", r"R&D \&amp; \&\#35;"),
        ("周启明 <zhou@pine.example>", "周启明 `<zhou@pine.example>`"),
        ("www.pine.example/a_b", "`www.pine.example/a_b`"),
        ("==mark==", r"=\=mark=\="),
        ("    code", "code"),
        ("a\x00\x07b", "ab"),
    ],
)
def test_a_line_as_it_is_written(text, said):
    assert line(text) == said


@settings(max_examples=50)
@given(WILD)
def test_no_text_ends_its_fence(text):
    opening, *inside, closing = fence(f"a{text}`b").split("\n")
    ticks = opening.removesuffix("text")
    assert closing == ticks
    assert set(ticks) == {"`"}
    assert "\n".join(inside) == f"a{text}`b"
    assert all(not one.strip().startswith(ticks) for one in inside)


def test_a_text_of_several_lines_keeps_them():
    assert fence("a\r\nb\rc") == "```text\na\nb\nc\n```"
    assert fence("```\nx\n````") == "`````text\n```\nx\n````\n`````"


def test_an_entry_keeps_its_lines_and_its_head():
    assert list(prose("# Anneke *\nshe said\n- one\n\n  1. two")) == [
        r"#### Anneke \*",
        "she said  \n" + r"\- one",
        r"1\. two",
    ]
    assert list(prose("#tag alone")) == [r"\#tag alone"]


def test_points_and_links_hold_what_is_written():
    assert points(["- a", "", " \x00", "b"]) == "\n  - \\- a\n  - b"
    assert (
        link("a]b (1).pdf", "x files/a]b (1).pdf")
        == r"[a\]b (1).pdf](<x%20files/a%5Db%20%281%29.pdf>)"
    )


def test_in_chinese_the_colon_stands_behind_the_bold():
    # CommonMark 6.2: marks behind a sign of punctuation end nothing before a letter
    assert named("行业", "装备制造", wide=True) == "- **行业**：装备制造"
    assert named("Industry", "gears") == "- **Industry:** gears"

"""Formatted text that is pasted, as Markdown."""

import pytest

from pmdesk.exchange.pasted import MOST, markdown_of

WORD_ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>{sign}<span>&nbsp;&nbsp; </span></span><![endif]>{text}<o:p></o:p></p>"
)
WORD_LIST = "".join(
    WORD_ITEM.format(level=level, sign=sign, text=text)
    for level, sign, text in ((1, "·", "First"), (2, "2.", "Second"), (1, "·", "Last"))
)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>Kick-<b>off</b></h2><p>Text</p>", "## Kick-off\n\nText"),
        ("<p>Costs <b>rise </b>by <i>10 %</i></p>", "Costs **rise** by *10 %*"),
        ('<p><span style="font-weight:700">需求</span>变更</p>', "**需求**变更"),
        ('<b style="font-weight:normal"><h1>A</h1><p>b</p></b>', "# A\n\nb"),
        ('<a href="https://x.example/a(b)">offer</a>', "[offer](https://x.example/a%28b%29)"),
        ('<a href="https://x.example/">https://x.example/</a>', "<https://x.example/>"),
        ('<h1>x</h1><a href="javascript:alert(1)">press</a>', "# x\n\npress"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n    - b\n- c"),
        ("<ul><li><p>a</p></li></ul><ol start=3><li>x<li>y</ol>", "- a\n\n3. x\n4. y"),
        (WORD_LIST, "- First\n    2. Second\n- Last"),
        (
            "<table><tr><td><p>Item</p></td><td>Hours</td></tr><tr><td>A|B</td></tr></table>",
            "| Item | Hours |\n| --- | --- |\n| A\\|B |  |",
        ),
        ("<blockquote>one<br>two</blockquote>", "> one  \n> two"),
        ("<pre>a *b*\n  c</pre>", "```\na *b*\n  c\n```"),
        ("<p><b>x</b></p><p>1. no * list_a # _b_</p>", "**x**\n\n1\\. no \\* list_a # \\_b\\_"),
        ("<h1>x</h1><script>bad()</script><style>p{}</style><img src=http://evil.example>", "# x"),
        # nothing but text: the text itself is pasted
        ("<p>plain</p><p>two **stars**</p>", None),
        ('<div style="font-family: monospace; white-space: pre;"><b>def</b> f</div>', None),
        ("<h1>x</h1>" + "y" * MOST, None),
    ],
)
def test_formatted_text_becomes_markdown(html, markdown):
    assert markdown_of(html) == markdown


@pytest.mark.parametrize(
    "piece", ["<!", "<a ", "<b>", "<ul><li>", "</p>", "<!--", "<table><tr><td>"]
)
def test_what_nobody_closed_is_read_in_one_go(piece):
    markdown_of("<h1>head</h1>" + piece * 20_000)

"""Formatted text from a word processor or a web page as Markdown; nothing in it is fetched or run."""

from collections import Counter
from html.parser import HTMLParser
from typing import Final, NamedTuple

from pmdesk.exchange.pasted_runs import Run, cell, prose_of
from pmdesk.exchange.pasted_style import Style, list_level, styled
from pmdesk.typed.markdown_lines import INDENT

MOST: Final = 1_000_000  # characters of HTML: at worst a second
_DEEPEST: Final = 200
_MOST_CELLS: Final = 50
_HIDDEN: Final = frozenset(
    ("script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe")
)
_HEADS: Final = {f"h{n}": "#" * n for n in range(1, 7)}
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "main",
        "nav",
        "p",
        "pre",
        "section",
        "ul",
        "ol",
        "li",
        "table",
        "caption",
    ]
) | frozenset(_HEADS)


class _Block(NamedTuple):
    """A block of Markdown; the items of one list, which has a number, stand line by line."""

    text: str
    of_list: int = 0


class _Markdown(HTMLParser):
    """Collects blocks. `formatted` is whether anything is more than paragraphs of text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.formatted = False
        self._runs: list[Run] = []
        self._styles = [Style()]
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self._hidden: Counter[str] = Counter()
        self._lists: list[int] = []  # number of the item before; -1 of a list with points
        self._lead = self._indent = ""
        self._list = 1
        self._table: list[list[str]] | None = None
        self._tables = 0
        self._sign: str | None = None  # of an item of a word processor, while it is read

    # what the parser finds

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden[tag] += 1
            return
        if tag == "body":
            self._hidden.clear()  # a head that nobody closed ends here
        if self._hidden.total():
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._runs.append(Run("\n", self._styles[-1]))
        elif self._tables:
            self._begin_cell(tag)
        elif tag in _BLOCKS:
            self._begin_block(tag, given)
        if tag not in ("br", "hr", "img", "meta", "link", "input", "wbr", "col"):
            if len(self._open) < _DEEPEST:
                self._open.append(tag)
                self._counts[tag] += 1
                self._styles.append(styled(self._styles[-1], tag, given))
            if self._styles[-1].sign and self._sign is None:
                self._sign = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _HIDDEN or tag in _BLOCKS:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden[tag] = max(0, self._hidden[tag] - 1)
            return
        if self._hidden.total() or not self._counts[tag]:
            return
        if self._tables:
            self._end_cell(tag)
        elif tag in _BLOCKS:
            self._flush()
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
        while self._open:
            last = self._open.pop()
            self._counts[last] -= 1
            self._styles.pop()
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._hidden.total():
            return
        style = self._styles[-1]
        if style.sign:
            self._sign = (self._sign or "") + data
        else:
            self._runs.append(Run(data, style))

    # blocks

    def _begin_block(self, tag: str, given: dict[str, str]) -> None:
        self._flush()
        if tag in ("ul", "ol"):
            if not self._lists:
                self._list += 1
            start = given.get("start", "")
            first = int(start) if start.isdecimal() and len(start) < 7 else 1
            self._lists.append(-1 if tag == "ul" else first - 1)
        elif tag == "li":
            if not self._lists:
                self._lists.append(-1)
            depth = min(len(self._lists), 9) - 1
            if self._lists[-1] >= 0:
                self._lists[-1] += 1
            sign = "-" if self._lists[-1] < 0 else f"{self._lists[-1]}."
            self._item(sign, depth)
        elif level := list_level(given):
            self._item("", level - 1)
        elif tag == "table":
            self._tables, self._table = 1, []
        elif tag == "hr":
            self.blocks.append(_Block("---"))
            self.formatted = True

    def _item(self, sign: str, depth: int) -> None:
        self._indent = INDENT * depth
        self._lead = f"{sign} " if sign else "- "
        self._sign = None
        self.formatted = True

    def _flush(self) -> None:
        """End the block that is being read."""
        if not self._runs:
            return
        runs, self._runs = self._runs, []
        kept = self._counts["pre"] > 0
        text = prose_of(runs, head=any(self._counts[head] for head in _HEADS), kept=kept)
        if not text:
            return
        self.formatted = self.formatted or kept or any(run.style.tells for run in runs)
        if self._lead:
            lead = self._lead
            if self._sign is not None and (number := self._sign.strip().rstrip(".)、")):
                lead = f"{number}. " if number.isdecimal() and len(number) < 7 else "- "
            inner = f"\n{self._indent}{' ' * len(lead)}"
            said = f"{self._indent}{lead}{text.replace(chr(10), inner)}"
            self.blocks.append(_Block(said, self._list))
            self._lead, self._sign = "", None
        elif self._lists:
            inner = f"\n{self._indent}{INDENT}"
            self.blocks.append(_Block(inner.lstrip("\n") + text.replace("\n", inner)))
        elif kept:
            self.blocks.append(_Block(f"```\n{text}\n```"))
        else:
            self.blocks.append(_Block(self._opened(text)))

    def _opened(self, text: str) -> str:
        """A paragraph as its place asks: a head, or quoted."""
        for tag, signs in _HEADS.items():
            if self._counts[tag]:
                self.formatted = True
                return f"{signs} {text}"
        if self._counts["blockquote"]:
            self.formatted = True
            return "> " + text.replace("\n", "\n> ")
        return text

    # tables

    def _begin_cell(self, tag: str) -> None:
        if tag == "table":
            self._tables += 1
        elif tag in _BLOCKS or tag == "br":
            self._runs.append(Run("\n", self._styles[-1]))
        elif self._tables == 1 and self._table is not None and tag in ("tr", "td", "th"):
            self._runs.clear()
            if tag == "tr":
                self._table.append([])

    def _end_cell(self, tag: str) -> None:
        if tag == "table":
            self._tables -= 1
            if not self._tables:
                self._end_table()
        elif self._tables == 1 and self._table is not None and tag in ("td", "th"):
            text = cell(self._runs)
            self._runs.clear()
            if not self._table:
                self._table.append([])
            if len(self._table[-1]) < _MOST_CELLS:
                self._table[-1].append(text)

    def _end_table(self) -> None:
        rows = [row for row in self._table or () if any(row)]
        self._table, self._runs = None, []
        width = max((len(row) for row in rows), default=0)
        if width < 2:  # only holds a place for what stands in it
            self.blocks += [_Block(row[0]) for row in rows]
            return
        self.formatted = True
        lines = [[*row, *[""] * (width - len(row))] for row in rows]
        lines.insert(1, ["---"] * width)
        self.blocks.append(_Block("\n".join(f"| {' | '.join(line)} |" for line in lines)))

    def end(self) -> None:
        """Take what is left open."""
        if self._tables:
            self._end_table()
        self._flush()


def markdown_of(html: str) -> str | None:
    """HTML as Markdown; None where it says no more than its text, or is too large to be read."""
    if len(html) > MOST or _is_code(html):
        return None
    parser = _Markdown()
    try:
        # closed, the parser looks through all of it again for each part that has no end
        parser.feed(html + "<br>")
    except (AssertionError, ValueError, IndexError):
        return None  # it gives up on some malformed declarations: the plain text is there
    parser.end()
    if not parser.formatted or not parser.blocks:
        return None
    text = parser.blocks[0].text
    for before, block in zip(parser.blocks, parser.blocks[1:], strict=False):
        same = before.of_list and before.of_list == block.of_list
        text += ("\n" if same else "\n\n") + block.text
    return text


def _is_code(html: str) -> bool:
    """Whether it comes from an editor of programs: its lines are lines, its colours say nothing."""
    start = html[:2_000].replace(" ", "").lower()
    return "white-space:pre" in start and "monospace" in start

"""Runs of styled text as the lines of Markdown."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from pmdesk.exchange.pasted_style import Style

_BLANKS: Final = re.compile(r"[ \t\r\f\u00a0]+")
_BREAK: Final = "  \n"  # two blanks keep the end of a line
_SIGNS: Final = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~(?=~)")
_OPENER: Final = re.compile(r"(?:#{1,6}|[-+>]|=+)(?=\s|$)")
_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_TICKS: Final = re.compile(r"`+")
_CODED: Final = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20"}


class Run(NamedTuple):
    """A text and how it is set; a line feed alone is the end of a line."""

    text: str
    style: Style


def prose_of(runs: list[Run], *, head: bool, kept: bool) -> str:
    """The text of a block; `kept` as it stands, a `head` on one line."""
    if kept:
        return "".join(run.text for run in runs).strip("\n")
    lines = [_line(list(part), head=head) for part in _lines(runs)]
    told = [line for line in lines if line]
    return " ".join(told) if head else _BREAK.join(told)


def cell(runs: list[Run]) -> str:
    """The text of a cell of a table, on one line."""
    return " ".join(filter(None, (_line(part, head=False) for part in _lines(runs)))).replace(
        "|", r"\|"
    )


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        if run.text == "\n":
            yield line
            line = []
        else:
            line.append(run)
    yield line


def _line(runs: list[Run], *, head: bool) -> str:
    """A line, its blanks as a page shows them."""
    told = ""
    for style, group in groupby(runs, attrgetter("style")):
        text = _BLANKS.sub(" ", "".join(run.text for run in group).replace("\n", " "))
        if told.endswith((" ", "")) and (not told or told[-1] == " "):
            text = text.lstrip(" ")
        inner = text.strip(" ")
        if not inner:
            told += text
            continue
        before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
        told += f"{before}{_set(inner, style._replace(bold=style.bold and not head))}{after}"
    said = told.strip(" ")
    if _NUMBER.match(said):
        return _NUMBER.sub(r"\1\\\2", said, count=1)
    return f"\\{said}" if _OPENER.match(said) else said


def _set(text: str, style: Style) -> str:
    if style.code:
        longest = max((len(run) for run in _TICKS.findall(text)), default=0)
        ticks = "`" * (longest + 1)
        said = f"{ticks} {text} {ticks}" if longest else f"`{text}`"
    else:
        said = _SIGNS.sub(lambda hit: f"\\{hit[0]}", text)
    if style.link:
        place = "".join(_CODED.get(letter, letter) for letter in style.link)
        said = f"<{place}>" if text == style.link == place else f"[{said}]({place})"
    signs = "*" * (2 * style.bold + style.italic)
    return f"{signs}{said}{signs}"

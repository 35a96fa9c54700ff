"""Texts put into Markdown so that nothing in them is taken for markup (CommonMark 0.31, GFM, Obsidian)."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

# Addresses and links go into code: everywhere else programs would make links of them.
_LINKED: Final = re.compile(r"[!-_a-~]*(?:@|://|[wW]{3}\.)[!-_a-~]*")
# Marked text ==so==, remarks %%so%% and entities only where they would be some.
_SIGNS: Final = re.compile(r"[\\`*_\[\]<#|~$^{]|(?<==)=|(?<=%)%|&(?=#?\w+;)")
# What opens a quotation, a list, a rule, the line below a head, a definition, or a list with numbers.
_OPENER: Final = re.compile(r">|[-+=:%](?=\s|$|[-+=:%])")
_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_UNSAFE: Final = re.compile(r"[^\w./-]")
_TICKS: Final = re.compile(r"`+")
_HEAD: Final = re.compile(r"#{1,6}[ \t]+(\S[^\n]*)")
_BLANK: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BREAK: Final = "  \n"  # two blanks keep the end of a line
_HIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def line(text: str) -> str:
    """A text on one line that stands anywhere, also where a line begins."""
    plain = " ".join(_HIDDEN.sub("", text).split())
    pieces, end = [], 0
    for hit in _LINKED.finditer(plain):
        pieces += [_escaped(plain[end : hit.start()]), f"`{hit[0]}`"]
        end = hit.end()
    said = "".join((*pieces, _escaped(plain[end:])))
    said = _NUMBER.sub(r"\1\\\2", said, count=1) if _NUMBER.match(said) else said
    return f"\\{said}" if _OPENER.match(said) else said


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda hit: f"\\{hit[0]}", text)


def prose(text: str) -> Iterator[str]:
    """The paragraphs of a text, each line a line; a first line marked as a head (# …) is one."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if head := _HEAD.match(plain):
        yield f"#### {line(head[1])}"
        plain = plain[head.end() :]
    for paragraph in _BLANK.split(plain):
        lines = [said for one in paragraph.split("\n") if (said := line(one))]
        if lines:
            yield _BREAK.join(lines)


def fence(text: str) -> str:
    """A text of several lines, kept as it is between fences that do not stand in it."""
    plain = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    longest = max((len(run) for run in _TICKS.findall(plain)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}text\n{plain}\n{ticks}"


def headed(label: str, *, wide: bool = False) -> str:
    """What comes is told in bold; `wide` is the colon of Chinese, behind the marks: none ends after it."""
    return f"**{line(label)}**：" if wide else f"**{line(label)}:**"


def named(label: str, value: str, *, wide: bool = False) -> str:
    """A point of a list: what it is, and its value, which is Markdown already."""
    gap = "" if wide or value.startswith("\n") else " "
    return f"- {headed(label, wide=wide)}{gap}{value}"


def points(values: Iterable[str]) -> str:
    """Texts as points of a list below a point; a point that says nothing would underline the one above."""
    return "".join(f"\n  - {said}" for value in values if (said := line(value)))


def link(text: str, path: str) -> str:
    """A link to a file beside this one, by its path with slashes."""
    # letters of any script stay readable; what could end the link, or a program would not take, is coded
    place = _UNSAFE.sub(lambda hit: quote(hit[0]), path)
    return f"[{_escaped(' '.join(text.split()))}](<{place}>)"

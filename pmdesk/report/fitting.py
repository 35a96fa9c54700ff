"""A report that ends on its first page: its lists are cut to the room that they have there.

Heights are estimated from letters, a little too high; the template sets the page with the same
sizes (report.typ, `compact`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from pmdesk.charts.printable import printable
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.values import Block, Letterhead, Line, Lines, Section

# In points: what a page holds below its head, and what the parts of a block take.
PAGE: Final = 705.0
HEADING: Final = 24.5
REMARK_LINE: Final = 9.4
TEXT_LINE: Final = 10.5
SECOND_LINE: Final = 9.6
GAP: Final = 5.0
CELL_LINE: Final = 9.6
CELL_GAP: Final = 3.0
MORE: Final = 10.5
EMPTY: Final = 8.0
# A first line is no higher than its capitals.
_FIRST: Final = 4.2
# How wide a letter is, in parts of its size; lines end before their last point.
_LATIN, _WIDE, _CAPITAL, _SPARE = 0.53, 1.0, 0.68, 1.05
WIDTH: Final = 504.0
HALF: Final = 243.0
# A letterhead beside the title, and what stands there without it.
_SENDER_LINE, _LOGO, _TITLE = 11.0, 39.0, 58.0
_BROAD: Final = frozenset("WMmw@%—")
_BULLET: Final = 12.0
_TEXT_SIZE, _SECOND_SIZE, _CELL_SIZE = 8.5, 7.5, 7.8
_TITLE_LINES, _SECOND_LINES, _CELL_LINES = 2, 2, 3
_LEAST: Final = 2
_MOST: Final = 60  # no page holds more
_LETTERS: Final = 400  # nor a place more of these


def fitted(blocks: Sequence[Block], setting: Setting, by: Letterhead) -> list[Block]:
    """The blocks with so many of their points and rows as a page holds, a few of each first.

    A letterhead that is higher than the title takes its room of it. What somebody wrote in place of points stays whole.
    """
    letter = len(by.sender) * _SENDER_LINE + (_LOGO if by.logo else 0.0)
    page = PAGE - max(0.0, letter - _TITLE)
    whole = [_clipped(block) for block in blocks]
    counts = [_count(block) for block in whole]
    shown = [
        n if _is_own(block) else min(n, _LEAST) for n, block in zip(counts, whole, strict=True)
    ]
    grown = True
    while grown:
        grown = False
        for place, n in enumerate(counts):
            if shown[place] == n:
                continue
            more = [*shown[:place], shown[place] + 1, *shown[place + 1 :]]
            if height([_cut(b, k, setting) for b, k in zip(whole, more, strict=True)]) <= page:
                shown, grown = more, True
    return [_cut(block, n, setting) for block, n in zip(whole, shown, strict=True)]


def height(blocks: Sequence[Block]) -> float:
    """How high the blocks are on a page, two halves side by side."""
    total, place = 0.0, 0
    while place < len(blocks):
        here = blocks[place]
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if _is_half(here) and after is not None and _is_half(after):
            total += max(_height(here, HALF), _height(after, HALF))
            place += 2
        else:
            total += _height(here, WIDTH)
            place += 1
    return total


def width_of(text: str, size: float) -> float:
    """How wide a text is about, in points, as it is printed."""
    return size * sum(
        _WIDE
        if letter >= "\u2e80" or letter in _BROAD
        else _CAPITAL
        if letter.isupper()
        else _LATIN
        for letter in printable(text)
    )


def _lines(text: str, size: float, width: float) -> int:
    return max(1, ceil(width_of(text, size) * _SPARE / width))


def _is_half(block: Block) -> bool:
    return isinstance(block, Lines) and block.half


def _is_own(block: Block) -> bool:
    return isinstance(block, Lines) and block.own


def _count(block: Block) -> int:
    match block:
        case Lines():
            return len(block.lines)
        case Section():
            return len(block.rows)
    return 0


def _cut(block: Block, shown: int, setting: Setting) -> Block:
    match block:
        case Lines() if shown < len(block.lines):
            return replace(
                block,
                lines=block.lines[:shown],
                more=Cut.of(block.lines, shown).more(setting.words),
            )
        case Section() if shown < len(block.rows):
            return replace(
                block, rows=block.rows[:shown], more=Cut.of(block.rows, shown).more(setting.words)
            )
    return block


def _height(block: Block, width: float) -> float:
    match block:
        case Lines():
            return _head(block, width) + sum(_point(line, width) for line in block.lines)
        case Section():
            high = CELL_LINE + CELL_GAP if block.rows else 0.0
            shares = _rooms(block, width)
            for row in block.rows:
                most = max(
                    _lines(cell, _CELL_SIZE, share) for cell, share in zip(row, shares, strict=True)
                )
                high += most * CELL_LINE + CELL_GAP
            return _head(block, width) + high
    return 0.0


def _head(block: Lines | Section, width: float) -> float:
    high = HEADING
    if block.remark:
        high += _lines(block.remark, _SECOND_SIZE, width) * REMARK_LINE
    return high + (MORE if block.more else 0.0) + (0.0 if _count(block) else EMPTY)


def _point(line: Line, width: float) -> float:
    room = width - _BULLET
    high = _lines(f"{line.text}    {line.state}", _TEXT_SIZE, room) * TEXT_LINE - _FIRST
    if line.second:
        high += _lines(line.second, _SECOND_SIZE, room) * SECOND_LINE
    return high + GAP


def _clipped(block: Block) -> Block:
    """A block whose texts are no longer than some lines."""
    if isinstance(block, Section):
        clips = [_clip(_CELL_SIZE, _CELL_LINES * room) for room in _rooms(block, WIDTH)]
        return replace(
            block,
            rows=tuple(
                tuple(clip(cell) for clip, cell in zip(clips, row, strict=True))
                if n < _MOST
                else row
                for n, row in enumerate(block.rows)
            ),
        )
    if not isinstance(block, Lines) or block.own:
        return block
    room = (HALF if block.half else WIDTH) - _BULLET
    title = _clip(_TEXT_SIZE, room * (_TITLE_LINES if block.half else 1.6))
    second = _clip(_SECOND_SIZE, room * (_SECOND_LINES if block.half else 1))
    return replace(
        block,
        lines=tuple(
            replace(line, text=title(line.text), second=second(line.second)) if n < _MOST else line
            for n, line in enumerate(block.lines)
        ),
    )


def _rooms(block: Section, width: float) -> list[float]:
    """How wide the text of each column is, in points."""
    return [share / sum(block.widths) * width - 10 for share in block.widths]


def _clip(size: float, room: float) -> Callable[[str], str]:
    def clip(text: str) -> str:
        if len(text) <= _LETTERS and width_of(text, size) * _SPARE <= room:
            return text
        low, high = 0, min(len(text), _LETTERS)
        while low < high:
            middle = (low + high + 1) // 2
            if width_of(f"{text[:middle]}…", size) * _SPARE <= room:
                low = middle
            else:
                high = middle - 1
        return f"{text[:low].rstrip()}…"

    return clip

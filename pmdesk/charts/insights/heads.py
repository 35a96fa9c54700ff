"""What stands over each of several panels: whose it is, its verdict, what that rests on, wrapped where it is long."""

from collections.abc import Iterable
from typing import Any, Final, Literal, NamedTuple

from pmdesk.charts.insights.pen import Pen
from pmdesk.charts.insights.rows import fitted, width_of

# In inches at the size of 100 %: from the top to the middle of the first line, then line by line.
_TOP: Final = 0.17
_LINE: Final = 0.19
_SMALL_LINE: Final = 0.165
_BELOW: Final = 0.06
_MARGIN: Final = 0.1
# A verdict and its evidence are wrapped into at most so many lines.
_MOST: Final = 2
# A name over a verdict is set so much larger.
_LARGE: Final = 1.2
# What no line begins with.
_NOT_FIRST: Final = frozenset("，。、；：！？）”’》%,.;:!?)·…")


class Head(NamedTuple):
    """What a panel says over its chart, as whole sentences."""

    name: str
    verdict: str
    evidence: str


class HeadLine(NamedTuple):
    """A line of a head: the text with its looks."""

    text: str
    colour: str = "text"
    size: Literal["large", "medium", "small"] = "medium"

    @property
    def small(self) -> bool:
        """Whether it is of the smaller letters."""
        return self.size == "small"


def set_heads(heads: Iterable[Head], inches: float) -> tuple[list[list[HeadLine]], float]:
    """The lines of each head in panels so many inches wide, and the height that holds any of them.

    Where every name stands in one line with its verdict it does; else each has a line of its own.
    """
    heads, room = list(heads), inches - 2 * _MARGIN
    joined = [_joined(head) for head in heads]
    if all(
        width_of(line.text, small=line.small) <= room for lines in joined for line in lines
    ):  # fmt: skip
        made = joined
    else:
        made = [_stacked(head, room) for head in heads]
    return made, max((_height(lines) for lines in made), default=0.0)


def draw_head(part: Any, lines: Iterable[HeadLine], pen: Pen) -> None:
    """Write the lines of a head at the top of a part of a figure."""
    width, height = pen.size(part)
    down = _TOP
    for n, line in enumerate(lines):
        down += 0 if n == 0 else _step(line)
        part.text(
            _MARGIN / width, 1 - down / height, line.text, va="center",
            color=pen.colours[line.colour], fontsize=line.size,
        )  # fmt: skip


def wrapped(text: str, inches: float, *, most: int = _MOST, small: bool = False) -> list[str]:
    """A text in at most so many lines of so many inches, the last cut with … where it is too long."""
    rest, lines = " ".join(text.split()), list[str]()
    while rest and len(lines) < most - 1 and width_of(rest, small=small) > inches:
        cut = _cut(rest, inches, small=small)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, fitted(rest, inches, small=small)] if rest else lines


def _cut(text: str, inches: float, *, small: bool) -> int:
    """Where a line ends: the last place that fits, between words or beside a 汉字."""
    kept = cut = 0
    for n, letter in enumerate(text):
        if n and _may_part(text[n - 1], letter):
            cut = n
        inches -= width_of(letter, small=small)
        if inches < 0:
            break
        kept = n + 1
    return cut or max(kept, 1)


def _may_part(before: str, letter: str) -> bool:
    if letter in _NOT_FIRST or before in "（“‘《(":
        return False
    return before == " " or max(before, letter) >= "\u2e80"


def _joined(head: Head) -> list[HeadLine]:
    evidence = [HeadLine(head.evidence, "muted", "small")] if head.evidence else []
    return [HeadLine(f"{head.name} · {head.verdict}"), *evidence]


def _stacked(head: Head, room: float) -> list[HeadLine]:
    return [
        HeadLine(fitted(head.name, room / _LARGE), size="large"),
        *(HeadLine(line) for line in wrapped(head.verdict, room)),
        *(
            HeadLine(line, "muted", "small")
            for line in wrapped(head.evidence, room, small=True)
        ),
    ]  # fmt: skip


def _step(line: HeadLine) -> float:
    return _SMALL_LINE if line.small else _LINE


def _height(lines: list[HeadLine]) -> float:
    return _TOP + sum(map(_step, lines[1:])) + _BELOW

"""Charts with a line for each item: what it is at the left, how it stands at the right."""

from typing import Any, Final, NamedTuple
from unicodedata import east_asian_width

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.charts.insights.pen import Pen
from pmdesk.charts.printable import one_line
from pmdesk.charts.style import bare

# Widths of letters in ems, as the bundled fonts have them on average.
_WIDE_LETTER: Final = 1.02
_NARROW: Final = frozenset(" .,:;·'’|!()ijl1frt-")
_NARROW_LETTER: Final = 0.36
_CAPITAL: Final = 0.7
_LETTER: Final = 0.6
_POINTS: Final = 9.0
_SMALL: Final = 7.5
_INCH: Final = 72
# A line of text needs so many inches; two of them so many.
_LINE: Final = 0.15
_TWO_LINES: Final = 0.3
_MARGIN: Final = 0.2
# Of a part's width at most so much is for texts on either side.
_LEFT_SHARE: Final = 0.4
_RIGHT_SHARE: Final = 0.27


def _ems(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return _WIDE_LETTER
    if letter in _NARROW:
        return _NARROW_LETTER
    return _CAPITAL if letter.isupper() else _LETTER


def width_of(text: str, *, small: bool = False) -> float:
    """About how many inches a text takes at the size of 100 %."""
    return sum(map(_ems, text)) * (_SMALL if small else _POINTS) / _INCH


def fitted(text: str, inches: float, *, small: bool = False) -> str:
    """As much of a text as so many inches hold, with … where something is left out."""
    text = one_line(text)
    if width_of(text, small=small) <= inches:
        return text
    room = inches - width_of("…", small=small)
    kept = 0
    for letter in text:
        room -= width_of(letter, small=small)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


class Rows(NamedTuple):
    """Axes with a line for each item, the first at the top, and the room in inches beside them."""

    axes: Axes
    pen: Pen
    n: int
    left: float
    right: float
    height: float

    def place(self, item: int) -> float:
        """The y of an item."""
        return float(self.n - 1 - item)

    @property
    def dense(self) -> bool:
        """Whether lines lie too close for words."""
        return self.height < _LINE

    def say_left(self, item: int, text: str, below: str = "") -> None:
        """What an item is, left of its line; `below` stands smaller under it where there is room."""
        self._say(item, text, below, right=False)

    def say_right(self, item: int, text: str, below: str = "", *, colour: str = "text") -> None:
        """How an item stands, right of its line."""
        self._say(item, text, below, right=True, colour=colour)

    def _say(
        self, item: int, text: str, below: str, *, right: bool, colour: str = "text"
    ) -> None:  # fmt: skip
        if self.dense or not (text or below):
            return
        pen, room = self.pen, (self.right if right else self.left) - _MARGIN
        two = bool(below) and self.height >= _TWO_LINES
        lines = [(fitted(text, room), colour, "medium", 6.5 if two else 0.0)]
        if two:
            lines.append((fitted(below, room, small=True), "muted", "small", -6.5))
        for line, shade, size, up in lines:
            self.axes.annotate(
                line, (1.0 if right else 0.0, self.place(item)),
                xycoords=("axes fraction", "data"),
                xytext=((8 if right else -8) * pen.scale, up * pen.scale),
                textcoords="offset points", va="center", ha="left" if right else "right",
                color=pen.colours[shade], fontsize=size, annotation_clip=False,
            )  # fmt: skip


def side_rooms(width: float, *, left: float, right: float) -> tuple[float, float]:
    """The room for texts on either side of lines, in a part of so many inches."""
    return min(left, width * _LEFT_SHARE), min(right, width * _RIGHT_SHARE)


def rows_in(part: Any, pen: Pen, n: int, *, left: float, right: float, below: float = 0.34) -> Rows:
    """Axes for `n` lines with room for texts of so many inches where the part is wide enough."""
    width, height = pen.size(part)
    left, right = side_rooms(width, left=left, right=right)
    axes: Axes = part.subplots()
    pen.room(part, left=left, right=right, below=below)
    return lined(axes, pen, n, (left, right), (height - pen.head - 0.16 - below) / max(n, 1))


def lined(axes: Axes, pen: Pen, n: int, room: tuple[float, float], height: float) -> Rows:
    """Bare axes made ready for `n` lines, each so many inches high."""
    axes.set_ylim(-0.6, n - 0.4)
    axes.set_yticks([])
    bare(axes, grid=False)
    return Rows(axes, pen, n, *room, height)

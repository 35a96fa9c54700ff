"""How much room panels need, known before anything is drawn."""

from math import ceil
from typing import Final

from pmdesk.answers.insights.values import Panels
from pmdesk.charts.insights.kinds import BY_NAME

# More panels than this could not be told apart.
MOST_PANELS: Final = 12
# Inches at the size of 100 %: a narrower panel stands alone in its row.
_LEAST_WIDTH: Final = 4.0
_LEAST_HEIGHT: Final = 2.7
# Of a chart with a line for each item: of one line of text, and of each further one.
_ROW: Final = 0.26
_MORE: Final = 0.12
# So many lines of items are told apart by their words; more of them lie closer.
_MOST_ROWS: Final = 120
_AROUND: Final = 0.95
# What the heads of several take where their verdicts are wrapped.
_HEADS: Final = 0.45


def panels_across(n: int, width: float, scale: float = 1) -> int:
    """How many of `n` panels stand side by side in so many inches."""
    return 2 if n > 1 and width >= 2 * _LEAST_WIDTH * scale else 1


def height_of(panels: Panels, width: float, scale: float = 1) -> float:
    """How many inches `panels` need where they are `width` inches wide."""
    n, kind = len(panels.insights), BY_NAME[panels.kind]
    most = max((len(insight.items) for insight in panels.insights), default=0)
    row = _ROW + _MORE * (kind.rows - 1)
    least = max(_LEAST_HEIGHT, kind.least)
    each = max(least, _AROUND + row * min(most, _MOST_ROWS)) if kind.rows else least
    each += _HEADS if n > 1 else 0.0
    return each * scale * ceil(n / panels_across(n, width, scale))

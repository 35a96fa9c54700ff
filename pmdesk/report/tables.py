"""A table, declared once: each column has its head, its share of a row and its cell in one place."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, TypeVar

from pmdesk.report.cut import MOST_ROWS, Cut
from pmdesk.report.values import Section
from pmdesk.words import Words

T = TypeVar("T")
# Head, share of a row, and what a cell says of its item.
Column = tuple[str, float, Callable[[T], str]]
# For what ends by itself.
ALL: Final = sys.maxsize


def table(
    words: Words,
    title: str,
    items: Sequence[T],
    *columns: Column[T],
    empty: str = "",
    most: int = MOST_ROWS,
    order: str = "",
    remark: str = "",
    since: Callable[[T], date | None] | None = None,
    is_open: Callable[[T], bool] | None = None,
    more: str = "",
) -> Section:
    """The first of the items as rows; `order` says which these are, where there are others.

    What is left out is counted, with the oldest by its day `since`, and those that are open; `more`
    says it where the items are only the first of a longer list.
    """
    known = Cut.of(items, most)
    told = known.remark(words, order) if order else ""
    return Section(
        title,
        tuple(head for head, _, _ in columns),
        tuple(width for _, width, _ in columns),
        tuple(tuple(cell(item) for _, _, cell in columns) for item in known.shown),
        empty,
        " · ".join(filter(None, (remark, told))),
        known.more(words, since, is_open) or more,
    )

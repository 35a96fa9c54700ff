"""Fields side by side without a hole where one of them is not asked for."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

_TOP = Qt.AlignmentFlag.AlignTop


class _Cell(NamedTuple):
    """A field with its label and its problem, and where the form has it."""

    layout: QLayout
    row: int
    column: int
    span: int


class Packing:
    """Moves the narrow fields of a form up into the places of those that are hidden.

    Only among neighbours: a wide field between them keeps them apart.
    """

    def __init__(self, form: QWidget) -> None:
        self._form = form
        grid = form.layout()
        self._grid = grid if isinstance(grid, QGridLayout) else None
        self._runs = list(self._find_runs())
        self._shown: list[list[bool]] = [[True] * len(run) for run in self._runs]

    def _find_runs(self) -> Iterator[list[_Cell]]:
        """The narrow fields that follow each other, in the order of the form."""
        grid: Any = self._grid
        cells = []
        for n in range(grid.count() if grid is not None else 0):
            row, column, _rows, span = grid.getItemPosition(n)
            cells.append(_Cell(grid.itemAt(n).layout(), row, column, span))
        run: list[_Cell] = []
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            if cell.span == 1 and cell.layout is not None:
                run.append(cell)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def pack(self) -> None:
        """Set the fields that are shown side by side; all of them where the form has them."""
        for n, run in enumerate(self._runs):
            shown = [self._is_shown(cell.layout) for cell in run]
            if shown == self._shown[n]:
                continue
            self._shown[n] = shown
            if all(shown):
                for cell in run:
                    self._put(cell.layout, cell.row, cell.column)
                continue
            first = run[0].row
            wanted = [cell for cell, is_shown in zip(run, shown, strict=True) if is_shown]
            for place, cell in enumerate(wanted):
                self._put(cell.layout, first + place // 2, place % 2)

    def _is_shown(self, layout: QLayout) -> bool:
        items: Any = [layout.itemAt(n) for n in range(layout.count())]
        return any(
            item.widget() is not None and item.widget().isVisibleTo(self._form) for item in items
        )

    def _put(self, layout: QLayout, row: int, column: int) -> None:
        grid: Any = self._grid
        grid.takeAt(grid.indexOf(layout))
        grid.addLayout(layout, row, column, 1, 1, _TOP)
        grid.invalidate()

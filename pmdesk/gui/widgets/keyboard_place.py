"""Where the keyboard is on a page that is built anew, and how it gets back there."""

from typing import NamedTuple

from PySide6.QtWidgets import QAbstractButton, QWidget

from pmdesk.gui.widgets.parts import Card, TwoLineRow


class KeyboardPlace(NamedTuple):
    """A button by what stands around it: its card, its row there, and its text.

    `number` is where the row stands among those of its card: once a row is done with, the next
    one has moved into its place.
    """

    card: str
    title: str
    number: int
    text: str


def place_in(root: QWidget) -> KeyboardPlace | None:
    """The place of the keyboard below `root`; None where it is on no button there."""
    focus = root.window().focusWidget()
    if not isinstance(focus, QAbstractButton) or not root.isAncestorOf(focus):
        return None
    return _place(root, focus)


def go_back(root: QWidget, place: KeyboardPlace) -> bool:
    """Give the keyboard to the button of that place; to what stands there now where it went."""
    shown = [b for b in root.findChildren(QAbstractButton) if b.isVisibleTo(root) and b.isEnabled()]
    there = [(_place(root, button), button) for button in shown]
    best = max(there, key=lambda pair: _likeness(pair[0], place), default=None)
    if best is None or best[0].card != place.card:
        return False
    best[1].setFocus()
    return True


def _place(root: QWidget, button: QWidget) -> KeyboardPlace:
    card, row = _above(root, button, Card), _above(root, button, TwoLineRow)
    rows = [r for r in card.findChildren(TwoLineRow) if r.isVisibleTo(root)] if card else []
    return KeyboardPlace(
        card.heading if isinstance(card, Card) else "",
        row.title if isinstance(row, TwoLineRow) else "",
        rows.index(row) if isinstance(row, TwoLineRow) and row in rows else -1,
        button.text() if isinstance(button, QAbstractButton) else "",
    )


def _above(root: QWidget, widget: QWidget, cls: type[QWidget]) -> QWidget | None:
    ancestor: QWidget | None = widget
    while ancestor is not None and ancestor is not root:
        if isinstance(ancestor, cls):
            return ancestor
        ancestor = ancestor.parentWidget()
    return None


def _likeness(place: KeyboardPlace, wanted: KeyboardPlace) -> tuple[bool, bool, bool, int]:
    same = place.card == wanted.card
    return (
        same,
        same and place.title == wanted.title,
        place.text == wanted.text,
        -abs(place.number - wanted.number),
    )

"""What stands on the Settings page, each declared once, so that it can be found and led to."""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from pmdesk.gui.pages.places import SETTINGS
from pmdesk.gui.widgets.parts import Card
from pmdesk.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmdesk.gui.desk import Desk
    from pmdesk.gui.desktop import Desktop

_WINDOW: Final = mark("Window")
_REMINDERS: Final = mark("Reminders and quick capture")
_BACKUPS: Final = mark("Backups")
_JOURNAL: Final = mark("This journal")
_LOCK: Final = mark("Lock")
_LETTERHEAD: Final = mark("Letterhead of reports")
_CARRIED: Final = mark("Settings as a file")


class SettingField(NamedTuple):
    """A field of the page by its words, in the card with that heading.

    `path` are the names that lead to its widget from the page; without it, it is the card as a
    whole. `given` says whether it is there.
    """

    text: str
    card: str
    path: str = ""
    given: "Callable[[Desk], bool] | None" = None


def _protected(desk: "Desk") -> bool:
    return desk.journal.passphrase is not None


FIELDS: Final = (
    SettingField(mark("Language"), _WINDOW, "language"),
    SettingField(mark("Colours"), _WINDOW, "theme"),
    SettingField(mark("Text size"), _WINDOW, "scale"),
    SettingField(mark("Show tips where they help"), _WINDOW, "tips"),
    SettingField(mark("Remind me of what becomes due or late"), _REMINDERS, "reminders.wanted"),
    SettingField(mark("Minutes before a meeting"), _REMINDERS, "reminders.minutes"),
    SettingField(mark("Show clients and texts in the desktop's notices"), _REMINDERS, "reminders.names"),
    SettingField(mark("Stay in the tray when the window is closed"), _REMINDERS, "reminders.tray",
                 lambda desk: desk.has_tray()),
    SettingField(mark("Command"), _REMINDERS, "reminders.command"),
    SettingField(mark("Back up by itself: while working, at close, before large acts"), _BACKUPS, "backups.wanted"),
    SettingField(mark("Minutes between two backups"), _BACKUPS, "backups.minutes.line"),
    SettingField(mark("Gigabytes that the backups of a journal may take"), _BACKUPS, "backups.gigabytes.line"),
    SettingField(mark("Where they lie"), _BACKUPS, "backups.choose_button"),
    SettingField(mark("My addresses"), mark("My addresses")),
    SettingField(mark("Work calendars"), mark("Work calendars")),
    SettingField(mark("Limits"), mark("Limits")),
    SettingField(_LETTERHEAD, _LETTERHEAD),
    SettingField(_JOURNAL, _JOURNAL),
    SettingField(mark("Back up"), _JOURNAL, "back_up_button"),
    SettingField(mark("Look for damage"), _JOURNAL, "check_button"),
    SettingField(mark("Set passphrase"), _JOURNAL, "passphrase.new.line", lambda desk: not _protected(desk)),
    SettingField(mark("Change passphrase"), _JOURNAL, "passphrase.old.line", _protected),
    SettingField(mark("Recovery sheet…"), _JOURNAL, "passphrase.sheet", _protected),
    SettingField(mark("Remove passphrase…"), _JOURNAL, "passphrase.ask_removal", _protected),
    SettingField(mark("Idle minutes before it locks (0: never)"), _LOCK, "lock.minutes.line"),
    SettingField(mark("Lock with the screen, and at sleep"), _LOCK, "lock.with_screen"),
    SettingField(mark("Save settings to a file…"), _CARRIED, "carried.save_button"),
    SettingField(mark("Take settings from a file…"), _CARRIED, "carried.take_button"),
)  # fmt: skip


def go_to(field: SettingField, desktop: "Desktop") -> None:
    """Show the settings with the keyboard on a field."""
    desktop.show_page(SETTINGS)
    if desktop.current is None or desktop.current.place is not SETTINGS:
        return  # the page before kept itself
    page = desktop.page()
    widget = widget_of(field, page)
    if widget is not None:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # what is shown first has no place before the next turn of the loop
        QTimer.singleShot(0, page, lambda: page.area.ensureWidgetVisible(widget))


def widget_of(field: SettingField, page: Any) -> QWidget | None:
    """The widget of a field on the page; where it is off, or none, the first of its card that is not."""
    if field.path:
        found: Any = page
        for name in field.path.split("."):
            found = getattr(found, name)
        widget: QWidget = found
        if widget.isEnabled():
            return widget
    heading = page.words(field.card)
    card = next((one for one in page.findChildren(Card) if one.heading == heading), None)
    return None if card is None else next(_ready(card), None)


def _ready(card: Card) -> Any:
    return (
        one for one in card.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and one.isVisibleTo(card)
    )  # fmt: skip

"""The ways through the window, each a typed call: pages ask for them, the window goes them."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pmdesk.gui.pages.places import CLIENT, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pmdesk.gui.commands import Command
    from pmdesk.journal.backups.manifest import Backup
    from pmdesk.records.appointment import Appointment
    from pmdesk.records.client import Client
    from pmdesk.records.interaction import Interaction
    from pmdesk.report.asks import Request


class Navigation(QObject):
    """What a page may ask the window to show. Who asks need not know who answers."""

    page_asked = Signal(object, object, object)
    edit_asked = Signal(object)
    record_asked = Signal(str, int)
    tab_asked = Signal(str)
    meeting_asked = Signal(object, object)
    crisis_asked = Signal(int)
    report_asked = Signal(str, int, int, object)
    insight_asked = Signal(str, int, int)
    evidence_asked = Signal(int, str, int)
    panel_asked = Signal(object)
    capture_asked = Signal()
    passphrase_asked = Signal(object)
    restore_asked = Signal(object, object)
    dress_asked = Signal()
    command_asked = Signal(object)

    def show(self, place: Place, of_id: int | None = None, new: Any = None) -> None:
        """Show a page; one of a client or a record with its id, or of a `new` record."""
        self.page_asked.emit(place, of_id, new)

    def open_client(self, client_id: int) -> None:
        """Show a client's page."""
        self.page_asked.emit(CLIENT, client_id, None)

    def edit(self, record: Any) -> None:
        """Open the side panel on a record, stored or new."""
        self.edit_asked.emit(record)

    def show_record(self, kind: str, record_id: int) -> None:
        """Show a stored record where its kind is shown: most in the side panel."""
        self.record_asked.emit(kind, record_id)

    def show_tab(self, name: str) -> None:
        """Show a tab of the client whose page is open."""
        self.tab_asked.emit(name)

    def write_minutes(
        self, client: "Client", origin: "Appointment | Interaction | None" = None
    ) -> None:
        """Open the minutes of a meeting with a client, of what was planned or is recorded."""
        self.meeting_asked.emit(client, origin)

    def show_report(
        self, form: str, client_id: int, about: int = 0, wanted: "Request | None" = None
    ) -> None:
        """Show a kind of report of a client, or about one of its records, as it is `wanted`."""
        self.report_asked.emit(form, client_id, about, wanted)

    def show_insight(self, name: str, client_id: int, about: int = 0) -> None:
        """Show the page of insights with a question about one client, or about one of its records."""
        self.insight_asked.emit(name, client_id, about)

    def show_evidence(self, client_id: int, kind: str, record_id: int) -> None:
        """Show the evidence pack of a record of a client, with what belongs to it."""
        self.evidence_asked.emit(client_id, kind, record_id)

    def show_crisis(self, crisis_id: int) -> None:
        """Show the room of a crisis that runs."""
        self.crisis_asked.emit(crisis_id)

    def open_panel(self, make: "Callable[[], QWidget]") -> None:
        """Open a side panel of its own kind, made once the one before has saved what it held."""
        self.panel_asked.emit(make)

    def capture(self) -> None:
        """Begin a captured line."""
        self.capture_asked.emit()

    def change_passphrase(self, passphrase: str | None) -> None:
        """Give the journal another passphrase; None takes it away."""
        self.passphrase_asked.emit(passphrase)

    def restore(self, backup: "Backup", passphrase: str | None) -> None:
        """Put a backup, opened by this passphrase, in the place of the journal."""
        self.restore_asked.emit(backup, passphrase)

    def run_command(self, command: "Command") -> None:
        """Do one of the window's commands."""
        self.command_asked.emit(command)

    def dress(self) -> None:
        """Build the window anew in the language, theme and size of the settings."""
        self.dress_asked.emit()

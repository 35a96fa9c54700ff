"""Thirty tasks by keyboard alone, from the start page to a PDF; `-s` shows the keys of each."""

from datetime import date

import pytest
from pypdf import PdfReader

from pmdesk.gui.pages.places import ACTS, CLIENT, CLIENTS, CRISIS, HELP
from pmdesk.records.appointment import Appointment
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Crisis, CrisisLine
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.minutes import Minutes
from pmdesk.records.project import Project
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import Issue
from pmdesk.records.trust import Promise
from tests.e2e.hands import Hands
from tests.e2e.report_pages import wait_for_pages
from tests.e2e.test_first_hour import LETTER

SECRET = "a long secret"


class Tasks:
    """Each task is a method: what the hands do, and what must have come of it."""

    def __init__(self, driver, folder):
        self.driver, self.folder, self.hands = driver, folder, Hands(driver)

    @property
    def journal(self):
        return self.driver.journal

    def newest(self, kind):
        return self.journal.find(kind, order="id DESC", limit=1)[0]

    def known(self):
        owing = self.driver.desktop.desk.owing
        wait = self.driver.qtbot.waitUntil
        wait(lambda: owing.today is not None and not owing.busy, timeout=20_000)
        self.driver.settle()

    def place(self):
        return self.driver.desktop.current.place

    def goto(self, text):
        """By the palette."""
        self.hands.press("Ctrl+K")
        self.hands.write(text)
        line = self.driver.desktop.goto.line

        def found():
            return (
                line.accessibleDescription().replace(":", "").casefold().startswith(text.casefold())
            )

        self.driver.qtbot.waitUntil(found)
        self.hands.press("Return")
        self.driver.qtbot.wait(10)

    def a_journal_is_made_and_encrypted(self):
        hands = self.hands
        hands.write("me@desk.example")
        hands.go("Where it lies", "Shift+Tab")
        hands.press("Ctrl+A")
        hands.write(str(self.folder / "mine.pmdesk"))
        hands.go("Passphrase")
        hands.write(SECRET)
        hands.press("Tab")
        hands.write(SECRET)
        hands.go("Create journal")
        hands.press("Return")
        self.driver.qtbot.waitUntil(lambda: self.driver.desktop is not None)
        self.driver.settle()
        assert self.journal.passphrase == SECRET

    def mail_is_imported_and_its_sender_named_a_client(self):
        box = self.folder / "box.mbox"
        box.write_text("".join(LETTER.format(n=n, day=n + 2) for n in range(4)), "utf-8")
        self.hands.press("Ctrl+I")
        self.hands.go("Add files")
        self.hands.choose_file(box, "Space")
        self.driver.settle()
        self.hands.go("Senders no client clai")
        self.hands.press("Home", "Space", "Right", "F2", "Ctrl+A")
        self.hands.write("Pine Works")
        self.hands.press("Return")
        self.driver.settle()
        self.hands.go("Import 4 messages")
        self.hands.press("Space")
        self.driver.settle()
        assert self.journal.count(Interaction) == 4

    def a_client_is_opened_from_the_list(self):
        self.hands.press("Ctrl+2")
        self.driver.settle()
        assert self.place() is CLIENTS
        self.hands.go("Clients")
        self.hands.press("Return")
        assert self.driver.page.client.name == "Pine Works"

    def a_second_client_is_entered(self):
        self.hands.press("Ctrl+Shift+C")
        self.hands.write("Harbour Freight")
        self.hands.press("Ctrl+S", "Esc")
        assert self.newest(Client).name == "Harbour Freight"

    def a_person_is_entered(self):
        self.goto("Pine Works")
        self.hands.press("Ctrl+Shift+K")
        self.hands.fill(name="Zhou Wei")
        self.hands.press("Ctrl+S", "Esc")
        assert self.newest(Contact).name == "Zhou Wei"

    def a_project_is_entered(self):
        self.hands.press("Ctrl+Shift+J")
        self.hands.fill(name="Line 3")
        self.hands.press("Ctrl+S", "Esc")
        assert self.newest(Project).client_id == self.driver.page.client.id

    def a_call_is_captured_with_a_promise(self):
        self.hands.press("Ctrl+N")
        self.hands.write("call: promised the test report by today")
        self.hands.press("Return")
        assert self.newest(Promise).what == "the test report"

    def a_problem_is_captured(self):
        self.hands.press("Ctrl+N")
        self.hands.write("problem: the pump stands")
        self.hands.press("Return")
        assert "pump" in self.newest(Issue).statement

    def a_planned_contact_is_captured(self):
        self.hands.press("Ctrl+N")
        self.hands.write("tomorrow 15:00 meeting with Zhou")
        self.hands.press("Return")
        assert self.journal.count(Appointment) == 1

    def a_promise_is_entered_by_the_palette(self):
        self.goto("new promise")
        self.hands.fill(what="Drawings", to_whom="Zhou Wei", due="2027-03-05")
        self.hands.press("Ctrl+S", "Esc")
        assert self.newest(Promise).due == date(2027, 3, 5)

    def a_promise_is_found_and_its_day_moved(self):
        self.hands.press("Ctrl+F")
        self.hands.write("Drawings")
        self.hands.press("Return", "Return")
        self.hands.fill(due="2027-03-06")
        self.hands.press("Ctrl+S", "Esc")
        assert self.newest(Promise).due == date(2027, 3, 6)

    def an_expectation_is_entered(self):
        self.goto("Pine Works")
        self.goto("new expectation")
        self.hands.fill(statement="Runs in May", said_by="Zhou Wei")
        self.hands.press("Ctrl+S", "Esc")
        assert self.newest(Expectation).said_by == "Zhou Wei"

    def minutes_are_written(self):
        self.hands.press("Ctrl+M")
        self.driver.qtbot.wait(30)
        self.hands.fill(
            subject="Walk through the hall", present="Zhou Wei", decisions="Line 3 first"
        )
        self.hands.press("Ctrl+S")
        self.driver.settle()
        self.hands.press("Esc")
        assert self.journal.count(Minutes) == 1

    def the_client_is_told_of_the_problem(self):
        self.hands.press("Ctrl+1")
        self.known()
        self.on_row("untold")
        self.hands.press("Return")
        self.known()
        assert self.newest(Issue).told_at is not None

    def a_promise_is_delivered_from_today(self):
        self.on_row("promise")
        self.hands.press("D")
        self.known()
        assert self.journal.find(Promise, order="id")[0].delivered_on is not None

    def something_owed_is_put_off(self):
        before = len(self.driver.desktop.desk.owing.today.rows)
        self.hands.press("S")
        self.hands.write("+4")
        self.hands.press("Tab")
        self.hands.write("Agreed in the team")
        self.hands.press("Return")
        self.known()
        assert len(self.driver.desktop.desk.owing.today.rows) == before - 1

    def on_row(self, rule):
        """Down to the row that is owed by this rule."""
        table = self.driver.page.rows.list
        self.hands.go("What is owed")
        self.hands.press("Ctrl+Home")
        for _ in range(20):
            item = table.entries.items[table.currentIndex().row()]
            if getattr(getattr(item, "owed", None), "rule", "") == rule:
                return
            self.hands.press("Down")
        items = table.entries.items
        raise AssertionError((rule, [one.owed.rule for one in items if hasattr(one, "owed")]))

    def the_brief_before_a_talk_is_read(self):
        self.goto("Pine Works")
        self.hands.press("Ctrl+B")
        self.driver.settle()
        assert self.place().name == "brief"

    def an_unhappy_client_is_led_through(self):
        self.hands.press("Ctrl+Shift+U")
        self.hands.fill(own_words="Nobody calls back")
        self.hands.press("Ctrl+Return")
        assert self.newest(Complaint).own_words == "Nobody calls back"

    def a_crisis_is_begun(self):
        self.hands.press("Ctrl+6")
        self.driver.settle()
        assert self.place() is CRISIS
        self.hands.go("What happened")
        self.hands.write("Flood in hall 2")
        self.hands.press("Tab", "Down", "Return")
        self.hands.go("It has happened")
        self.hands.press("Space")
        self.driver.settle()
        assert self.newest(Crisis).title == "Flood in hall 2"

    def a_line_goes_into_its_log(self):
        self.hands.go("Write what happens")
        self.hands.write("Pumps on")
        self.hands.press("Return")
        self.driver.settle()
        assert self.newest(CrisisLine).text == "Pumps on"

    def the_crisis_is_ended(self):
        self.hands.press("Ctrl+T")
        self.driver.settle()
        self.hands.go("Stand down…")
        self.hands.press("Space")
        self.driver.settle()
        self.hands.press("Esc")
        assert self.newest(Crisis).stood_down_at is not None

    def a_page_of_the_journal_is_written(self):
        self.hands.press("Ctrl+3")
        self.hands.go("New entry")
        self.hands.press("Space")
        self.hands.write("A quiet day")
        self.hands.press("Ctrl+2")
        assert self.newest(Entry).text == "A quiet day"

    def something_is_searched_and_opened(self):
        self.hands.press("Ctrl+F")
        self.hands.write("pump")
        self.hands.press("Return", "Return")
        assert self.driver.desktop.panel is not None
        self.hands.press("Esc")

    def the_timeline_is_walked(self):
        self.goto("Pine Works")
        self.hands.press("Ctrl+PgDown")
        self.driver.settle()
        self.hands.press("Tab")
        self.hands.go("Timeline")
        table = self.driver.page.stack.currentWidget().table
        self.hands.press("Down", "Down")
        assert self.place() is CLIENT
        assert table.currentIndex().row() == 2

    def colours_letters_and_language_are_turned(self):
        self.hands.press("Ctrl+Shift+D", "Ctrl++", "Ctrl+Shift+L")
        settings = self.driver.app.settings
        assert (settings.language, settings.scale) == ("zh", 125)
        self.hands.press("Ctrl+Shift+L", "Ctrl+-")
        assert (settings.language, settings.scale) == ("en", 100)

    def a_backup_is_made(self):
        self.hands.press("Ctrl+Shift+B")
        self.driver.settle()
        self.hands.go("Back up now")
        self.hands.press("Space")
        self.driver.qtbot.waitUntil(
            lambda: bool(self.driver.page.rows.entries.backups), timeout=9000
        )

    def acts_are_undone_and_repeated(self):
        self.hands.press("Ctrl+H")
        self.driver.settle()
        assert self.place() is ACTS
        self.hands.go("History of acts")
        self.hands.press("Return")
        self.driver.settle()
        page = self.driver.page
        self.driver.qtbot.waitUntil(lambda: page.acts[0].state == "undone")
        self.hands.press("Return")
        self.driver.settle()
        self.driver.qtbot.waitUntil(lambda: page.acts[0].state == "stands")

    def everything_is_exported(self):
        self.hands.press("Ctrl+E")
        self.hands.go("Choose where…")
        self.hands.choose_file(self.folder, "Space")
        self.driver.settle()

    def the_manual_is_opened(self):
        self.hands.press("F1")
        assert self.place() is HELP

    def it_is_locked_and_unlocked(self):
        self.hands.press("Ctrl+L")
        self.driver.qtbot.waitUntil(lambda: self.driver.app.locking.is_closed)
        self.hands.write(SECRET)
        self.hands.press("Return")
        self.driver.qtbot.waitUntil(lambda: self.driver.desktop is not None)
        self.driver.settle()
        assert self.place() is HELP

    def a_report_is_saved_as_pdf(self):
        target = self.folder / "report.pdf"
        self.goto("Pine Works")
        self.hands.go("Reports…")
        self.hands.press("Return")
        wait_for_pages(self.driver)
        self.hands.go("Save PDF")
        self.hands.choose_file(target, "Return")
        self.driver.qtbot.waitUntil(target.exists, timeout=20_000)
        self.driver.settle()
        assert "Pine Works" in PdfReader(target).pages[0].extract_text()


TASKS = [
    name for name, what in vars(Tasks).items()
    if callable(what) and name.count("_") > 1 and not name.startswith("_")
]  # fmt: skip


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_thirty_tasks_are_done_by_keys_alone(driver, tmp_path):
    assert len(TASKS) >= 30
    driver.app.start(None)
    tasks = Tasks(driver, tmp_path)
    for n, name in enumerate(TASKS, 1):
        getattr(tasks, name)()
        print(f"{n:2} {name.replace('_', ' ')}: {tasks.hands.told()}")

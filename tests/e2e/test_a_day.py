"""A PM's day by keyboard alone, on the real window and a real journal file."""

from datetime import timedelta

from PySide6.QtCore import Qt

from pmdesk.answers.owed.today import Row
from pmdesk.gui.pages.brief_page import BriefPage
from pmdesk.gui.pages.crisis.page import CrisisPage
from pmdesk.gui.pages.path_page import PathPage
from pmdesk.gui.pages.places import TODAY
from pmdesk.gui.pages.review_page import ReviewPage
from pmdesk.records.appointment import Appointment
from pmdesk.records.captured_line import CapturedLine
from pmdesk.records.choices import Channel
from pmdesk.records.crisis import Crisis
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.minutes import Minutes
from pmdesk.records.needs import Need
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import Issue
from pmdesk.records.trust import Promise, Side

from .by_key import CTRL, SHIFT, key, take, walk_to

LINES = {
    "青松 明天下午三点 拜访 周主任": Appointment,
    "Harbour: we promise the test report by Friday #acceptance": Promise,
    "青松 问题：二厂区打印机脱机": Issue,
    "Mara called, they need the numbers": Need,
    "Quiet morning, the plan is done": Entry,
}


def known(driver):
    """Until all that is owed is known and shown."""
    owing = driver.desktop.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    driver.settle()
    driver.qtbot.wait(20)


def newest(driver, kind):
    return driver.journal.find(kind, order="id DESC", limit=1)[0]


def capture_five(day):
    before = {kind: day.journal.count(kind) for kind in LINES.values()}
    for line in LINES:
        key(day, Qt.Key.Key_N, CTRL)
        day.type(line)
        day.qtbot.wait(20)
        key(day, Qt.Key.Key_Return)
    assert {kind: day.journal.count(kind) for kind in LINES.values()} == {
        kind: n + 1 for kind, n in before.items()
    }
    kept = [one.line for one in day.journal.find(CapturedLine, order="id")]
    assert kept[-5:] == list(LINES)


def on_row(day):
    """The row that the keyboard is on; None once the list is empty."""
    table = day.page.rows.list
    index = table.currentIndex().row()
    items = table.entries.items
    return items[index] if 0 <= index < len(items) and isinstance(items[index], Row) else None


def clear_today(day):
    """Every row is told, delivered, answered, or put off with a reason, from the list itself."""
    key(day, Qt.Key.Key_1, CTRL)
    known(day)
    day.page.rows.list.setFocus()
    told = delivered = 0
    done: set[str] = set()
    for _ in range(150):
        row = on_row(day)
        if row is None or not day.desktop.desk.owing.today.rows:
            break
        assert row.owed.about not in done, row
        done.add(row.owed.about)
        match row.owed.rule:
            case "untold":
                key(day, Qt.Key.Key_Return)
                told += 1
            case "promise":
                key(day, Qt.Key.Key_D)
                delivered += 1
            case "reply" | "waiting":
                key(day, Qt.Key.Key_N)
            case _:
                key(day, Qt.Key.Key_S)
                day.type("+4")
                key(day, Qt.Key.Key_Tab)
                day.type("Next week, agreed in the team")
                key(day, Qt.Key.Key_Return)
        known(day)
    assert told
    assert delivered
    assert day.desktop.desk.owing.today.rows == []
    assert day.desktop.rail._counts["today"].isHidden()


def prepare_and_write_up(day):
    """The visit of the first client: its brief, then its minutes with promises of both sides."""
    desk = day.desktop.desk
    day.desktop.open_client(1)
    key(day, Qt.Key.Key_B, CTRL)
    assert isinstance(day.page, BriefPage)
    day.settle()
    held = day.journal.count(Minutes)
    key(day, Qt.Key.Key_M, CTRL)
    day.qtbot.wait(30)
    for name, text in (
        ("subject", "走查"),
        ("present", "周启明、许静"),
        ("decisions", "二厂区先验收"),
        ("actions", "周启明 | 2027-03-01 | 签验收单"),
    ):
        widget = day.field(name)
        widget.setFocus()
        widget.selectAll()
        day.type(text, widget)
    key(day, Qt.Key.Key_S, CTRL)
    day.settle()
    assert day.journal.count(Minutes) == held + 1
    theirs = newest(day, Promise)
    assert (theirs.by, theirs.what) == (Side.CLIENT, "周启明：签验收单")
    key(day, Qt.Key.Key_Escape)
    contact = newest(day, Minutes).interaction_id
    assert day.journal.get(Interaction, contact).channel in {Channel.MEETING, Channel.VISIT}
    del desk


def run_a_crisis(day):
    key(day, Qt.Key.Key_6, CTRL)
    assert isinstance(day.page, CrisisPage)
    day.page.setFocus()
    key(day, Qt.Key.Key_T, CTRL)
    day.settle()
    key(day, Qt.Key.Key_D, CTRL)
    day.settle()
    day.type("Sample of 100 drawn")
    key(day, Qt.Key.Key_Return)
    day.settle()
    crisis = day.page.room.crisis
    assert "Sample of 100 drawn" in [line.text for line in day.page.room.log]
    walk_to(day, "Met")
    key(day, Qt.Key.Key_Space)
    day.settle()
    walk_to(day, "Stand down…")
    key(day, Qt.Key.Key_Space)
    day.settle()
    assert day.journal.get(Crisis, crisis.id).stood_down_at is not None
    key(day, Qt.Key.Key_Escape)


def hear_an_unhappy_client(day):
    day.desktop.open_client(1)
    key(day, Qt.Key.Key_U, CTRL | SHIFT)
    assert isinstance(day.page, PathPage)
    take(day, own_words="Nobody answers the phone")
    take(day, acknowledged_at="now")
    case = newest(day, Complaint)
    assert (case.own_words, case.step) == ("Nobody answers the phone", 2)


def review_the_week(day):
    key(day, Qt.Key.Key_W, CTRL | SHIFT)
    assert isinstance(day.page, ReviewPage)
    day.qtbot.waitUntil(lambda: day.page._found is not None, timeout=20_000)
    known(day)
    for _ in range(8):
        key(day, Qt.Key.Key_Return, CTRL)
    key(day, Qt.Key.Key_Space)
    assert newest(day, Entry).tags == ("Weekly review",)


def test_a_day_is_done_by_keyboard_alone(sample):
    sample.desktop.show_page(TODAY)
    known(sample)
    capture_five(sample)
    clear_today(sample)
    prepare_and_write_up(sample)
    run_a_crisis(sample)
    hear_an_unhappy_client(sample)
    review_the_week(sample)
    moment = sample.desktop.desk.now() - timedelta(minutes=30)
    assert newest(sample, Interaction).at > moment - timedelta(days=1)

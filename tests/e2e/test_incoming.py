"""What is no mail comes in by its own card: dropped or pasted, asked about, imported, undone."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication

from pmdesk.actions.records import save_record
from pmdesk.gui.pages.places import IMPORT
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.imports import Source
from pmdesk.records.interaction import Interaction
from tests.e2e.test_first_hour import LETTER, drop

JOURNAL = """[2026-11-20 09:30] Called the harbour. The plan holds. @pine
[2026-11-21 08:00] 二厂区走查。 @青松
"""
TALK = """韩梅 2026-11-19 10:32
测试报告什么时候能给？
韩梅 2026-11-19 10:33
在吗？
林悦 2026-11-19 10:40
周五 17:00 前
"""
OTHER = """Ada 2026-11-20 09:00
May I call you?
Lin 2026-11-20 09:10
Yes.
Ada 2026-11-20 09:12
Thanks.
"""
EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART:20261120T100000Z
SUMMARY:Walk
END:VEVENT
END:VCALENDAR
"""
NO_DAYS = """韩梅 昨天 10:32
测试报告什么时候能给？
林悦 昨天 10:40
周五 17:00 前
韩梅 09:00
好
"""


@pytest.fixture
def page(sample):
    sample.desktop.show_page(IMPORT)
    return sample.page


@pytest.fixture
def written(tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def paste(driver, text):
    QGuiApplication.clipboard().setText(text)
    driver.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier, driver.page)
    ready(driver)


def ready(driver, *cards):
    """Wait until all has been looked through."""
    driver.settle()
    cards = cards or driver.page.incoming.cards
    driver.qtbot.waitUntil(lambda: not any(c.foot.is_running for c in cards), timeout=10_000)


def choose(driver, box, text):
    """Choose in a list by the keyboard."""
    box.setFocus()
    driver.press(Qt.Key.Key_Home, widget=box)
    for _ in range(box.findText(text)):
        driver.press(Qt.Key.Key_Down, widget=box)
    assert box.currentText() == text
    ready(driver)


def rows(card):
    table = card.outcome
    return [
        tuple(table.item(row, column).text() for column in range(3))
        for row in range(table.rowCount())
    ]


def test_a_dropped_journal_comes_in_and_undo_takes_it_back(sample, page, written):
    known = sample.journal.count(Entry)
    drop(sample, written("diary.txt", JOURNAL))
    card = page.incoming.by_kind["journal"]
    ready(sample)
    assert card.sources.text() == "diary.txt"
    assert rows(card) == [
        ("New", "Called the harbour. The plan holds. @pine", "20 Nov 2026"),
        ("New", "二厂区走查。 @青松", "21 Nov 2026"),
    ]
    assert not page.people.isVisible()
    assert not page.foot.isVisible()
    sample.click("Import 2", card)
    ready(sample)
    assert sample.journal.count(Entry) == known + 2
    assert "Added 2" in card.done.text()
    assert card.foot.status.text() == "0 new · already here 2"
    sample.click("Undo", sample.desktop.toast)
    ready(sample)
    assert sample.journal.count(Entry) == known
    assert card.foot.status.text() == "2 new"
    assert not card.done.isVisible()


def test_a_pasted_chat_is_asked_about_and_comes_in(sample, page):
    known = sample.journal.count(Interaction)
    client = sample.journal.get(Client, 2)
    paste(sample, TALK)
    card = page.incoming.of_text
    me = card.questions.rows["me"]
    assert me.problem.text() == "This needs an answer."
    sample.click("Import 3", card)
    assert me.problem.text() == "⚠ This needs an answer."
    assert me.box.hasFocus()
    assert sample.journal.count(Interaction) == known
    choose(sample, me.box, "林悦")
    assert not me.problem.isVisible()
    choose(sample, card.questions.rows["client"].box, client.name)
    assert card.questions.rows["conversation"].box.text() == "韩梅"
    sample.click("Import 3", card)
    ready(sample)
    came = sample.journal.find(Interaction, "source LIKE 'chat%韩梅%'", order="at")
    assert [(one.client_id, one.direction.value) for one in came] == [
        (2, "inbound"),
        (2, "inbound"),
        (2, "outbound"),
    ]
    sample.click("Undo", sample.desktop.toast)
    ready(sample)
    assert sample.journal.count(Interaction) == known


def test_who_spoke_for_us_before_is_not_asked_again(sample, page):
    paste(sample, TALK)
    me = page.incoming.of_text.questions.rows["me"]
    choose(sample, me.box, "林悦")
    choose(sample, page.incoming.of_text.questions.rows["client"].box, "Harbour Logistics")
    sample.click("Import 3", page.incoming.of_text)
    ready(sample)
    sample.click("Remove", page.incoming.pasted)
    assert page.files.paste_button.hasFocus()
    paste(sample, TALK)
    me = page.incoming.of_text.questions.rows["me"]
    assert (me.box.currentText(), me.is_open) == ("林悦", False)


def test_a_proposal_that_must_be_confirmed_is_one_click(sample, page):
    with sample.journal.action("x") as act:
        act.save(Contact(client_id=2, name="韩梅"))
    paste(sample, TALK)
    card = page.incoming.of_text
    assert card.questions.answers() == {}
    sample.click("Yes, 林悦", card)
    ready(sample)
    assert card.questions.answers() == {"me": "林悦"}
    assert not card.questions.rows["me"].accept_button.isVisible()
    sample.click("Import 3", card)
    ready(sample)
    assert "Added 3" in card.done.text()


def test_answers_stay_with_a_text_that_goes_on_and_not_with_another(sample, page):
    paste(sample, TALK)
    choose(sample, page.incoming.of_text.questions.rows["me"].box, "林悦")
    choose(sample, page.incoming.of_text.questions.rows["client"].box, "Harbour Logistics")
    sample.type("\n韩梅 2026-11-19 10:50\n好\n", page.incoming.pasted.edit)
    sample.qtbot.waitUntil(lambda: "4 new" in page.incoming.of_text.foot.status.text())
    ready(sample)
    harbour = sample.journal.find(Client, "name = ?", ["Harbour Logistics"])[0]
    answers = page.incoming.of_text.questions.answers()
    assert answers == {"me": "林悦", "client": harbour.uuid}
    page.setFocus()
    paste(sample, OTHER)
    assert page.incoming.pasted.text == OTHER
    assert page.incoming.of_text.questions.answers() == {}
    assert "me" in page.incoming.of_text.questions.rows


def test_a_text_that_nobody_knows_is_read_as_is_chosen(sample, page):
    sample.click("Paste text…")
    assert page.incoming.pasted.edit.hasFocus()
    assert not page.keeping.isVisible()
    sample.type("no chat at all", page.incoming.pasted.edit)
    sample.qtbot.waitUntil(page.incoming.pasted.hint.isVisible)
    assert page.incoming.of_text is None
    choose(sample, page.incoming.pasted.kind, "Chat")
    (row,) = rows(page.incoming.of_text)
    assert row[0] == "Not taken"
    assert "a message begins with who wrote it and when" in row[2]
    assert not page.incoming.of_text.foot.take_button.isEnabled()
    sample.click("Remove", page.incoming.pasted)
    assert page.incoming.of_text is None
    assert page.keeping.isVisible()


def test_a_day_that_is_none_is_told_at_its_field_and_kept(sample, page, written):
    drop(sample, written("talk.txt", NO_DAYS))
    card = page.incoming.by_kind["chat"]
    ready(sample)
    copied = card.questions.rows["copied"]
    choose(sample, card.questions.rows["me"].box, "林悦")
    sample.type("someday\n", copied.box)
    assert copied.problem.text().startswith("⚠ “someday” is no date.")
    sample.click("Import", card)
    assert copied.box.hasFocus()
    assert copied.box.text() == "someday"
    copied.box.selectAll()
    sample.type("2026-11-20\n", copied.box)
    ready(sample)
    assert not copied.problem.isVisible()
    assert rows(card)[0][2] == "韩梅, 2026-11-19 10:32"


def test_a_day_that_is_none_holds_up_the_import_though_one_was_proposed(sample, page):
    known = sample.journal.count(Interaction)
    paste(sample, NO_DAYS)
    card = page.incoming.of_text
    choose(sample, card.questions.rows["me"].box, "林悦")
    choose(sample, card.questions.rows["client"].box, "Harbour Logistics")
    copied = card.questions.rows["copied"]
    assert not copied.asked.required
    copied.box.selectAll()
    sample.type("someday\n", copied.box)
    sample.click("Import 3", card)
    ready(sample)
    assert sample.journal.count(Interaction) == known
    assert copied.box.hasFocus()


def test_an_import_begun_before_a_new_question_is_known_keeps_the_answers(sample, page):
    known = sample.journal.count(Interaction)
    with sample.journal.action("x") as act:
        act.save(Contact(client_id=2, name="韩梅"))
    paste(sample, TALK)
    card = page.incoming.of_text
    choose(sample, card.questions.rows["me"].box, "林悦")
    me = card.questions.rows["me"].box
    me.setFocus()
    sample.press(Qt.Key.Key_Up, widget=me)  # now it is nobody's of the client who speaks
    card.take()
    ready(sample)
    assert card.questions.answers() == {"me": "韩梅"}
    assert card.questions.rows["client"].is_open
    assert sample.journal.count(Interaction) == known


def test_mail_keeps_its_cards_beside_those_of_others(sample, page, written):
    drop(sample, written("a.mbox", LETTER.format(n=1, day=2)), written("diary.txt", JOURNAL))
    ready(sample)
    assert page.people.isVisible()
    assert page.foot.isVisible()
    assert list(page.incoming.by_kind) == ["journal"]
    assert page.foot.status.text().startswith("new ")
    sample.click("Remove all", page.files)
    assert page.incoming.cards == []


def test_an_import_that_is_stopped_keeps_nothing(sample, page, written):
    known = sample.journal.count(Entry)
    sample.journal.busy_seconds = 60
    drop(sample, written("diary.txt", JOURNAL))
    card = page.incoming.by_kind["journal"]
    ready(sample)
    with sample.held():
        sample.click("Import 2", card)
        assert card.foot.status.text() == "Importing…"
        sample.click("Cancel", card)
    ready(sample)
    assert card.foot.status.text() == "Stopped. Nothing was kept of it."
    assert sample.journal.count(Entry) == known
    sample.click("Import 2", card)
    ready(sample)
    assert sample.journal.count(Entry) == known + 2


def test_files_that_were_copied_are_added_as_files(sample, page, written):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(written("diary.txt", JOURNAL)))])
    QGuiApplication.clipboard().setMimeData(data)
    sample.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier, page)
    ready(sample)
    assert list(page.incoming.by_kind) == ["journal"]
    assert not page.incoming.pasted.isVisible()


def test_the_questions_of_what_was_pasted_come_into_view(sample, page):
    sample.window.resize(900, 520)
    paste(sample, TALK)
    card, area = page.incoming.of_text, page.area
    sample.qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    top = card.mapTo(area.viewport(), card.rect().topLeft()).y()
    assert 0 <= top < area.viewport().height() // 2


def test_a_client_made_meanwhile_can_be_chosen(sample, page, at):
    paste(sample, TALK)
    box = page.incoming.of_text.questions.rows["client"].box
    assert box.findText("Lakeside") < 0
    sample.app.desk.do(save_record, Client(name="Lakeside"), at=at)
    ready(sample)
    choose(sample, box, "Lakeside")
    assert page.incoming.of_text.questions.rows["client"].box is box


def test_a_folder_shows_a_card_for_each_kind_and_is_remembered_as_one(sample, page, tmp_path):
    folder = tmp_path / "given"
    (folder / "store" / "cur").mkdir(parents=True)
    (folder / "store" / "new").mkdir()
    (folder / "2026-11.txt").write_text("3: {text: Walked the plant.}\n", encoding="utf-8")
    (folder / "w.ics").write_text(EVENT, encoding="utf-8")
    (folder / "store" / "cur" / "saved.ics").write_text(EVENT, encoding="utf-8")
    (folder / "a.mbox").write_text(LETTER.format(n=1, day=2), encoding="utf-8")
    drop(sample, folder)
    sample.qtbot.waitUntil(lambda: not page.incoming.is_sorting)
    ready(sample)
    cards = page.incoming.by_kind
    assert {kind: card.sources.text() for kind, card in cards.items()} == {
        "journal": "2026-11.txt",
        "calendar": "w.ics",
    }
    assert page.people.isVisible()
    assert page._mail == [folder / "a.mbox", folder / "store"]
    known = sample.journal.count(Entry)
    cards["journal"].places.remember.setChecked(True)
    sample.click("Import 1", cards["journal"])
    ready(sample)
    assert sample.journal.count(Entry) == known + 1
    assert [one.path for one in sample.journal.find(Source)] == [str(folder)]
    sample.click("Remove all", page.files)
    assert page.incoming.cards == []


def test_a_folder_of_mail_stays_one_place_of_mail(sample, page, tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "Inbox").write_text(LETTER.format(n=1, day=2), encoding="utf-8")
    (folder / "Inbox.msf").write_text("index", encoding="utf-8")
    (folder / "saved.ics").write_text(EVENT, encoding="utf-8")
    drop(sample, folder)
    sample.qtbot.waitUntil(lambda: not page.incoming.is_sorting)
    ready(sample)
    assert page.incoming.cards == []
    assert page._mail == [folder]


def test_pasted_cards_come_in(sample, page):
    assert "cards" in page.incoming.pasted.edit.placeholderText()
    paste(sample, "BEGIN:VCARD\nVERSION:3.0\nFN:Zhou Qiming\nEMAIL:z@lake.example\nEND:VCARD\n")
    card = page.incoming.of_text
    choose(sample, next(iter(card.questions.rows.values())).box, "Harbour Logistics")
    sample.click("Import 1", card)
    ready(sample)
    (came,) = sample.journal.find(Contact, "name = ?", ["Zhou Qiming"])
    assert came.addresses == ("z@lake.example",)

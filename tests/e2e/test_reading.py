"""Mail read in the window: folded history, attachments, originals, and the form behind "Edit"."""

import zlib

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton

from pmdesk.actions.originals import ORIGINAL
from pmdesk.gui.pages.timeline_tab import TimelineTab
from pmdesk.gui.widgets.parts import TwoLineRow
from pmdesk.journal import blobs
from pmdesk.records.attachment import Attachment
from pmdesk.records.choices import Channel, DateDoubt, Direction, NeedsReply, UnreadPart
from pmdesk.records.interaction import Interaction

CTRL = Qt.KeyboardModifier.ControlModifier
NEW = "林经理，您好：\n\n报告周五前能给吗？\n\n周启明"
HISTORY = "发件人: 林安 <lin@oak.example>\n发送时间: 2026年3月2日 10:00\n主题: 排产\n\n请看附件。"
EML = b"From: a@b\r\n\r\n\xff\x00"
PDF = b"%PDF " + b"x" * 3_000_000


@pytest.fixture
def mail(sample, at):
    """A mail in the journal: its texts and flags as given, with a file and its original."""

    def keep(act, owner, name, kind, data):
        kept = Attachment(
            owner=owner, client_id=1, name=name, media_type=kind, size=len(data),
            hash=blobs.keep(act, data),
        )  # fmt: skip
        act.save(kept)

    def make(files=True, **given):
        facts = {
            "client_id": 1, "at": at, "subject": "排产/接口", "who": "周启明 <zhou@pine.example>",
            "text": f"{NEW}\n\n{HISTORY}\n", **given,
        }  # fmt: skip
        with sample.journal.action("Add", at=at) as act:
            made = act.save(Interaction(**facts))
            if files:
                keep(act, f"interaction:{made.id}", "报价单.pdf", "application/pdf", PDF)
                packed = zlib.compress(EML)
                keep(act, f"original:{made.id}", "1.eml", ORIGINAL, packed)
        return made

    return make


@pytest.fixture
def opened(sample, mail):
    """The reading of a mail that was opened by Enter on its row of the timeline."""

    def open_(**given):
        made = mail(**given)
        sample.desktop.open_client(1)
        sample.page.go_to("timeline")
        sample.settle()
        shown = sample.page.findChild(TimelineTab).list
        rows = [shown.table.model().row(n).row for n in range(9)]
        row = [(line.kind, line.id) for line in rows].index(("interaction", made.id))
        index = shown.table.model().index(row, 0)
        shown.table.scrollTo(index)
        place = shown.table.visualRect(index).center()
        sample.qtbot.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        sample.press(Qt.Key.Key_Escape)  # read beside the list, then the list again
        sample.press(Qt.Key.Key_Return)
        sample.settle()
        return sample.desktop.panel.reading

    return open_


def seen(widget):
    return [w.text() for w in widget.findChildren(QLabel) if w.isVisible() and w.text()]


def answer(sample, text):
    """Type a name into the file dialog that opens next, and press Enter."""

    def type_in():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        offered.append(line.text())
        line.setText(text)
        sample.qtbot.keyClick(line, Qt.Key.Key_Return)

    offered = []
    QTimer.singleShot(100, type_in)
    return offered


@pytest.fixture
def own_dialogs(qapp):
    """Qt's own file dialogs, as on a system without a desktop."""
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    yield
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)


def test_a_mail_opens_to_be_read_with_its_history_folded(sample, opened):
    reading = opened(to=("林安 <lin@oak.example>", "许静"))
    assert reading.subject.text() == "排产/接口"
    assert reading.people.text() == "周启明 <zhou@pine.example> → 林安 <lin@oak.example>, 许静"
    assert reading.when.text() == "23 Nov 2026 12:00"
    assert reading.new.toPlainText() == NEW
    assert not reading.history.isVisible()
    assert not sample.desktop.panel.form.isVisible()
    sample.click("Show quoted history (5 lines)", reading)
    assert reading.history.toPlainText() == HISTORY
    assert reading.history.isVisible()
    sample.click("Hide quoted history", reading)
    assert not reading.history.isVisible()


def test_what_is_read_is_selected_and_copied(sample, opened):
    reading = opened()
    assert sample.window.focusWidget() is reading.new
    sample.press(Qt.Key.Key_A, CTRL)
    sample.press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == NEW
    sample.press(Qt.Key.Key_Escape)
    assert sample.desktop.panel is None


def test_the_whole_text_stands_there_without_a_scroll_bar_of_its_own(sample, opened):
    reading = opened(
        text="\n\n".join(f"{n}. 接口测试没有通过，原因是班次表还没有录入。" * 4 for n in range(60))
    )
    rolled = sample.desktop.panel.area.verticalScrollBar()
    sample.qtbot.waitUntil(lambda: rolled.maximum() > 500)
    assert reading.new.verticalScrollBar().maximum() == 0
    for _ in range(3):
        sample.press(Qt.Key.Key_PageDown)
    assert rolled.value() > 500
    sample.press(Qt.Key.Key_Up)
    assert 0 < rolled.value() < rolled.maximum()
    sample.press(Qt.Key.Key_End, CTRL)
    sample.qtbot.waitUntil(lambda: rolled.value() > rolled.maximum() - 200)


def test_the_form_stands_behind_edit_and_the_reading_follows_what_it_saves(sample, opened):
    reading = opened()
    sample.click("Edit", reading)
    assert sample.desktop.panel.form.isVisible()
    assert not reading.new.isVisible()
    line = sample.window.focusWidget()
    assert line.objectName() == "subject"
    line.selectAll()
    sample.type("Changed", line)
    sample.press(Qt.Key.Key_S, CTRL, line)
    assert reading.subject.text() == "Changed"
    sample.press(Qt.Key.Key_Escape, widget=line)
    assert sample.desktop.panel is None
    sample.menu("Undo")
    sample.desktop.show_record("interaction", reading._interaction.id)
    assert sample.desktop.panel.reading.subject.text() == "排产/接口"


def test_what_is_known_of_a_message_is_told_in_words(sample, opened):
    reading = opened(
        automatic=True,
        needs_reply=NeedsReply.NO,
        date_doubt=DateDoubt.FUTURE,
        unread=UnreadPart.TNEF,
        direction=Direction.OUTBOUND,
        text="",
        to=("许静",),
    )
    said = seen(reading)
    for text in ("Date in the future", "Automatic message", "No reply needed"):
        assert text in said
    assert "⚠ Outlook wrapped the text in winmail.dat (TNEF)" in said
    assert reading.people.text() == "me → 周启明 <zhou@pine.example>, 许静"
    assert not reading.new.isVisible()
    assert not reading.toggle.isVisible()


def test_a_chat_is_read_like_a_mail_and_other_contacts_stay_forms(sample, opened, mail):
    assert opened(channel=Channel.CHAT, files=False).new.isVisible()
    assert not sample.desktop.panel.reading.save_original.isVisible()
    for given in ({"channel": Channel.CALL}, {"text": " "}):
        made = mail(files=False, **given)
        sample.desktop.show_record("interaction", made.id)
        assert sample.desktop.panel.reading is None
        sample.qtbot.wait(5)
        assert sample.desktop.panel.form.isVisible()


def test_a_mail_without_text_shows_its_attachment(sample, opened):
    reading = opened(text="", subject="")
    assert reading.subject.text() == "(no subject)"
    (row,) = reading.findChildren(TwoLineRow)
    assert seen(row) == ["报价单.pdf", "2.9 MB"]
    assert len([t for t in seen(sample.desktop.panel) if t == "报价单.pdf"]) == 1


@pytest.mark.parametrize(
    ("act", "name", "data"),
    [("Save as…", "报价单.pdf", PDF), ("Save original (.eml)", "排产_接口.eml", EML)],
)
def test_a_file_is_saved_byte_for_byte_under_a_name_that_fits_and_over_nothing(
    sample, opened, own_dialogs, tmp_path, act, name, data
):
    reading = opened()
    offered = answer(sample, str(tmp_path / "out"))
    sample.click(act, reading)
    assert offered == [name]
    assert (tmp_path / "out").read_bytes() == data
    assert "Saved" in sample.desktop.toast.text.text()
    (tmp_path / "out").write_bytes(b"mine")
    answer(sample, str(tmp_path / "out"))
    sample.click(act, reading)
    assert "already exists and was left as it is" in " ".join(seen(sample.desktop.notice))
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_a_deleted_mail_closes_and_undo_brings_it_back_to_be_read(sample, opened):
    reading = opened()
    number = reading._interaction.id
    sample.click("Delete", sample.desktop.panel)
    assert sample.desktop.panel is None
    sample.click("Undo", sample.desktop.toast)
    sample.desktop.show_record("interaction", number)
    assert sample.desktop.panel.reading.new.toPlainText() == NEW
    assert [
        b.text()
        for b in sample.desktop.panel.reading.findChildren(QPushButton)
        if b.text() == "Save as…"
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_off_in_any_language_and_size(sample, opened, language, scale):
    sample.app.settings.language, sample.app.settings.scale = language, scale
    sample.app.dress()
    reading = opened(date_doubt=DateDoubt.NO_ZONE, automatic=True, needs_reply=NeedsReply.NO)
    reading.toggle.click()
    parts = [reading.subject, reading.people, reading.when]
    parts += [reading.new, reading.toggle, reading.history]

    def stands():
        """Whether each part has its whole height below the one before, and none is too wide."""
        places = [part.mapTo(reading, part.rect().topLeft()) for part in parts]
        ends = [place.y() + part.height() for place, part in zip(places, parts, strict=True)]
        return (
            not any(box.verticalScrollBar().maximum() for box in (reading.new, reading.history))
            and all(end <= below.y() for end, below in zip(ends, places[1:], strict=False))
            and all(
                place.x() + part.width() <= reading.width()
                for place, part in zip(places, parts, strict=True)
            )
        )

    sample.qtbot.waitUntil(stands)

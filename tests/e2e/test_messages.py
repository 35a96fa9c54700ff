"""Difficult messages in the side panel, by keyboard alone: chosen, written, kept, copied, saved."""

import email
import email.policy
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pmdesk.answers.text.difficult import marked
from pmdesk.gui.leading import write_message
from pmdesk.journal import drafts
from pmdesk.records.trust import Promise

from .by_key import CTRL, begin, fill, key, take, walk_to


def test_a_message_is_written_from_the_path_in_both_languages_and_copied(sample):
    page = begin(sample)
    take(sample, own_words="Nobody answers")
    walk_to(sample, "Write the message")
    key(sample, Qt.Key.Key_Space)
    panel = sample.desktop.panel
    assert "you said: “Nobody answers”" in panel.text.toPlainText()
    assert panel.missing.text().endswith("when I may call, by when")
    panel.languages.buttons()[1].setFocus()
    key(sample, Qt.Key.Key_Space)
    assert "反映：“Nobody answers”" in panel.text.toPlainText()
    panel.text.setFocus()
    key(sample, Qt.Key.Key_End, CTRL)
    sample.type("王")
    own = panel.text.toPlainText()
    key(sample, Qt.Key.Key_Escape)
    assert sample.desktop.panel is None
    write_message(sample.desktop.desk, page.record)
    panel = sample.desktop.panel
    assert panel.text.toPlainText() == own
    walk_to(sample, "Copy")
    key(sample, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == own
    assert panel.status.text() == "Copied. Still marked: 通话时间, 期限"
    walk_to(sample, "From the records again")
    key(sample, Qt.Key.Key_Space)
    assert "王" not in panel.text.toPlainText()
    assert drafts.read(sample.journal, f"message:complaint:{page.record.id}") is None


def test_a_message_is_kept_as_unsent_mail(sample, tmp_path):
    page = begin(sample)
    take(sample, own_words="Nobody answers")
    write_message(sample.desktop.desk, page.record)
    panel = sample.desktop.panel
    panel.to.setFocus()
    key(sample, Qt.Key.Key_Down)
    to = panel._addressee()
    panel.save(tmp_path / "out.eml")
    made = email.message_from_bytes(
        (tmp_path / "out.eml").read_bytes(), policy=email.policy.default
    )
    assert made["X-Unsent"] == "1"
    assert made["To"] == to.addresses[0]
    assert made["Subject"] == panel.subject.text()
    assert made.get_content().replace("\r\n", "\n").strip() == panel.text.toPlainText()
    panel.save(tmp_path / "out.eml" / "below a file.eml")
    assert "could not be written" in sample.desktop.notice.text.text()


def test_why_and_to_whom_are_chosen_and_what_was_written_stays(sample):
    with sample.journal.action("Add", at=sample.desktop.desk.now()) as act:
        promise = act.save(
            Promise(client_id=1, what="Test report", to_whom="nobody", due=date(2026, 11, 2))
        )
    sample.desktop.edit(promise)
    walk_to(sample, "Write the message")
    key(sample, Qt.Key.Key_Space)
    panel = sample.desktop.panel
    panel.breach.setFocus()
    texts = [panel.text.toPlainText()]
    for _ in range(2):
        key(sample, Qt.Key.Key_Down)
        texts.append(panel.text.toPlainText())
    assert len(set(texts)) == 3
    assert "It was our own decision" in texts[2]
    assert "writing" in panel.advice.text()
    panel.text.setFocus()
    key(sample, Qt.Key.Key_End, CTRL)
    sample.type(" Li")
    panel.to.setFocus()
    key(sample, Qt.Key.Key_Down)
    assert not panel.text.toPlainText().startswith("Good day")
    assert panel.text.toPlainText().endswith("Kind regards Li")
    assert marked(panel.text.toPlainText())


def test_a_new_fact_comes_into_a_message_that_nobody_has_touched(sample):
    page = begin(sample)
    take(sample, own_words="Nobody answers")
    take(sample, acknowledged_at="now")
    write_message(sample.desktop.desk, page.record)
    panel = sample.desktop.panel
    assert "The cause: [… reason]" in panel.text.toPlainText()
    page.take_focus()
    fill(sample, "causes", "One phone")
    sample.qtbot.waitUntil(
        lambda: "The cause: One phone." in panel.text.toPlainText(), timeout=3000
    )

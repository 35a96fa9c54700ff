"""The passphrase in the settings: set, changed and removed by who knows it."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.gui.pages.places import SETTINGS
from pmdesk.journal.engine import is_plain
from pmdesk.journal.journal import Journal
from pmdesk.records.interaction import Interaction


@pytest.fixture
def part(sample):
    """The passphrase's part of the settings of an unencrypted journal."""
    sample.desktop.show_page(SETTINGS)
    return lambda: sample.page.passphrase


@pytest.fixture
def protected(sample, part):
    """The same, once the passphrase is "one"."""
    for field in (part().new, part().again):
        sample.type("one", field.line)
    sample.click("Set passphrase", part())
    sample.qtbot.waitUntil(lambda: sample.journal.passphrase == "one")
    return part


def test_a_passphrase_is_set_when_it_was_typed_twice(sample, part):
    sample.type("one", part().new.line)
    sample.click("Set passphrase", part())
    assert part().again.problem.text() == "⚠ The two are not the same."
    assert part().new.text() == "one"
    sample.type("one", part().again.line)
    assert not part().again.problem.isVisible()
    sample.press(Qt.Key.Key_Return, widget=part().again.line)
    assert sample.journal.passphrase == "one"
    assert sample.journal.count(Interaction)
    assert not is_plain(sample.journal.path)


def test_nothing_typed_sets_no_passphrase(sample, part):
    sample.click("Set passphrase", part())
    assert part().new.problem.text() == "⚠ Type the new passphrase twice."
    assert part().new.line.hasFocus()


def test_removing_asks_for_the_passphrase_and_says_what_it_means(sample, protected):
    sample.window.resize(1024, 700)
    sample.click("Remove passphrase…", protected())
    sample.settle()
    assert sample.journal.passphrase == "one"
    assert not protected().removal.visibleRegion().isEmpty()
    assert protected().to_remove.line.hasFocus()
    said = [w.text() for w in protected().removal.children() if hasattr(w, "text")]
    assert any("can read everything" in text for text in said)
    sample.type("two")
    sample.press(Qt.Key.Key_Return)
    assert protected().to_remove.problem.isVisible()
    assert "is not the journal's passphrase" in protected().to_remove.problem.text()
    assert protected().to_remove.text() == "two"
    assert not is_plain(sample.journal.path)
    sample.type("one")  # over what was marked
    sample.click("Remove passphrase", protected().removal)
    assert sample.journal.passphrase is None
    assert is_plain(sample.journal.path)
    assert sample.desktop.toast.text.text() == "The passphrase is removed."


@pytest.mark.parametrize("way", ["Esc", "Keep it"])
def test_a_removal_that_was_only_asked_for_leaves_the_journal_encrypted(sample, protected, way):
    sample.click("Remove passphrase…", protected())
    sample.type("one")
    if way == "Esc":
        sample.press(Qt.Key.Key_Escape)
    else:
        sample.click(way, protected())
    assert not protected().removal.isVisible()
    assert protected().to_remove.text() == ""
    assert sample.journal.passphrase == "one"


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("", "⚠ Type the passphrase the journal has now."),
        (
            "One",
            "⚠ This is not the journal's passphrase. Check capital letters and keyboard layout.",
        ),
    ],
)
def test_changing_asks_for_the_old_one_too(sample, protected, old, said):
    fields = protected()
    sample.type(old, fields.old.line)
    sample.type("next", fields.new.line)
    sample.type("next", fields.again.line)
    sample.click("Change passphrase", fields)
    assert fields.old.problem.text() == said
    assert (fields.new.text(), sample.journal.passphrase) == ("next", "one")
    fields.old.line.clear()
    sample.type("one", fields.old.line)
    sample.press(Qt.Key.Key_Return, widget=fields.old.line)
    assert sample.journal.passphrase == "next"
    path = sample.journal.path
    sample.app.close_journal()
    Journal.open(path, "next").close()


def test_a_passphrase_typed_in_another_form_of_the_same_letters_is_the_same(sample, part):
    sample.app.change_passphrase("caf\u00e9")
    sample.desktop.show_page(SETTINGS)
    sample.click("Remove passphrase…", part())
    sample.type("cafe\u0301")
    sample.click("Remove passphrase", part().removal)
    assert sample.journal.passphrase is None

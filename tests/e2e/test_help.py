"""F1: the manual in both languages, each command, key and example in it as the program has it."""

import re

import pytest
from PySide6.QtCore import Qt

from pmdesk.answers.calendars import DEFAULT, rules
from pmdesk.answers.text.capturing.known import known
from pmdesk.answers.text.capturing.line import understand
from pmdesk.cli import main as cli
from pmdesk.gui.commands import COMMANDS
from pmdesk.gui.manual import keys, topics
from pmdesk.gui.pages.places import HELP
from pmdesk.words import words_for

LANGUAGES = ("en", "zh")
CODE = re.compile(r"`([^`]+)`")


def code(language):
    return [one for topic in topics(words_for(language)) for one in CODE.findall(topic.text)]


def test_f1_shows_it_and_what_is_typed_narrows_it_down(sample):
    sample.press(Qt.Key.Key_F1)
    assert sample.desktop.current.place is HELP
    page = sample.page
    sample.type("passphrase safe")
    shown = [item.text() for item in page._items() if not item.isHidden()]
    assert shown == ["Nobody looks in"]
    assert "Settings (Ctrl+,)" in page.text.toPlainText()
    sample.type("qqq")
    assert page.none.isVisible()
    assert page.text.toPlainText().startswith("Nobody looks in")
    page.line.clear()
    sample.press(Qt.Key.Key_Return)
    sample.press(Qt.Key.Key_End)
    assert "Ctrl+Shift+B" in page.text.toPlainText()


def test_both_languages_have_the_same_chapters_and_name_the_same():
    english, chinese = (topics(words_for(language)) for language in LANGUAGES)
    assert len(english) == len(chinese)
    for one, other in zip(english, chinese, strict=True):
        assert one.text.count("**") == other.text.count("**")
        assert "[[" not in one.text + other.text
        assert len(other.text) > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_a_menu_is_listed_once(language):
    listed = [key for part in keys(words_for(language))[1:-1] for key, _ in part.rows]
    assert sorted(listed) == sorted(command.key for command in COMMANDS if command.key)
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_line_in_it_is_one(language):
    lines = [one.split()[1] for one in code(language) if one.startswith("pmdesk ")]
    assert lines
    assert {one for one in lines if not one.startswith("-")} <= set(cli.commands)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_examples_are_understood(sample, language, at):
    lines = [one for one in code(language) if not one.startswith("pmdesk ")]
    assert len(lines) == 2
    for line in lines:
        said = understand(line, known(sample.journal), at=at, calendar=rules(DEFAULT))
        assert said.client_name in {"青松制造", "Harbour Logistics", "Cedar Clinic 雪松诊所"}, line
        assert not said.unread
        assert not said.open
    first = understand(lines[0], known(sample.journal), at=at, calendar=rules(DEFAULT))
    assert first.notes

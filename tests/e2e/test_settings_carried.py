"""Settings go to another computer as a file: nothing of clients, what does not fit is told."""

import json

import pytest

from pmdesk.gui.pages.places import SETTINGS
from pmdesk.gui.settings import Settings
from pmdesk.gui.settings_carried import CARRIED, NoSettings, read_settings, settings_text


def file_of(tmp_path, **given):
    path = tmp_path / "s.json"
    path.write_text(json.dumps({"program": "PM Desk", "settings": given}))
    return path


def test_a_file_holds_what_one_likes_and_nothing_of_a_journal(tmp_path):
    settings = Settings(theme="dark", scale=150, lock_minutes=3)
    settings.opened(tmp_path / "Pine.pmdesk")
    settings.backup_folder, settings.told_places = "/Pine/backups", ("/Pine/a.pmdesk",)
    text = settings_text(settings)
    assert "Pine" not in text
    (tmp_path / "s.json").write_text(text, "utf-8")
    carried = read_settings(tmp_path / "s.json", has_tray=True)
    assert carried.refused == []
    assert carried.values == {name: getattr(settings, name) for name in CARRIED}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("scale", 999, "{value} is no value of it"),
        ("theme", 7, "{value} is no value of it"),
        ("backup_folder", "/a", "this version does not know it"),
        ("last_journal", "/a", "this version does not know it"),
        ("stay_in_tray", True, "this desktop has no tray"),
    ],
)
def test_what_does_not_fit_is_told_and_the_rest_is_taken(tmp_path, name, value, why):
    carried = read_settings(file_of(tmp_path, reminders=True, **{name: value}), has_tray=False)
    assert carried.values == {"reminders": True}
    assert [(one.why, one.value) for one in carried.refused] == [(why, str(value))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"program": "PM Desk"}',
        '{"program": "x", "settings": {}}',
        "\xff\x00",
        "PK\x03",
    ],
)
def test_another_file_is_refused(tmp_path, text):
    (tmp_path / "s.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(NoSettings):
        read_settings(tmp_path / "s.json", has_tray=True)


def test_they_are_saved_taken_told_and_put_back(sample, tmp_path):
    sample.desktop.show_page(SETTINGS)
    settings = sample.app.settings
    sample.page.carried.save(tmp_path / "mine.json")
    before = json.loads((tmp_path / "mine.json").read_text())["settings"]
    sample.page.carried.take(tmp_path / "no.json")
    assert "no.json" in sample.page.carried.problem.text()
    sample.page.carried.take(file_of(tmp_path, theme="dark", lock_minutes=3, scale=7))
    sample.qtbot.waitUntil(lambda: sample.app.theme == "dark")
    sample.settle()
    assert (settings.theme, settings.lock_minutes, settings.scale) == ("dark", 3, 100)
    assert sample.desktop.current.place is SETTINGS
    assert "Text size: 7 is no value of it" in sample.desktop.notice.text.text()
    assert sample.desktop.toast.text.text() == "Settings taken: 2"
    sample.click("Undo", sample.desktop.toast)
    sample.settle()
    assert {name: getattr(settings, name) for name in before} == before

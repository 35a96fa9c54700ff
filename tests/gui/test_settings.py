"""What is remembered between two starts."""

import json

import pytest

from pmdesk.gui.settings import Settings, SettingsFile


def test_what_was_set_is_there_at_the_next_start(tmp_path):
    path = tmp_path / "new" / "settings.json"
    settings = Settings.load(path)
    settings.scale, settings.clients_by = 150, "tier"
    settings.save(path)
    assert (Settings.load(path).scale, Settings.load(path).clients_by) == (150, "tier")


@pytest.mark.parametrize("broken", ["{", "[]", "\x00"])
def test_a_broken_file_gives_defaults_and_is_kept_aside(tmp_path, broken):
    path = tmp_path / "settings.json"
    path.write_text(broken)
    assert Settings.load(path) == Settings()
    assert (tmp_path / "settings.broken-1.json").read_text() == broken


def test_one_wrong_value_costs_only_itself(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "purple", "scale": 125, "motion": "no"}))
    assert Settings.load(path) == Settings(scale=125)


def test_settings_of_a_newer_program_survive(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"hologram": 3}))
    SettingsFile(path).change(theme="dark")
    assert json.loads(path.read_text())["hologram"] == 3


def test_a_value_that_is_not_allowed_is_refused(tmp_path):
    with pytest.raises(ValueError, match="scale"):
        SettingsFile(tmp_path / "settings.json").change(scale=400)


def test_an_order_from_before_the_portfolio_does_not_hide_what_is_owed(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"sort": "name", "scale": 150}', "utf-8")
    assert (Settings.load(path).clients_by, Settings.load(path).scale) == ("owed", 150)

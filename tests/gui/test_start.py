"""What keeps the start of the window short changes nothing else."""

import subprocess
import sys

import platformdirs
import pytest

from pmdesk.gui.settings import APP, cache_dir, config_dir


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize("chosen", [None, "", "/own/place", "relative"])
def test_settings_lie_where_platformdirs_says(monkeypatch, chosen):
    monkeypatch.delenv("PMDESK_CONFIG_DIR", raising=False)
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
        if chosen is not None:
            monkeypatch.setenv(variable, chosen)
    assert config_dir() == platformdirs.user_config_path(APP, appauthor=False)
    assert cache_dir() == platformdirs.user_cache_path(APP, appauthor=False)


def test_no_source_is_read_at_an_import_and_qt_still_explains_wrong_calls():
    script = (
        "import builtins\n"
        "import pmdesk.gui.app\n"
        "assert builtins.__import__ is not builtins.__feature_import__\n"
        "from PySide6.QtCore import QSize\n"
        "try:\n"
        "    QSize('wide')\n"
        "except (TypeError, ValueError) as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "QSize" in done.stdout, done.stderr


def test_the_program_chooses_its_style_before_the_window_is_dressed():
    script = (
        "from pmdesk.gui.app import App, application\n"
        "qt = application()\n"
        "App(qt)\n"
        "print(qt.style().metaObject().className(), qt.applicationName())\n"
        "qt.setStyleSheet('')\n"
        "print(qt.style().metaObject().className())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "QFusionStyle" in done.stdout, done.stderr

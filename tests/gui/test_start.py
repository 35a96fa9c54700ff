"""What keeps the start of the window short changes nothing else."""

import os
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


COUNT = (
    "import builtins\n"
    "own, seen = builtins.compile, []\n"
    "builtins.compile = lambda text, name, *how, **more: (\n"
    "    seen.append(str(name)) or own(text, name, *how, **more))\n"
    "import pmdesk.gui.qt_loading\n"
    "from PySide6.QtCore import QSize\n"
    "print(sum(name.startswith('shibokensupport/') for name in seen))\n"
    "try:\n"
    "    QSize('wide')\n"
    "except (TypeError, ValueError) as error:\n"
    "    print(error)\n"
)


def compiled(bytecode, **more):
    """How many of Shiboken's modules were compiled anew, with bytecode kept in a folder."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": str(bytecode), **more}
    done = subprocess.run(
        [sys.executable, "-c", COUNT], capture_output=True, text=True, env=environment
    )
    assert "QSize" in done.stdout, done.stderr
    return int(done.stdout.split()[0])


def test_what_qt_needs_of_python_is_compiled_once(tmp_path):
    assert compiled(tmp_path) > 5
    assert compiled(tmp_path) == 0


def test_a_kept_code_that_cannot_be_read_is_made_anew(tmp_path):
    first = compiled(tmp_path)
    (kept,) = tmp_path.rglob("qt_loading.*.qt")
    whole = kept.read_bytes()
    for broken in (b"", whole[:4], whole[:100], b"junk" + whole):
        kept.write_bytes(broken)
        assert compiled(tmp_path) == first
        assert kept.read_bytes() == whole


def test_qt_is_left_as_it_is_where_the_environment_says_so(tmp_path):
    assert compiled(tmp_path, PMDESK_PLAIN_QT="1") > 5
    assert compiled(tmp_path, PMDESK_PLAIN_QT="1") > 5
    assert not list(tmp_path.rglob("qt_loading.*.qt"))


def test_no_code_is_kept_where_python_keeps_none(tmp_path):
    compiled(tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("choice", "dressed"), [("system", 1), ("light", 0), ("dark", 0)])
def test_the_window_follows_the_desktop_only_where_it_is_told_to(tmp_path, choice, dressed):
    script = (
        "from PySide6.QtCore import Qt\n"
        "from pmdesk.gui.app import App, application\n"
        "qt = application()\n"
        "app = App(qt)\n"
        "app.start(None)\n"
        f"app.settings.theme = {choice!r}\n"
        "calls = []\n"
        "app.window.dress = lambda: calls.append(1)\n"
        "qt.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)\n"
        "qt.processEvents()\n"
        "print(len(calls))\n"
    )
    environment = {**os.environ, "PMDESK_CONFIG_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment
    )
    assert done.stdout.split() == [str(dressed)], done.stderr

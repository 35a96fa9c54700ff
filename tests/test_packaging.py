"""What the installers are made of: scripts that agree with the program, and that compile."""

import importlib.util
import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

import pmdesk

ROOT = Path(__file__).resolve().parents[1]


def load(path):
    sys.path.insert(0, str(ROOT / "packaging"))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_version_stands_in_one_place():
    assert load(ROOT / "packaging" / "package.py").version() == pmdesk.__version__
    assert (
        "version"
        in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dynamic"]
    )


def test_the_file_type_is_the_same_on_every_system():
    text = (ROOT / "packaging/linux/pmdesk.xml").read_text("utf-8")
    kind = re.search(r'<mime-type type="([^"]+)"', text)[1]
    desktop = (ROOT / "packaging/linux/pmdesk.desktop").read_text("utf-8")
    assert f"MimeType={kind};" in desktop
    assert "Exec=pmdesk %f" in desktop
    assert ".pmdesk" in (ROOT / "packaging/windows/pmdesk.nsi").read_text("utf-8")
    assert '["pmdesk"]' in (ROOT / "pmdesk.spec").read_text("utf-8")


def test_every_bundled_library_brings_its_licence(tmp_path):
    load(ROOT / "packaging" / "package.py").licences(tmp_path)
    locked = re.findall(
        r"(?m)^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text("utf-8")
    )
    for name in locked:
        told = (tmp_path / name / "what.txt").read_text("utf-8").split("\n")
        files = list((tmp_path / name).iterdir())
        assert len(files) > 1 or "".join(told[1:]).strip(), name


def test_nothing_but_what_is_pinned_is_fetched_by_the_release():
    text = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
    used = re.findall(r"uses: \S+@(\S+)", text)
    assert used
    assert all(re.fullmatch("[0-9a-f]{40}", commit) for commit in used)
    assert set(re.findall(r"pip install (.*)", text)) == {"-r requirements-dev.lock"}


@pytest.mark.skipif(
    not shutil.which("makensis"), reason="the compiler of the Windows installer is not here"
)
def test_the_windows_installer_compiles(tmp_path):
    bundle = tmp_path / "pmdesk"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "pmdesk.exe").write_bytes(b"MZ")
    (bundle / "_internal" / "data").write_text("x")
    load(ROOT / "packaging" / "windows" / "make_setup.py").make_setup(bundle, tmp_path / "pm.exe")
    assert (tmp_path / "pm.exe").read_bytes()[:2] == b"MZ"

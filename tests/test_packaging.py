"""What the installers are made of: scripts that agree with the program, and that compile."""

import importlib.util
import os
import re
import shutil
import subprocess
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
    assert not load(ROOT / "packaging" / "bundled_licences.py").licences(tmp_path)
    locked = re.findall(
        r"(?m)^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text("utf-8")
    )
    for name in locked:
        told = (tmp_path / name / "what.txt").read_text("utf-8").split("\n")
        files = list((tmp_path / name).iterdir())
        assert len(files) > 1 or "".join(told[1:]).strip(), name
    pff = {path.name for path in (tmp_path / "libpff-python").iterdir()}
    assert {"COPYING", "1COPYING.LESSER"} <= pff
    assert "LESSER" in (tmp_path / "pyside6-essentials" / "LGPL-3.0.txt").read_text("utf-8")
    assert "PYTHON SOFTWARE FOUNDATION" in (tmp_path / "python" / "LICENSE.txt").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the scripts are for a Unix shell")
def test_the_scripts_for_one_user_leave_a_journal_beside_the_program_and_nothing_else(tmp_path):
    unpacked, home = tmp_path / "pmdesk 1", tmp_path / "a & b"
    (unpacked / "pmdesk" / "_internal").mkdir(parents=True)
    home.mkdir()
    (unpacked / "pmdesk" / "pmdesk").write_text("#!/bin/sh\n")
    for name in ("install.sh", "uninstall.sh", "pmdesk.desktop", "pmdesk.xml"):
        shutil.copy(ROOT / "packaging" / "linux" / name, unpacked)
    shutil.copy(ROOT / "resources" / "icons" / "pmdesk.svg", unpacked)
    # without the desktop's own commands, whose caches are theirs
    given = {"HOME": str(home), "PATH": str(tmp_path / "bin")}
    (tmp_path / "bin").mkdir()
    for name in ("sh", "dirname", "mkdir", "rm", "cp", "ln", "rmdir"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))

    def run(name):
        subprocess.run(["sh", str(unpacked / name)], check=True, env=given, capture_output=True)

    run("install.sh")
    app = home / ".local" / "share" / "pmdesk-app"
    entry = (home / ".local/share/applications/pmdesk.desktop").read_text("utf-8")
    assert f'Exec="{app}/pmdesk" %f\n' in entry
    (app / "mine.pmdesk").write_text("journal")
    (app / "_internal" / "old").write_text("of an earlier version")
    run("install.sh")
    assert not (app / "_internal" / "old").exists()
    run("uninstall.sh")
    left = [path for path in home.rglob("*") if not path.is_dir()]
    assert left == [app / "mine.pmdesk"]


def test_the_glibc_that_the_package_asks_for_is_the_newest_a_file_needs(tmp_path):
    (tmp_path / "old.so").write_bytes(b"\x7fELF GLIBC_2.9\0")
    (tmp_path / "new.so").write_bytes(b"\x7fELF GLIBC_2.36\0GLIBC_2.4\0")
    (tmp_path / "text").write_bytes(b"GLIBC_2.99")
    assert load(ROOT / "packaging" / "package.py").oldest_libc(tmp_path) == "2.36"


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="Debian's packer is not here")
def test_the_deb_holds_program_menu_entry_file_type_and_licences(tmp_path, monkeypatch):
    package = load(ROOT / "packaging" / "package.py")
    for name in ("BUILD", "BUNDLE", "ICONS"):
        monkeypatch.setattr(package, name, tmp_path / name)
    (tmp_path / "BUNDLE" / "licences").mkdir(parents=True)
    (tmp_path / "BUNDLE" / "licences" / "PM Desk.txt").write_text("MIT")
    (tmp_path / "BUNDLE" / "pmdesk").write_bytes(b"\x7fELF GLIBC_2.31\0")
    (tmp_path / "ICONS").mkdir()
    shutil.copy(ROOT / "resources" / "icons" / "pmdesk.svg", tmp_path / "ICONS")
    path, _installed = package.deb()
    subprocess.run(["dpkg-deb", "-R", str(path), str(tmp_path / "tree")], check=True)
    tree = tmp_path / "tree"
    control = (tree / "DEBIAN" / "control").read_text("utf-8")
    assert f"Version: {pmdesk.__version__}\n" in control
    assert "Depends: libc6 (>= 2.31), libgl1," in control
    assert (tree / "usr/bin/pmdesk").resolve() == (tree / "usr/lib/pmdesk/pmdesk").resolve()
    assert (tree / "usr/share/doc/pmdesk/licences/PM Desk.txt").read_text("utf-8") == "MIT"
    for place in (
        "applications/pmdesk.desktop",
        "mime/packages/pmdesk.xml",
        "icons/hicolor/scalable/apps/pmdesk.svg",
        "icons/hicolor/scalable/mimetypes/application-x-pmdesk.svg",
    ):
        assert (tree / "usr/share" / place).is_file(), place


def test_the_icons_are_made_for_every_system(tmp_path):
    # in a process of its own: it is no part of the tests' application
    command = [sys.executable, str(ROOT / "packaging" / "app_icons.py"), str(tmp_path)]
    subprocess.run(command, check=True)
    assert (tmp_path / "pmdesk.ico").read_bytes()[:4] == b"\0\0\1\0"
    assert (tmp_path / "pmdesk.icns").read_bytes()[:4] == b"icns"
    assert "currentColor" not in (tmp_path / "pmdesk.svg").read_text("utf-8")


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

"""The first minute on a machine: which Python, which packages, which command for whom."""

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap = script("bootstrap")
lock = script("lock")


def system(*programs):
    """A stand-in for shutil.which on a system that has these programs."""
    return lambda name: f"/usr/bin/{name}" if name in programs else None


DEBIAN, FEDORA, MACOS = system("apt-get", "python3"), system("dnf"), system("brew")


@pytest.mark.parametrize(
    ("version", "fit"),
    [((3, 10, 12), False), ((3, 11, 0), True), ((3, 14, 1), True), ((3, 15, 0), False)],
)
def test_python_fits_from_3_11_to_3_14(version, fit):
    assert bootstrap.fits(version) is fit


def test_an_old_python_finds_a_newer_one_beside_it():
    versions = {"/usr/bin/python3.12": (3, 12), "/usr/bin/python3": (3, 9)}
    which = system("python3", "python3.12", "python3.13")  # 3.13 is there but does not run
    assert bootstrap.other_python(which, lambda p: versions.get(p, ())) == "/usr/bin/python3.12"
    assert bootstrap.other_python(system("python3"), lambda p: versions.get(p, ())) is None


def test_the_version_of_an_interpreter_is_asked_of_itself(tmp_path):
    assert bootstrap.version_of(sys.executable) == sys.version_info[:2]
    assert bootstrap.version_of(str(tmp_path / "python3")) == ()


@pytest.mark.parametrize("absent", ["venv", "ensurepip"])
def test_debian_without_the_venv_module_is_told_the_package_of_its_python(absent):
    assert bootstrap.lacks_venv(lambda name: None if name == absent else object())
    package = bootstrap.venv_package((3, 13, 5), DEBIAN)
    assert package == "python3.13-venv"
    command = bootstrap.install_command([package], DEBIAN)
    said = bootstrap.by_hand(command, [package])
    expected = "sudo apt-get install -y --no-install-recommends python3.13-venv"
    assert said == f"Please run: {expected}"


def test_a_python_with_venv_lacks_nothing():
    assert not bootstrap.lacks_venv()


def test_missing_libraries_are_named_as_the_system_names_them():
    def load(file):
        if file in ("libEGL.so.1", "libxcb-shape.so.0", "libxcb-xkb.so.1"):
            raise OSError(file)

    lacking = bootstrap.missing((*bootstrap.OFFSCREEN, *bootstrap.X11), load)
    assert bootstrap.names(lacking, DEBIAN) == ["libegl1", "libxcb-shape0", "libxcb-xkb1"]
    assert bootstrap.names(lacking, FEDORA) == ["libxcb", "mesa-libEGL"]


def test_each_system_has_its_own_command_and_others_get_the_names():
    assert bootstrap.install_command(["a", "b"], FEDORA) == ["dnf", "install", "-y", "a", "b"]
    assert bootstrap.install_command(["a", "b"], MACOS) == []
    assert bootstrap.by_hand([], ["a", "b"]) == "Please install: a b"


def test_who_may_not_install_is_told_the_one_command(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "privileged", lambda: None)
    monkeypatch.setattr(
        bootstrap, "install_command", lambda packages: ["dnf", "install", *packages]
    )
    with pytest.raises(SystemExit) as end:
        bootstrap.install_packages(["glib2"], "Qt needs system libraries")
    assert end.value.code == "Please run: sudo dnf install glib2"
    assert capsys.readouterr().out == "Qt needs system libraries: glib2\n"


@pytest.mark.parametrize(("failing", "ended"), [((), False), (("install",), True)])
def test_who_may_install_does_and_hears_of_it_when_that_fails(monkeypatch, failing, ended):
    ran = []

    def run(command, **_):
        ran.append(command)
        return subprocess.CompletedProcess(command, any(word in command for word in failing))

    monkeypatch.setattr(bootstrap, "privileged", lambda: ["sudo"])
    monkeypatch.setattr(
        bootstrap, "install_command", lambda packages: ["apt-get", "install", *packages]
    )
    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    if ended:
        with pytest.raises(SystemExit, match="sudo apt-get install libegl1"):
            bootstrap.install_packages(["libegl1"], "Qt needs system libraries")
    else:
        bootstrap.install_packages(["libegl1"], "Qt needs system libraries")
    assert [c[c.index("apt-get") + 1] for c in ran] == ["update", "install"]
    assert {c[0] for c in ran} == {"sudo"}


@pytest.mark.parametrize(
    ("environment", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_window_needs_a_display_only_under_linux(environment, platform, shown):
    assert bootstrap.has_display(environment, platform) is shown


def test_only_the_libraries_of_this_display_are_asked_for():
    assert bootstrap.needed({}) == bootstrap.OFFSCREEN
    assert bootstrap.needed({"DISPLAY": ":0"}) == bootstrap.OFFSCREEN + bootstrap.X11
    wayland = bootstrap.needed({"WAYLAND_DISPLAY": "wayland-0"})
    assert wayland == bootstrap.OFFSCREEN + bootstrap.WAYLAND


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A folder with a lock, and the commands that an installation into it gives."""
    (tmp_path / "x.lock").write_text("six==1.17.0\n")
    ran = []

    def run(command, **_):
        ran.append(command)
        if "venv" in command:
            bootstrap.venv_python(Path(command[-1])).parent.mkdir(parents=True)
            bootstrap.venv_python(Path(command[-1])).touch()
        failed = "install" in command and (tmp_path / "offline").exists()
        broken = "import pip" in command and (tmp_path / "broken").exists()
        return subprocess.CompletedProcess(command, int(failed or broken), "", "")

    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    monkeypatch.setattr(bootstrap, "ensure_libraries", lambda: None)

    def install():
        ran.clear()
        bootstrap.install(tmp_path / ".venv", tmp_path / "x.lock")
        return ["venv" if "venv" in c else "pip" for c in ran if "import pip" not in c]

    return install


def test_what_is_installed_is_left_alone_until_the_lock_changes(made, tmp_path):
    assert made() == ["venv", "pip"]
    assert made() == []
    (tmp_path / "x.lock").write_text("six==1.16.0\n")
    assert made() == ["pip"]


@pytest.mark.skipif(os.name == "nt", reason="a .cmd needs a Windows shell")
def test_the_command_stands_in_the_environment_and_runs_from_anywhere(tmp_path):
    folder = tmp_path / "an environment"
    (folder / "bin").mkdir(parents=True)
    bootstrap.venv_python(folder).symlink_to(sys.executable)
    bootstrap.ensure_command(folder)
    command = folder / "bin" / "pmdesk"
    assert os.access(command, os.X_OK)
    told = [sys.executable, str(command), "--help"]  # a #! line takes no blank
    done = subprocess.run(told, cwd=tmp_path, capture_output=True, text=True)
    assert "import" in done.stdout
    before = command.stat().st_mtime_ns
    bootstrap.ensure_command(folder)
    assert command.stat().st_mtime_ns == before


def test_a_broken_environment_is_made_anew(made, tmp_path):
    made()
    (tmp_path / "broken").touch()
    assert made() == ["venv", "pip"]


def test_an_environment_that_was_moved_is_made_anew(made, tmp_path):
    made()
    stamp = tmp_path / ".venv" / ".installed"
    stamp.write_text(bootstrap.stamp_text((tmp_path / "x.lock").read_bytes(), Path("/elsewhere")))
    assert made() == ["venv", "pip"]


def test_an_installation_that_failed_is_tried_again(made, tmp_path):
    (tmp_path / "offline").touch()
    with pytest.raises(SystemExit, match="could not be installed"):
        made()
    (tmp_path / "offline").unlink()
    assert made() == ["pip"]


def test_the_stamp_tells_place_and_lock():
    said = bootstrap.stamp_text(b"six", Path("/a"))
    assert said.splitlines()[1] == hashlib.sha256(b"six").hexdigest()
    assert not bootstrap.moved(said, Path("/a"))
    assert not bootstrap.moved("", Path("/a"))


def test_wrong_use_of_the_script_is_told_in_one_line():
    command = [sys.executable, str(ROOT / "packaging" / "bootstrap.py"), "build"]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    assert (done.returncode, done.stderr) == (1, "bootstrap.py install | run\n")


LINE = re.compile(r"[a-z0-9-]+==[0-9a-z.]+( ; sys_platform == \"\w+\")?")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_exact_versions_and_nothing_else(name):
    head, *lines = (ROOT / name).read_text("utf-8").splitlines()
    assert head.startswith("# ")
    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_the_locks_pin_all_that_the_project_names_within_its_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    run, dev = project["dependencies"], project["optional-dependencies"]["dev"]
    for name, wanted in (("requirements.lock", run), ("requirements-dev.lock", run + dev)):
        lines = (ROOT / name).read_text("utf-8").splitlines()[1:]
        pinned = dict(line.split(" ;")[0].split("==") for line in lines)
        for requirement in map(Requirement, wanted):
            version = pinned[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version), (name, requirement)


def test_what_only_windows_needs_is_pinned_for_windows():
    found = lock.lines_elsewhere(Requirement('colorama>=0.4; sys_platform == "win32"'))
    assert found == {'colorama==0.4.6 ; sys_platform == "win32"'}
    assert lock.lines_elsewhere(Requirement('tomli>=2; python_version < "3.11"')) == set()
    assert lock.lines_elsewhere(Requirement('rich; extra == "pretty"')) == set()
    with pytest.raises(SystemExit, match="add it to ELSEWHERE"):
        lock.lines_elsewhere(Requirement('pywin32; platform_system == "Windows"'))

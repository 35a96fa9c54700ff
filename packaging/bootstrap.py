"""Make .venv, install the locked dependencies, name what the system lacks, and start the window.

Needs only Python 3.11 or newer; uses nothing outside the standard library.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements-dev.lock"
STAMP = VENV / ".installed"
OLDEST = (3, 11)


class Library(NamedTuple):
    """A system library of Qt's: its file, and the package that holds it."""

    file: str
    apt: str
    dnf: str


OFFSCREEN = (
    Library("libGL.so.1", "libgl1", "mesa-libGL"),
    Library("libEGL.so.1", "libegl1", "mesa-libEGL"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
)
WINDOW = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
)


def venv_python(folder: Path = VENV, system: str = os.name) -> Path:
    """The interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if system == "nt" else "bin/python")


def missing(
    libraries: Iterable[Library], load: Callable[[str], object] = ctypes.CDLL
) -> list[Library]:
    """Those of `libraries` that this system cannot load."""
    found = []
    for library in libraries:
        try:
            load(library.file)
        except OSError:
            found.append(library)
    return found


def install_command(
    packages: Sequence[str], which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """The command by which this system installs packages; empty where none is known."""
    if which("apt-get"):
        return ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if which("dnf"):
        return ["dnf", "install", "-y", *packages]
    return []


def names(
    libraries: Iterable[Library], which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """Package names of `libraries` on this system."""
    apt = which("apt-get") is not None
    return sorted({library.apt if apt else library.dnf for library in libraries})


def privileged() -> list[str] | None:
    """What stands before a command that needs root: nothing, sudo, or None when we may not."""
    if os.name != "posix" or os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo"]
    return None


def install_packages(packages: Sequence[str], reason: str) -> None:
    """Install system packages, or end with the one command that does."""
    command = install_command(packages)
    print(f"{reason}: {', '.join(packages)}")
    before = privileged()
    if command and before is not None:
        if command[0] == "apt-get":
            subprocess.run([*before, "apt-get", "update", "-qq"], check=False)
        if subprocess.run([*before, *command], check=False).returncode == 0:
            return
    line = " ".join(["sudo", *command]) if command else f"install {' '.join(packages)}"
    sys.exit(f"Please run: {line}")


def ensure_venv() -> None:
    """A working .venv; a broken one is made anew."""
    python = venv_python()
    if (
        python.exists()
        and subprocess.run(
            [str(python), "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
        == 0
    ):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    make = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(make, capture_output=True, check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    install_packages([f"python{version}-venv"], "Python's venv module is not complete")
    subprocess.run(make, check=True)


def ensure_libraries(*, window: bool) -> None:
    """Qt's system libraries on Linux."""
    if not sys.platform.startswith("linux"):
        return
    lacking = missing((*OFFSCREEN, *(WINDOW if window else ())))
    if lacking:
        install_packages(names(lacking), "Qt needs system libraries")


def install() -> None:
    """Everything `make test` and `make run` need."""
    ensure_venv()
    pip = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "-r", str(LOCK)], check=True)
    ensure_libraries(window=has_display())
    STAMP.touch()


def has_display(environment: dict[str, str] | None = None, platform: str = sys.platform) -> bool:
    """Whether a window can be shown."""
    env = os.environ if environment is None else environment
    if not platform.startswith("linux"):
        return True
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def run() -> int:
    """Open the window, or write the demo where there is no display."""
    if has_display():
        ensure_libraries(window=True)
        return subprocess.run(
            [str(venv_python()), "-m", "pmdesk"], cwd=ROOT, check=False
        ).returncode
    print("No display here: writing the demo to build/demo instead.", flush=True)
    ensure_libraries(window=False)
    command = [str(venv_python()), "-m", "pmdesk", "demo", "build/demo"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> None:
    """`install` or `run`."""
    if sys.version_info < OLDEST:
        sys.exit("PM Desk needs Python 3.11 or newer.")
    if sys.argv[1:] == ["install"]:
        install()
    elif sys.argv[1:] == ["run"]:
        if not STAMP.exists():
            install()
        sys.exit(run())
    else:
        sys.exit("bootstrap.py install | run")


if __name__ == "__main__":
    main()

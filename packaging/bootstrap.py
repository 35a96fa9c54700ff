"""Make .venv, install the locked dependencies, name what the system lacks, and start the window.

Uses nothing outside the standard library; an older Python reads it far enough to find a newer one.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Which = Callable[[str], str | None]

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements-dev.lock"
OLDEST, NEWEST = (3, 11), (3, 14)  # Qt's wheels know no newer one


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
X11 = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
)
WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    Library("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)


def fits(version: Sequence[int]) -> bool:
    """Whether this version of Python runs PM Desk."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def version_of(python: str) -> tuple[int, ...]:
    """The version of an interpreter, empty where it does not run."""
    ask = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        done = subprocess.run(ask, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(map(int, done.stdout.split()))


def other_python(
    which: Which = shutil.which, version: Callable[[str], Sequence[int]] = version_of
) -> str | None:
    """Another interpreter of this machine that fits, the oldest first: it has most wheels."""
    names = [f"python3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]
    for name in [*names, "python3"]:
        path = which(name)
        if path and fits(version(path)):
            return path
    return None


def venv_python(folder: Path = VENV, system: str = os.name) -> Path:
    """The interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if system == "nt" else "bin/python")


def missing(
    libraries: Iterable[Library], load: Callable[[str], object] = ctypes.CDLL
) -> list[Library]:
    """Those of `libraries` that this system cannot load."""
    absent = []
    for library in libraries:
        try:
            load(library.file)
        except OSError:
            absent.append(library)
    return absent


def install_command(packages: Sequence[str], which: Which = shutil.which) -> list[str]:
    """The command by which this system installs packages; empty where none is known."""
    if which("apt-get"):
        return ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if which("dnf"):
        return ["dnf", "install", "-y", *packages]
    return []


def names(libraries: Iterable[Library], which: Which = shutil.which) -> list[str]:
    """Package names of `libraries` on this system."""
    apt = which("apt-get") is not None
    return sorted({library.apt if apt else library.dnf for library in libraries})


def lacks_venv(find: Callable[[str], object] = importlib.util.find_spec) -> bool:
    """Whether this Python cannot make virtual environments: Debian packs that apart."""
    return find("venv") is None or find("ensurepip") is None


def venv_package(version: Sequence[int], which: Which = shutil.which) -> str:
    """The package with Python's venv module on this system."""
    return f"python{version[0]}.{version[1]}-venv" if which("apt-get") else "python3-libs"


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


def by_hand(command: Sequence[str], packages: Sequence[str]) -> str:
    """The sentence with the one command that installs `packages`."""
    if not command:
        return f"Please install: {' '.join(packages)}"
    return f"Please run: sudo {' '.join(command)}"


def install_packages(packages: Sequence[str], reason: str) -> None:
    """Install system packages, or end with the one command that does."""
    command = install_command(packages)
    print(f"{reason}: {', '.join(packages)}", flush=True)
    before = privileged()
    if command and before is not None:
        quiet = [*before, "env", "DEBIAN_FRONTEND=noninteractive"]
        if command[0] == "apt-get":
            subprocess.run([*quiet, "apt-get", "update", "-qq"], check=False)
        if subprocess.run([*quiet, *command], check=False).returncode == 0:
            return
    sys.exit(by_hand(command, packages))


def stamp_text(lock: bytes, folder: Path) -> str:
    """What a finished installation of `lock` in `folder` leaves in its stamp."""
    return f"{folder}\n{hashlib.sha256(lock).hexdigest()}\n"


def moved(stamp: str, folder: Path) -> bool:
    """Whether the environment was made elsewhere: its programs name their old place."""
    return bool(stamp) and stamp.splitlines()[0] != str(folder)


def read_stamp(folder: Path) -> str:
    """The stamp of an environment, empty where none was left."""
    try:
        return (folder / ".installed").read_text("utf-8")
    except FileNotFoundError:
        return ""


def works(folder: Path) -> bool:
    """Whether an environment starts and has pip."""
    python = venv_python(folder)
    ask = [str(python), "-c", "import pip"]
    return python.exists() and subprocess.run(ask, capture_output=True, check=False).returncode == 0


def ensure_venv(folder: Path) -> None:
    """A working environment; a broken or moved one is made anew."""
    if works(folder) and not moved(read_stamp(folder), folder):
        return
    if folder.exists():
        shutil.rmtree(folder)
    if lacks_venv():
        install_packages([venv_package(sys.version_info)], "Python's venv module is missing")
    make = [sys.executable, "-m", "venv", str(folder)]
    done = subprocess.run(make, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        sys.exit(f"{folder} could not be made: {(done.stderr or done.stdout).strip()}")


def needed(environment: Mapping[str, str]) -> tuple[Library, ...]:
    """Qt's system libraries under Linux for this session."""
    x11 = X11 if environment.get("DISPLAY") else ()
    wayland = WAYLAND if environment.get("WAYLAND_DISPLAY") else ()
    return (*OFFSCREEN, *x11, *wayland)


def ensure_libraries() -> None:
    """Qt's system libraries, on Linux."""
    if not sys.platform.startswith("linux"):
        return
    lacking = missing(needed(os.environ))
    if lacking:
        install_packages(names(lacking), "Qt needs system libraries")


def install(folder: Path = VENV, lock: Path = LOCK) -> None:
    """Everything `make test` and `make run` need; without network where all of it is there."""
    ensure_venv(folder)
    wanted = stamp_text(lock.read_bytes(), folder)
    if read_stamp(folder) != wanted:
        (folder / ".installed").unlink(missing_ok=True)
        print(f"Installing what {lock.name} names.", flush=True)
        pip = [str(venv_python(folder)), "-m", "pip", "install", "-q"]
        environment: dict[str, Any] = os.environ | {
            "PIP_USER": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        if subprocess.run([*pip, "-r", str(lock)], env=environment, check=False).returncode:
            sys.exit("The packages could not be installed (see above); nothing else was changed.")
        (folder / ".installed").write_text(wanted, "utf-8")
    ensure_command(folder)
    ensure_libraries()


def ensure_command(folder: Path) -> None:
    """`pmdesk` among the environment's programs: the checkout's own command line."""
    windows = os.name == "nt"
    place = folder / ("Scripts/pmdesk.cmd" if windows else "bin/pmdesk")
    start = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pmdesk.__main__ import main; main()"
    )
    python = venv_python(folder)
    text = f'@"{python}" -c "{start}" %*\n' if windows else f"#!{python}\n{start}\n"
    if not place.exists() or place.read_text("utf-8") != text:
        place.write_text(text, "utf-8")
        place.chmod(0o755)


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be shown."""
    if not platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def run() -> int:
    """Open the window, or write the demo where there is no display."""
    command = [str(venv_python()), "-m", "pmdesk"]
    if not has_display(os.environ):
        print("No display here: writing the demo to build/demo instead.", flush=True)
        command += ["demo", "build/demo"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> None:
    """`install` or `run`."""
    if sys.argv[1:] not in (["install"], ["run"]):
        sys.exit("bootstrap.py install | run")
    if not fits(sys.version_info):
        other = other_python()
        if other is None:
            sys.exit(
                "PM Desk needs Python 3.11 to 3.14; this is {}.{} and no other was found.".format(
                    *sys.version_info
                )
            )
        sys.exit(subprocess.run([other, *sys.argv], check=False).returncode)
    install()
    if sys.argv[1] == "run":
        sys.exit(run())


if __name__ == "__main__":
    main()

"""What a PM without Python installs: the bundle, tried, and on Linux a .deb and a tarball of it.

`make package`. On Windows and macOS it makes the bundle; packaging/windows and packaging/macos make
the installer from it.
"""

import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from bundled_licences import licences, system_licences

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "package"
BUNDLE = BUILD / "pmdesk"
ICONS = BUILD / "icons"
LINUX = ROOT / "packaging" / "linux"
MOST_DEB_MB, MOST_INSTALLED_MB, MOST_START = 130, 380, 1.3
# Stripping everything breaks numpy; these are large and take it.
STRIPPED = ("typst", "sqlcipher3", "libpython")
DEPENDS = (
    "libgl1, libegl1, libfontconfig1, libxkbcommon0, libxkbcommon-x11-0, libdbus-1-3,"
    " libglib2.0-0, libxcb-cursor0, libxcb-icccm4, libxcb-keysyms1, libxcb-shape0, libxcb-xkb1,"
    " desktop-file-utils, shared-mime-info"
)
_GLIBC = re.compile(rb"GLIBC_2\.(\d+)")


def version() -> str:
    """The version, from the one place it stands in."""
    text = (ROOT / "pmdesk" / "__init__.py").read_text("utf-8")
    hit = re.search(r'__version__ = "([^"]+)"', text)
    if hit is None:
        sys.exit("pmdesk/__init__.py names no version")
    return hit[1]


def build() -> list[str]:
    """Make the bundle with its licences and strip what may be stripped; what no licence is known of."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    icons = [sys.executable, str(ROOT / "packaging" / "app_icons.py"), str(ICONS)]
    subprocess.run(icons, check=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
               "--distpath", str(BUILD), "--workpath", str(BUILD / "work"), str(ROOT / "pmdesk.spec")]  # fmt: skip
    subprocess.run(command, check=True, cwd=ROOT)
    if shutil.which("strip") and sys.platform == "linux":
        for path in BUNDLE.rglob("*.so*"):
            if any(name in str(path.relative_to(BUNDLE)) for name in STRIPPED):
                subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
    unknown = licences(BUNDLE / "licences")
    if sys.platform == "linux":
        unknown += system_licences(system_libraries(), BUNDLE / "licences")
    if unknown:
        print(f"no licence is known of {', '.join(unknown)}", flush=True)
    return unknown


def system_libraries() -> list[str]:
    """Libraries that the bundle took from this system: neither a wheel's nor Python's."""
    taken = (path for path in (BUNDLE / "_internal").glob("lib*.so*") if not path.is_symlink())
    return sorted(path.name for path in taken if not path.name.startswith("libpython"))


def oldest_libc(folder: Path) -> str:
    """The glibc that the most demanding file of `folder` asks for."""
    versions = {
        int(minor)
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
        for minor in _GLIBC.findall(_if_program(path))
    }
    return f"2.{max(versions)}"


def _if_program(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read() if file.read(4) == b"\x7fELF" else b""


def tried() -> None:
    """The bundle's own self-test; ends the packaging where it fails."""
    print("== self-test of the bundle", flush=True)
    # on Windows the first prints nothing and the second is the command line
    names = ("pmdesk.exe", "pmdesk-cli.exe") if sys.platform == "win32" else ("pmdesk",)
    for name in names:
        if subprocess.run([str(BUNDLE / name), "--self-test"], check=False).returncode:
            sys.exit(f"{name} failed its self-test")


def start_ratio() -> float:
    """Start of the bundle against the checkout, medians of 7 starts each, in turn.

    The checkout starts as it does on a desktop: its bytecode is kept from the first start on.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(BUILD / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    commands = (
        [str(BUNDLE / "pmdesk"), "--start-test"],
        [sys.executable, "-m", "pmdesk", "--start-test"],
    )
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(9):
        for command, seconds in zip(commands, times, strict=True):
            began = time.perf_counter()
            subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)
            seconds.append(time.perf_counter() - began)
    # the first two read the disk and write the bytecode
    bundle, checkout = (statistics.median(seconds[2:]) for seconds in times)
    print(f"start {bundle * 1000:.0f} ms, of the checkout {checkout * 1000:.0f} ms", flush=True)
    return bundle / checkout


def megabytes(folder: Path) -> float:
    """The size of a folder's files."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def deb() -> tuple[Path, float]:
    """The .deb and its installed size in MB."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    places = {
        "usr/share/applications/pmdesk.desktop": LINUX / "pmdesk.desktop",
        "usr/share/mime/packages/pmdesk.xml": LINUX / "pmdesk.xml",
        "usr/share/icons/hicolor/scalable/apps/pmdesk.svg": ICONS / "pmdesk.svg",
        "usr/share/icons/hicolor/scalable/mimetypes/application-x-pmdesk.svg": ICONS / "pmdesk.svg",
    }  # fmt: skip
    for place, source in places.items():
        target = tree / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o644)
    shutil.copytree(BUNDLE, tree / "usr/lib/pmdesk", symlinks=True)
    # the program shows them, so they stay beside it
    docs = tree / "usr/share/doc/pmdesk"
    docs.mkdir(parents=True)
    (docs / "licences").symlink_to("../../../lib/pmdesk/licences")
    licence = (ROOT / "LICENSE").read_text("utf-8")
    (docs / "copyright").write_text(
        f"{licence}\nAll else that is bundled: see the folder licences.\n"
    )
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/pmdesk").symlink_to("../lib/pmdesk/pmdesk")
    installed = megabytes(tree)
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        f"Package: pmdesk\nVersion: {version()}\nArchitecture: {_architecture()}\n"
        "Maintainer: PM Desk <noreply@example.invalid>\n"
        f"Installed-Size: {round(installed * 1e6 / 1024)}\nDepends: libc6 (>= {oldest_libc(BUNDLE)}), {DEPENDS}\n"
        "Section: office\nPriority: optional\n"
        "Description: private journal of client relationships for project managers\n"
        " Keeps every contact, promise, expectation and problem of a client in one encrypted file,\n"
        " shows what is owed to whom, and makes PDF summaries in English and Chinese. Offline.\n",
        "utf-8",
    )
    for name in ("postinst", "postrm"):
        shutil.copyfile(LINUX / "refresh.sh", control / name)
        (control / name).chmod(0o755)
    target = BUILD / f"pmdesk_{version()}_{_architecture()}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)], check=True
    )
    return target, installed


def _architecture() -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def tarball() -> Path:
    """The bundle with a script that installs it for one user."""
    target = BUILD / f"pmdesk-{version()}-linux-{platform.machine()}.tar.xz"
    top = f"pmdesk-{version()}"
    with tarfile.open(target, "w:xz", preset=3) as file:
        file.add(BUNDLE, f"{top}/pmdesk")
        for name in ("install.sh", "uninstall.sh", "pmdesk.desktop", "pmdesk.xml"):
            file.add(LINUX / name, f"{top}/{name}")
        file.add(ICONS / "pmdesk.svg", f"{top}/pmdesk.svg")
    return target


def within(what: str, value: float, most: float, unit: str) -> bool:
    """Whether a figure keeps its limit, which it says."""
    good = value <= most
    print(f"{what} {value:.4g}{unit}, at most {most}{unit}: {'ok' if good else 'TOO MUCH'}", flush=True)  # fmt: skip
    return good


def main() -> None:
    """Build, try, pack, and say how large and how fast it is; ends with 1 where it may not be given away."""
    if sys.argv[1:] == ["--version"]:
        print(version())
        return
    os.umask(0o022)  # everybody may read what is packed
    unknown = build()
    tried()
    print(f"bundle {megabytes(BUNDLE):.0f} MB", flush=True)
    if sys.platform != "linux" or sys.argv[1:] == ["--bundle"]:
        return
    verdicts = [within("start against the checkout's", start_ratio(), MOST_START, "")]
    if shutil.which("dpkg-deb"):
        path, installed = deb()
        verdicts.append(within(path.name, path.stat().st_size / 1e6, MOST_DEB_MB, " MB"))
        verdicts.append(within("installed", installed, MOST_INSTALLED_MB, " MB"))
    path = tarball()
    print(f"{path.name} {path.stat().st_size / 1e6:.0f} MB", flush=True)
    sys.exit(bool(unknown) or not all(verdicts))


if __name__ == "__main__":
    main()

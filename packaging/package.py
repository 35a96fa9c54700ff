"""What a PM without Python installs: the bundle, tried, and on Linux a .deb and a tarball of it.

`make package`. On Windows and macOS it makes the bundle; packaging/windows and packaging/macos make
the installer from it.
"""

import platform
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import time
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "package"
BUNDLE = BUILD / "pmdesk"
LINUX = ROOT / "packaging" / "linux"
MOST_DEB_MB, MOST_INSTALLED_MB, MOST_START = 130, 380, 1.3
# Stripping everything breaks numpy; these are large and take it.
STRIPPED = ("typst", "sqlcipher3", "libpython")
DEPENDS = (
    "libc6 (>= 2.34), libgl1, libegl1, libfontconfig1, libxkbcommon0, libxkbcommon-x11-0, libdbus-1-3,"
    " libglib2.0-0, libxcb-cursor0, libxcb-icccm4, libxcb-keysyms1, libxcb-shape0, libxcb-xkb1,"
    " desktop-file-utils, shared-mime-info"
)
_LICENCE = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$", re.IGNORECASE)


def version() -> str:
    """The version, from the one place it stands in."""
    text = (ROOT / "pmdesk" / "__init__.py").read_text("utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if found is None:
        sys.exit("pmdesk/__init__.py names no version")
    return found[1]


def build() -> None:
    """Make the bundle and strip what may be stripped."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
               "--distpath", str(BUILD), "--workpath", str(BUILD / "work"), str(ROOT / "pmdesk.spec")]  # fmt: skip
    subprocess.run(command, check=True, cwd=ROOT)
    if shutil.which("strip") and sys.platform == "linux":
        for path in BUNDLE.rglob("*.so*"):
            if any(name in str(path.relative_to(BUNDLE)) for name in STRIPPED):
                subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
    licences(BUNDLE / "licences")


def licences(folder: Path) -> None:
    """The licences of all that is bundled, one folder a library."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "LICENSE", folder / "PM Desk.txt")
    names = re.findall(r"(?m)^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text("utf-8"))
    for name in names:
        dist = metadata.distribution(name)
        texts = [file for file in dist.files or () if _LICENCE.search(str(file))]
        into = folder / name
        into.mkdir(exist_ok=True)
        told = dist.metadata.get("License-Expression") or dist.metadata.get("License") or ""
        classifiers = [
            c for c in dist.metadata.get_all("Classifier") or () if c.startswith("License")
        ]
        (into / "what.txt").write_text(
            f"{name} {dist.version}\n{told.splitlines()[0] if told else ''}\n"
            + "\n".join(classifiers)
            + "\n",
            "utf-8",
        )
        for number, file in enumerate(texts):
            source = Path(str(dist.locate_file(file)))
            if source.is_file():
                shutil.copy(source, into / f"{number or ''}{source.name}")


def tried() -> None:
    """The bundle's own self-test; ends the packaging where it fails."""
    print("== self-test of the bundle", flush=True)
    program = BUNDLE / ("pmdesk.exe" if sys.platform == "win32" else "pmdesk")
    if subprocess.run([str(program), "--self-test"], check=False).returncode:
        sys.exit("the bundle failed its self-test")


def start_ratio() -> float:
    """Start of the bundle against the checkout, medians of 7 starts each, in turn."""
    commands = (
        [str(BUNDLE / "pmdesk"), "--start-test"],
        [sys.executable, "-m", "pmdesk", "--start-test"],
    )
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(8):
        for command, found in zip(commands, times, strict=True):
            began = time.perf_counter()
            subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
            found.append(time.perf_counter() - began)
    bundle, checkout = (statistics.median(found[1:]) for found in times)  # the first reads the disk
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
        "usr/share/icons/hicolor/scalable/apps/pmdesk.svg": ROOT / "resources/icons/pmdesk.svg",
        "usr/share/icons/hicolor/scalable/mimetypes/application-x-pmdesk.svg": ROOT / "resources/icons/pmdesk.svg",
        "usr/share/doc/pmdesk/copyright": ROOT / "LICENSE",
    }  # fmt: skip
    for place, source in places.items():
        target = tree / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o644)
    shutil.copytree(BUNDLE, tree / "usr/lib/pmdesk", symlinks=True)
    shutil.move(tree / "usr/lib/pmdesk/licences", tree / "usr/share/doc/pmdesk/licences")
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/pmdesk").symlink_to("../lib/pmdesk/pmdesk")
    installed = megabytes(tree)
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        f"Package: pmdesk\nVersion: {version()}\nArchitecture: {_architecture()}\n"
        "Maintainer: PM Desk <noreply@example.invalid>\n"
        f"Installed-Size: {round(installed * 1e6 / 1024)}\nDepends: {DEPENDS}\n"
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
        file.add(ROOT / "resources/icons/pmdesk.svg", f"{top}/pmdesk.svg")
    return target


def main() -> None:
    """Build, try, pack, and say how large and how fast it is."""
    if sys.argv[1:] == ["--version"]:
        print(version())
        return
    build()
    tried()
    print(f"bundle {megabytes(BUNDLE):.0f} MB", flush=True)
    if sys.platform != "linux" or sys.argv[1:] == ["--bundle"]:
        return
    print(f"start {start_ratio():.2f} x the checkout's (reach {MOST_START})", flush=True)
    if shutil.which("dpkg-deb"):
        path, installed = deb()
        size = path.stat().st_size / 1e6
        print(
            f"{path.name}: {size:.0f} MB (reach {MOST_DEB_MB}), installed {installed:.0f} MB (reach {MOST_INSTALLED_MB})",
            flush=True,
        )
    path = tarball()
    print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    main()

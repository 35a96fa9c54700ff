"""The licences of all that a bundle holds: PM Desk, Python, the libraries, the system's own files."""

import re
import shutil
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

from pmdesk.licences import licence_of

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "packaging" / "licences"
_LICENCE = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$", re.IGNORECASE)
_COMMON = re.compile(r"/usr/share/common-licenses/([\w.+-]+)")


def licences(folder: Path) -> list[str]:
    """Copies those of PM Desk, Python and the locked libraries; what has none."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "LICENSE", folder / "PM Desk.txt")
    names = re.findall(r"(?m)^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text("utf-8"))
    for name in names:
        _of_library(name, folder / name)
    # Qt's wheels name the licence without its text; the LGPL stands on the GPL
    for text in TEXTS.iterdir():
        for name in ("pyside6-essentials", "shiboken6"):
            shutil.copy(text, folder / name / text.name)
    (folder / "python").mkdir(exist_ok=True)
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))  # Windows has the second
    for place in places:
        if (place / "LICENSE.txt").is_file():
            shutil.copy(place / "LICENSE.txt", folder / "python")
            return []
    return ["Python"]


def _of_library(name: str, into: Path) -> None:
    dist = metadata.distribution(name)
    into.mkdir(exist_ok=True)
    lines = [f"{name} {dist.version}", licence_of(dist)]
    (into / "what.txt").write_text("\n".join(lines) + "\n", "utf-8")
    texts = [file for file in dist.files or () if _LICENCE.search(str(file))]
    for number, file in enumerate(texts):
        source = Path(str(dist.locate_file(file)))
        if source.is_file():
            shutil.copy(source, into / f"{number or ''}{source.name}")


def system_licences(libraries: list[str], folder: Path) -> list[str]:
    """Copies what Debian says of libraries taken from the system; those it knows nothing of."""
    into = folder / "system"
    into.mkdir(parents=True, exist_ok=True)
    if not shutil.which("dpkg-query"):
        return libraries
    unknown = []
    for name in libraries:
        asked = ["dpkg-query", "-S", f"*/{name}"]
        owners = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        package = owners.split(":", 1)[0]
        text = Path("/usr/share/doc") / package / "copyright"
        if package and text.is_file():
            shutil.copy(text, into / f"{package}.txt")
        else:
            unknown.append(name)
    named = {
        name.rstrip(".")
        for text in into.iterdir()
        for name in _COMMON.findall(text.read_text("utf-8", "replace"))
    }
    for name in named:
        if (Path("/usr/share/common-licenses") / name).is_file():
            shutil.copy(Path("/usr/share/common-licenses") / name, into / name)
    return unknown

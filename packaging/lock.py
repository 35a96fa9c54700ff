"""Write the requirements locks from what .venv holds: exact versions, no addresses.

Ends with a sentence where another system or a newer Python needs what neither .venv nor ELSEWHERE
has.
"""

import sys
import tomllib
from importlib.metadata import requires, version
from itertools import product
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
HEAD = "# Written by packaging/lock.py: exact versions of everything, from pyproject.toml.\n"
# What only other systems need, so that .venv cannot tell its version.
ELSEWHERE = {
    "colorama": "0.4.6",
    "macholib": "1.16.3",
    "pefile": "2023.2.7",
    "pywin32-ctypes": "0.2.3",
}
SYSTEMS = (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


class Closure(NamedTuple):
    """Distributions required here by name with their versions, and lines for other systems."""

    here: dict[str, str]
    elsewhere: set[str]


def closure(names: list[str]) -> Closure:
    """These distributions and all they require."""
    needed = Closure({}, set())
    pending = [Requirement(name) for name in names]
    while pending:
        wanted = pending.pop()
        name = canonicalize_name(wanted.name)
        if name == "pip":
            continue
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            needed.elsewhere.update(lines_elsewhere(wanted))
        elif name not in needed.here:
            needed.here[name] = version(name)
            pending += [Requirement(text) for text in requires(name) or []]
    return needed


def lines_elsewhere(wanted: Requirement) -> set[str]:
    """The lock's line for what another system requires; none where only an extra asks for it."""
    name = canonicalize_name(wanted.name)
    systems = {
        system
        for (system, title), python in product(SYSTEMS, PYTHONS)
        if wanted.marker
        and wanted.marker.evaluate(
            {
                "extra": "",
                "sys_platform": system,
                "platform_system": title,
                "os_name": "nt" if system == "win32" else "posix",
                "python_version": python,
                "python_full_version": f"{python}.0",
            }
        )
    }
    if systems and name not in ELSEWHERE:
        sys.exit(f"{wanted} is required on {', '.join(sorted(systems))}: add it to ELSEWHERE.")
    return {f'{name}=={ELSEWHERE[name]} ; sys_platform == "{system}"' for system in systems}


def lines(needed: Closure) -> str:
    """The lock's text."""
    pinned = {f"{name}=={number}" for name, number in needed.here.items()}
    others = {line for line in needed.elsewhere if line.split("==")[0] not in needed.here}
    return HEAD + "\n".join(sorted(pinned | others)) + "\n"


def locks() -> dict[str, str]:
    """Each lock's name with its text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    run, dev = project["dependencies"], project["optional-dependencies"]["dev"]
    return {
        "requirements.lock": lines(closure(run)),
        "requirements-dev.lock": lines(closure(run + dev)),
    }


def main() -> None:
    """Write both locks."""
    for name, text in locks().items():
        (ROOT / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()

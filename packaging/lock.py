"""Write the requirements locks from what .venv holds: exact versions, no addresses."""

import tomllib
from importlib.metadata import requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
# What other systems need beyond what this one has installed.
ELSEWHERE = {"click": ['colorama==0.4.6 ; sys_platform == "win32"']}


def closure(names: list[str]) -> dict[str, str]:
    """These distributions and all they require here, with their versions."""
    found: dict[str, str] = {}
    pending = [Requirement(name) for name in names]
    while pending:
        wanted = pending.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        name = canonicalize_name(wanted.name)
        if name in found or name == "pip":
            continue
        found[name] = version(name)
        pending += [Requirement(text) for text in requires(name) or []]
    return found


def lines(found: dict[str, str]) -> str:
    """The lock's text."""
    rows = [f"{name}=={number}" for name, number in found.items()]
    for name, more in ELSEWHERE.items():
        if name in found or name == "pip":
            rows += more
    return "\n".join(sorted(rows)) + "\n"


def main() -> None:
    """Write both locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    run, dev = project["dependencies"], project["optional-dependencies"]["dev"]
    head = "# Written by packaging/lock.py: exact versions of everything, from pyproject.toml.\n"
    (ROOT / "requirements.lock").write_text(head + lines(closure(run)), "utf-8")
    (ROOT / "requirements-dev.lock").write_text(head + lines(closure(run + dev)), "utf-8")


if __name__ == "__main__":
    main()

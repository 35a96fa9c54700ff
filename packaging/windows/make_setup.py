"""The Windows installer from the bundle, by makensis (on Windows or any system that has it)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from package import BUNDLE, version  # noqa: E402 - beside this folder, which is no package


def make_setup(bundle: Path, out: Path) -> None:
    """Compile the script for `bundle` into `out`; raises CalledProcessError."""
    given = {
        "VERSION": version(),
        "BUNDLE": str(bundle),
        "SEP": os.sep,
        "OUT": str(out),
        "LICENCE": str(ROOT / "LICENSE"),
    }
    defines = [f"-D{name}={value}" for name, value in given.items()]
    script = ROOT / "packaging" / "windows" / "pmdesk.nsi"
    subprocess.run([compiler(), "-V2", *defines, str(script)], check=True)


def compiler() -> str:
    """makensis, on the path or where its own installer puts it."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
    return shutil.which("makensis") or str(usual)


if __name__ == "__main__":
    make_setup(BUNDLE, BUNDLE.with_name("pmdesk-setup.exe"))

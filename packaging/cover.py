"""Holds each wing's share of lines that tests run to its floor: `cover.py build/coverage.json`.

Floors stand in pyproject.toml, in per cent: a floor is raised when its wing has risen, never lowered
to let something pass.
"""

import json
import sys
import tomllib
from collections import defaultdict
from pathlib import Path, PurePath

ROOT = Path(__file__).resolve().parents[1]


def shares(report: dict[str, dict[str, dict[str, dict[str, int]]]]) -> dict[str, float]:
    """Per cent of lines run in each wing, that is each package below pmdesk, or its own files."""
    run: dict[str, int] = defaultdict(int)
    lines: dict[str, int] = defaultdict(int)
    for name, file in report["files"].items():
        parts = PurePath(name).parts
        wing = parts[1] if len(parts) > 2 else "pmdesk"
        run[wing] += file["summary"]["covered_lines"]
        lines[wing] += file["summary"]["num_statements"]
    return {wing: 100 * run[wing] / n for wing, n in sorted(lines.items()) if n}


def below(covered: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A line for each wing that lies below its floor, or has none."""
    return [
        f"{wing}: {share:.1f} % of its lines are run by tests, its floor is {floors.get(wing, 100)} %"
        for wing, share in covered.items()
        if share < floors.get(wing, 100)
    ]


def main(report: Path) -> int:
    """Print every wing beside its floor; 1 where one lies below."""
    floors = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pmdesk"]["cover"]
    covered = shares(json.loads(report.read_text("utf-8")))
    for wing, share in covered.items():
        print(f"{wing:<10} {share:5.1f} %  floor {floors.get(wing, 100):5.1f} %")
    low = below(covered, floors)
    print("\n".join(low))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

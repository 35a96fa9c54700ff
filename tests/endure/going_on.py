"""What an earlier run found, as far as the code that was tried is still the same."""

import json
from dataclasses import asdict, fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from tests.endure.trial import Figures

HERE = Path(__file__).parent
_PROGRAM = HERE.parents[1] / "pmdesk"
# What only shows: trials in which there is no window do not rest on it.
_SHOWS = ("gui", "charts", "report")


def code_of(trial):
    """A digest of all code that a trial tries, its own with it."""
    return _digest(window=trial.window)


@lru_cache(maxsize=2)
def _digest(*, window):
    found = sha256()
    paths = [*_PROGRAM.rglob("*.py"), *HERE.glob("*.[pc]*")]
    for path in sorted(path for path in paths if path.is_file()):
        room = path.relative_to(_PROGRAM.parent).parts[1]
        if window or room not in _SHOWS:
            found.update(path.read_bytes())
    return found.hexdigest()[:12]


def earlier(path, trials):
    """(trial, form): its figures of an earlier run, where they are of the same code."""
    if not path.exists():
        return {}
    names = {one.name for one in fields(Figures)}
    rows = json.loads(path.read_text("utf-8"))["rows"]
    found = [Figures(**{k: v for k, v in row.items() if k in names}) for row in rows]
    codes = {trial.name: code_of(trial) for trial in trials}
    return {(one.trial, one.form): one for one in found if codes.get(one.trial) == one.code}


def keep(path, figures, seconds, *, quick):
    """Write what was found, for who goes on with it."""
    told = {"seconds": round(seconds, 1), "quick": quick, "rows": list(map(asdict, figures))}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")

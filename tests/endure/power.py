"""Power cuts: a session is recorded once with all it writes, and then cut off at random moments."""

import os
import shutil
from contextlib import contextmanager
from functools import partial

from tests.endure.child import Child
from tests.endure.courses import Place, Taken
from tests.endure.disk import Disk, recorded
from tests.endure.sessions import SESSIONS
from tests.endure.shim import Mode, shimmed
from tests.endure.trial import Trial

# Each session is taken anew after so many cuts: chance is in it, too.
_CUTS = 250


def cuts(room, shim, name):
    """One try for each cut."""
    course = SESSIONS[name]
    taken = Taken(course, room.folder, room.passphrase)
    number = 0
    while True:
        place = taken.again()
        disk, changes = Disk(place.folder), _record(room.folder / "record", shim, course, place)
        count = min(_CUTS, room.wanted) if room.wanted else _CUTS
        moments = sorted(_moment(changes, room.chance) for _ in range(count))
        done = acknowledged = 0
        for moment in moments:
            for change in changes[done:moment]:
                disk.go_on(change)
                acknowledged += change.kind == "m"
            done = moment
            image = disk.image(room.chance)
            number += 1
            place = _laid_out(taken, image, room.chance)
            yield taken.judge(place, acknowledged, thorough=number % 10 == 0)


def _moment(changes, chance):
    """When the power is cut: at any moment, and as often where names of files change."""
    if chance.random() < 0.5:
        return chance.randint(1, len(changes))
    names = [n for n, change in enumerate(changes, 1) if change.kind in "cruld"]
    return min(len(changes), chance.choice(names) + chance.choice((0, 0, 1, 2, 4)))


def _record(target, shim, course, place):
    with _opened(target) as trace:
        child = Child(
            course,
            place,
            partial(shim.watch, place.folder, Mode.COUNT, trace=trace),
            shim.mark,
        )
        child.wait()
    if not child.whole:
        raise RuntimeError("the session that was to be recorded did not come to its end")
    return recorded(target)


@contextmanager
def _opened(path):
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    try:
        yield handle
    finally:
        os.close(handle)


def _laid_out(taken, image, chance):
    """The place as the disk shows it when the power is back."""
    shutil.rmtree(taken.where)
    for path in taken.first.folder.rglob("*"):
        if path.is_dir():
            (taken.where / path.relative_to(taken.first.folder)).mkdir(parents=True)
    for path, content in image.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.name.endswith("-shm"):  # it is in memory, and nothing says what of it was written
            path.write_bytes(chance.randbytes(chance.choice((0, 3, 32768))))
        else:
            path.write_bytes(content)
    return Place(taken.where, taken.secret)


TRIALS = [
    Trial(
        f"power cut in {name}",
        f"{name}: what was written since the last fsync is lost, torn at sectors or out of order",
        5_000,
        shimmed(cuts, name),
        quick=60,
        weight=2,
        goes_on=True,
    )
    for name in SESSIONS
]

"""The process dies at every single change of its files: before it, and in the middle of a write."""

from functools import partial

from tests.endure.child import Child
from tests.endure.courses import Taken
from tests.endure.sessions import SESSIONS
from tests.endure.shim import Mode, shimmed
from tests.endure.trial import Trial


def deaths(room, shim, name):
    """One try for each change that the session makes, and one more for each write."""
    course = SESSIONS[name]
    taken = Taken(course, room.folder, room.passphrase)
    place = taken.again()
    child = Child(course, place, partial(shim.watch, place.folder, Mode.COUNT))
    child.wait()
    kinds = shim.kinds
    plan = [(n, Mode.DIE_BEFORE) for n in range(1, len(kinds) + 1)]
    plan += [(n, Mode.DIE_WITHIN) for n, kind in enumerate(kinds, 1) if kind == "w"]
    room.reach = len(plan)
    room.chance.shuffle(plan)
    for number, (at, mode) in enumerate(plan[room.done :]):
        place = taken.again()
        child = Child(course, place, partial(shim.watch, place.folder, mode, at))
        done = child.wait()
        yield taken.judge(place, done, thorough=number % 10 == 0)


TRIALS = [
    Trial(
        f"death at every write of {name}",
        f"{name}: the process ends at each write, fsync, truncate, rename and removal of a file",
        0,
        shimmed(deaths, name),
        quick=12,
        weight=8,
        goes_on=True,
    )
    for name in SESSIONS
]

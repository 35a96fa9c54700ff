"""Processes killed at any moment of an act: a child does it, its parent looks at what is left."""

import time
from statistics import median

from tests.endure.child import Child
from tests.endure.courses import Taken
from tests.endure.days import COURSES
from tests.endure.trial import Trial

REACH = 1_000


def kills(course):
    """A trial that kills a course: only kills while it is under way count as tries."""

    def run(room):
        taken = Taken(course, room.folder, room.passphrase)
        lengths = []
        for _ in range(2 if room.quick else 7):
            child = Child(course, taken.again())
            lengths.append(child.seconds_for(taken.count))
            child.kill()
        number = 0
        while True:
            number += 1
            place = taken.again()
            child = Child(course, place)
            time.sleep(room.chance.uniform(0, median(lengths)))
            done = child.kill()
            tried = taken.judge(place, done, thorough=number % 10 == 0)
            if done < taken.count or tried.bad:
                yield tried

    return run


TRIALS = [
    Trial(
        f"killed during {name}",
        f"SIGKILL at any moment of {name}: what was acknowledged is there, the act whole or absent",
        REACH,
        kills(course),
        quick=6,
        weight=2,
        goes_on=True,
    )
    for name, course in COURSES.items()
]

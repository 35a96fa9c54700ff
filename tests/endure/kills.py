"""Processes killed at any moment of an act: a child does it, its parent looks at what is left."""

import gc
import os
import select
import signal
import time
from statistics import median

from tests.endure.courses import Taken
from tests.endure.days import COURSES
from tests.endure.trial import Trial

REACH = 1_000
_PATIENCE = 60


class Child:
    """A course under way in a forked process, and how many of its acts it has acknowledged."""

    def __init__(self, course, place):
        reading, writing = os.pipe()
        gc.freeze()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _take(course, place, writing)
        os.close(writing)
        self.pipe = reading
        self.said = b""
        self._until(1)  # it has begun
        self.began = time.perf_counter()

    def _until(self, count):
        while len(self.said) < count and self._hear():
            pass

    def _hear(self):
        ready, _, _ = select.select([self.pipe], [], [], _PATIENCE)
        more = os.read(self.pipe, 4096) if ready else b""
        self.said += more
        return bool(more)

    def seconds_for(self, count):
        """How long it takes for all of its acts."""
        self._until(1 + count)
        return time.perf_counter() - self.began

    def kill(self):
        """Kill it; how many acts it had acknowledged."""
        os.kill(self.pid, signal.SIGKILL)
        while self._hear():
            pass
        os.waitpid(self.pid, 0)
        os.close(self.pipe)
        return len(self.said) - 1


def _take(course, place, writing):
    """All of the course, telling of each act once it has returned; never returns itself."""
    os.write(writing, b"b")
    try:
        for _ in course.steps(place):
            os.write(writing, b"a")
        time.sleep(_PATIENCE)
    finally:
        os._exit(1)


def kills(course):
    """A trial that kills a course: only kills while it is under way count as tries."""

    def run(room):
        taken = Taken(course, room.folder, room.passphrase)
        lengths = []
        for _ in range(2 if room.quick else 7):
            place = taken.again()
            child = Child(course, place)
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
            if done < taken.count or tried.lost or tried.wrong:
                yield tried

    return run


TRIALS = [
    Trial(
        f"killed during {name}",
        f"SIGKILL at any moment of {name}: what was acknowledged is there, the act whole or absent",
        REACH,
        kills(course),
        quick=8,
    )
    for name, course in COURSES.items()
]

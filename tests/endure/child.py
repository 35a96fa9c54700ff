"""A course taken by a forked process, which tells of each act as soon as it has returned."""

import gc
import os
import select
import signal
import time

PATIENCE = 60  # seconds until something counts as never coming


class Child:
    """A course under way, and how many of its acts it has acknowledged.

    `first` is called in the child before it begins, `after` with the number of acts after each.
    """

    def __init__(self, course, place, first=lambda: None, after=lambda _count: None):
        reading, writing = os.pipe()
        gc.freeze()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _take(course, place, writing, first, after)
        os.close(writing)
        self.pipe = reading
        self.said = b""
        self._until(1)  # it has begun
        self.began = time.perf_counter()

    def _until(self, count):
        while len(self.said) < count and self._hear():
            pass

    def _hear(self):
        listening = select.poll()  # select() knows no more than 1,024 files, and some stay open
        listening.register(self.pipe, select.POLLIN)
        ready = listening.poll(PATIENCE * 1000)
        more = os.read(self.pipe, 4096) if ready else b""
        self.said += more
        return bool(more)

    @property
    def whole(self):
        """Whether it came to the end of its course."""
        return self.said.endswith(b"e")

    def seconds_for(self, count):
        """How long it takes for so many acts."""
        self._until(1 + count)
        return time.perf_counter() - self.began

    def kill(self):
        """Kill it; how many acts it had acknowledged."""
        os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def wait(self):
        """Wait until it has ended; how many acts it had acknowledged."""
        while not self.whole and self._hear():
            pass
        if not self.whole:
            os.kill(self.pid, signal.SIGKILL)  # it may hang: it has said nothing for long
        os.waitpid(self.pid, 0)
        os.close(self.pipe)
        return self.said.count(b"a")


def _take(course, place, writing, first, after):
    """All of the course; never returns."""
    os.write(writing, b"b")
    try:
        first()
        for count, _ in enumerate(course.steps(place), 1):
            os.write(writing, b"a")
            after(count)
        os.write(writing, b"e")
    finally:
        os._exit(1)

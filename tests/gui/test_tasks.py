"""Work in a thread and what the window hears of it."""

import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThreadPool

from pmdesk.gui.tasks import run_task


class Owner(QObject):
    def __init__(self, heard):
        super().__init__()
        self.heard = heard

    def tell(self, value=None):
        self.heard.append((value, threading.current_thread() is threading.main_thread()))


@pytest.fixture
def heard():
    return []


def test_the_result_arrives_in_the_windows_thread(qtbot, heard):
    owner = Owner(heard)
    run_task(owner, lambda _task: 7, done=owner.tell, failed=owner.tell)
    qtbot.waitUntil(lambda: heard == [(7, True)])


class Read:
    """What work holds while it runs: a journal read, a picture."""


def test_what_work_held_is_let_go_after_its_end(qtbot, heard):
    owner, held = Owner(heard), Read()
    gone = weakref.ref(held)
    run_task(owner, lambda _task, held=held: bool(held), done=owner.tell, failed=owner.tell)
    del held
    qtbot.waitUntil(lambda: len(heard) == 1)
    qtbot.waitUntil(lambda: gone() is None)


def test_a_failure_arrives_as_its_exception(qtbot, heard):
    owner = Owner(heard)
    run_task(owner, lambda _task: 1 / 0, done=owner.tell, failed=owner.tell)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert isinstance(heard[0][0], ZeroDivisionError)


def test_cancelled_work_says_so_and_nothing_else(qtbot, heard):
    owner, begun, gate, said = Owner(heard), threading.Event(), threading.Event(), []

    def work(task):
        begun.set()
        gate.wait()
        task.report(1, 2)

    task = run_task(
        owner, work, done=owner.tell, failed=owner.tell, cancelled=lambda: said.append("stopped")
    )
    begun.wait()
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: said == ["stopped"])
    assert task.cancelled()
    assert not heard


def test_a_deleted_owner_is_not_called(qtbot, heard):
    owner, gate = Owner(heard), threading.Event()
    run_task(owner, lambda _task: gate.wait(), done=owner.tell, failed=owner.tell)
    shiboken6.delete(owner)
    gate.set()
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(50)
    assert not heard

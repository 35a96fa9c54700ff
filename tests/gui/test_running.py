"""Windows that run are found by another start, over a socket of the person's own folder."""

import json
import os
import stat
import threading
from multiprocessing.connection import Client, Listener
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pmdesk.gui import running
from pmdesk.gui.running import Door, Request, ask, folder, understood

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="a named pipe there, with neither folder nor mode"
)


@pytest.fixture(autouse=True)
def runtime(monkeypatch):
    """The folder in which a desktop keeps the sockets of one person: short, as their names must be."""
    with TemporaryDirectory(prefix="pmd") as place:
        monkeypatch.setenv("XDG_RUNTIME_DIR", place)
        yield Path(place)


@pytest.fixture
def door():
    """Opens doors that take what a case says, and closes them."""
    made, taken = [], []

    def opened(takes=lambda _request: True):
        one = Door(takes, taken.append)
        made.append(one)
        one.open()
        assert one.opened.wait(5)
        return taken

    yield opened
    for one in made:
        one.close()


def sockets():
    return list(folder().glob("*")) if folder().exists() else []


def test_without_a_window_nobody_takes_it_and_nothing_is_made():
    assert not ask(Request("/a.pmdesk"))
    assert not folder().exists()


def test_a_window_takes_what_is_meant_for_it_and_leaves_the_rest(door):
    taken = door(lambda request: request.journal == "/a.pmdesk")
    assert ask(Request("/a.pmdesk", capture=True, token="t"))
    assert not ask(Request("/b.pmdesk"))
    assert taken == [Request("/a.pmdesk", True, "t")]


def test_only_the_person_may_reach_it_and_its_name_tells_nothing_of_a_journal(door):
    door()
    (socket,) = sockets()
    assert stat.S_IMODE(socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    assert socket.name == f"{os.getpid()}.window"


def test_closed_it_leaves_neither_a_socket_nor_a_thread():
    before = threading.active_count()
    one = Door(lambda _: True, lambda _: None)
    one.open()
    assert one.opened.wait(5)
    assert threading.active_count() == before + 1
    one.close()
    assert (threading.active_count(), sockets()) == (before, [])
    assert not ask(Request())


def test_a_door_that_was_never_opened_is_closed_all_the_same():
    Door(lambda _: True, lambda _: None).close()


def test_a_socket_that_a_crash_left_is_taken_away(runtime):
    folder().mkdir(mode=0o700)
    left = folder() / "1.window"
    listener = Listener(str(left), "AF_UNIX")
    listener._listener._unlink.cancel()  # as a crash: nobody takes the socket away
    listener.close()
    assert left.exists()
    assert not ask(Request())
    assert not left.exists()


def test_a_window_that_says_nothing_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(running, "_PATIENCE_S", 0.1)
    folder().mkdir(mode=0o700)
    with Listener(str(folder() / "1.window"), "AF_UNIX"):
        assert not ask(Request())


def test_another_window_is_asked_where_the_first_is_not_meant(door, monkeypatch):
    pid = os.getpid()
    first = door(lambda _: False)
    monkeypatch.setattr(os, "getpid", lambda: pid + 1)
    assert len(door(lambda request: request.journal == "/b")) == 0
    assert ask(Request("/b"))
    assert first == [Request("/b")]  # both doors of this test write into one list
    monkeypatch.undo()


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_a_folder_into_which_others_may_look_is_not_used(mode, caplog):
    folder().mkdir(mode=mode)
    folder().chmod(mode)
    one = Door(lambda _: True, lambda _: None)
    one.open()
    assert one.opened.wait(5)
    assert sockets() == []
    assert not ask(Request())
    one.close()


def test_a_place_that_cannot_hold_a_socket_costs_only_this(monkeypatch, tmp_path):
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    one = Door(lambda _: True, lambda _: None)
    one.open()
    assert one.opened.wait(5)
    one.close()
    assert sockets() == []


@pytest.mark.parametrize(
    "message",
    [b"", b"\xff", b"[]", b"1", b"{}", b'{"journal": 1, "capture": true, "token": ""}',
     b'{"journal": "", "capture": "yes", "token": ""}', b'{"journal": "", "other": 1}', b"x" * 20_000],
)  # fmt: skip
def test_what_is_no_request_is_refused_and_the_next_one_heard(door, message):
    taken = door()
    with Client(str(sockets()[0]), "AF_UNIX") as line:
        if len(message) > 16_384:
            # hung up at its length, which the asker learns while it writes or when it reads
            with pytest.raises((EOFError, ConnectionResetError, BrokenPipeError)):
                line.send_bytes(message)
                line.recv_bytes()
        else:
            line.send_bytes(message)
            # one without any wish is a wish all the same: to come to the front
            assert line.recv_bytes() == (b"taken" if message == b"{}" else b"not mine")
    with Client(str(sockets()[0]), "AF_UNIX"):
        pass  # asks and goes
    assert ask(Request("/a"))
    assert taken[-1] == Request("/a")


def test_a_request_is_read_as_it_was_written():
    one = Request("/客户.pmdesk", True, "t")
    assert understood(json.dumps(one._asdict()).encode()) == one


@pytest.mark.parametrize("named", ["", "relative", "/nowhere/at/all"])
def test_without_a_folder_of_the_desktop_it_lies_in_that_for_what_is_temporary(
    monkeypatch, tmp_path, named
):
    monkeypatch.setenv("XDG_RUNTIME_DIR", named)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert folder().parent == tmp_path
    assert f"pmdesk-{os.getuid()}" in folder().name


def test_settings_of_their_own_are_a_world_of_their_own(monkeypatch, door):
    door()
    assert ask(Request())
    monkeypatch.setenv("PMDESK_CONFIG_DIR", str(Path("elsewhere").absolute()))
    assert not ask(Request())

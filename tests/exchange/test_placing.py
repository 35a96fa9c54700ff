"""A file or folder stands in its place only when it is whole, and only its owner can read it."""

import errno
import os
import stat

import pytest

from pmdesk.exchange.placing import NotWritten, filled, placed


def _left(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def _mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_takes_the_place_of_the_one_before_and_is_its_owners_alone(tmp_path):
    target = tmp_path / "new" / "a.txt"
    target.parent.mkdir()
    target.write_text("old")
    target.chmod(0o644)
    with placed(target) as partial:
        partial.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert os.name != "posix" or _mode(target) == 0o600
    assert _left(tmp_path) == ["new", "new/a.txt"]


@pytest.mark.parametrize("place", [placed, filled])
def test_what_stops_half_way_leaves_all_as_it_was(tmp_path, place):
    with pytest.raises(KeyError), place(tmp_path / "a"):
        raise KeyError
    assert _left(tmp_path) == []


def test_a_folder_is_filled_beside_what_lies_there(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    (folder / "a.txt").write_text("old")
    with filled(folder) as partial:
        (partial / "sub").mkdir()
        (partial / "sub" / "b.txt").write_text("b")
        (partial / "a.txt").write_text("new")
    assert _left(folder) == ["a.txt", "mine.txt", "sub", "sub/b.txt"]
    assert (folder / "a.txt").read_text() == "new"
    assert os.name != "posix" or _mode(folder / "sub" / "b.txt") == 0o600


def test_a_new_folder_is_its_owners_alone(tmp_path):
    with filled(tmp_path / "deep" / "out") as partial:
        (partial / "a.txt").write_text("a")
    assert _left(tmp_path) == ["deep", "deep/out", "deep/out/a.txt"]
    assert os.name != "posix" or _mode(tmp_path / "deep" / "out") == 0o700


def test_nothing_moves_into_a_folder_where_one_thing_has_no_place(tmp_path):
    (tmp_path / "b").mkdir()
    with pytest.raises(NotWritten) as refused, filled(tmp_path) as partial:
        (partial / "a").write_text("a")
        (partial / "b").write_text("b")
    assert refused.value.path == tmp_path / "b"
    assert _left(tmp_path) == ["b"]


@pytest.mark.parametrize(
    ("place", "name", "sentence"),
    [
        (placed, "folder", "is a folder"),
        (filled, "file", "is a file"),
        (placed, "file/a.txt", "is a file"),
        (filled, "file/a", "is a file"),
        (placed, "a" * 300 + "/b", "does not take this name"),
        (placed, "a\0b", "does not take this name"),
        (filled, "a\0b", "does not take this name"),
    ],
)
def test_a_target_that_cannot_be_is_named_with_its_reason(tmp_path, place, name, sentence):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritten) as refused, place(tmp_path / name):
        pass
    assert sentence in refused.value.sentence
    assert _left(tmp_path) == ["file", "folder"]
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "no rights"),
        (errno.EROFS, "no rights"),
        (errno.EIO, "could not be written"),
    ],
)
@pytest.mark.parametrize("place", [placed, filled])
def test_what_the_disk_refuses_is_told_and_leaves_nothing(tmp_path, place, number, sentence):
    target = tmp_path / "a"
    with pytest.raises(NotWritten) as refused, place(target):
        raise OSError(number, os.strerror(number))
    assert sentence in refused.value.sentence
    assert refused.value.path == target
    assert _left(tmp_path) == []

"""Every way in which a journal may be opened, or cannot be: nothing is ever lost by trying."""

import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unicodedata
from pathlib import Path

import pytest

from pmdesk.journal import engine, errors
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.search import search
from pmdesk.records.client import Client

ROOT = Path(__file__).resolve().parents[2]


def add(journal, name):
    with journal.action("Add", what=name) as act:
        return act.save(Client(name=name))


def names(journal):
    return [client.name for client in journal.find(Client)]


@pytest.fixture(params=[None, "口令"], ids=["plain", "encrypted"])
def secret(request):
    return request.param


@pytest.fixture
def path(tmp_path, secret, quick_key):
    path = tmp_path / "folder" / "a.pmdesk"
    with Journal.create(path, secret) as journal:
        add(journal, "青松制造")
    return path


def test_a_passphrase_is_the_same_however_a_keyboard_composes_it(tmp_path):
    path = tmp_path / "a.pmdesk"
    Journal.create(path, unicodedata.normalize("NFC", "Café Ångström")).close()
    Journal.open(path, unicodedata.normalize("NFD", "Café Ångström")).close()


@pytest.mark.parametrize("passphrase", ["", None])
def test_no_passphrase_makes_a_plain_journal(tmp_path, passphrase):
    with Journal.create(tmp_path / "a.pmdesk", passphrase) as journal:
        assert journal.passphrase is None
    assert engine.is_plain(tmp_path / "a.pmdesk")


@pytest.mark.parametrize(
    "content",
    [
        b"x" * 8192,
        "客户说：延期。".encode() * 4096,
        b"SQLite format 3\x00" + b"\0" * 8176,
        b"\x89PNG\r\n\x1a\n",
        random.Random(1).randbytes(5000),
    ],
    ids=["letters", "chinese", "only a header", "picture", "noise of no whole pages"],
)
def test_a_file_that_is_no_journal_is_called_so_and_left_alone(tmp_path, content, secret):
    path = tmp_path / "a.pmdesk"
    path.write_bytes(content)
    with pytest.raises((errors.NotAJournal, errors.Damaged)) as caught:
        Journal.open(path, secret)
    assert "a.pmdesk" in str(caught.value)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["a.pmdesk"]


@pytest.mark.parametrize(("secret", "error"), [(None, "PassphraseNeeded"), ("x", "WrongPassphraseOrDamaged")])  # fmt: skip
def test_noise_may_be_an_encrypted_journal(tmp_path, secret, error):
    path = tmp_path / "a.pmdesk"
    path.write_bytes(random.Random(1).randbytes(8192))
    with pytest.raises(getattr(errors, error)):
        Journal.open(path, secret)


def test_a_journal_cannot_be_made_where_a_folder_or_a_file_is(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(errors.JournalExists):
        Journal.create(tmp_path / "folder")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(errors.JournalError):
        Journal.create(tmp_path / "file" / "a.pmdesk")
    assert (tmp_path / "file").read_text() == "mine"


def test_an_empty_file_may_become_a_journal(tmp_path):
    path = tmp_path / "a.pmdesk"
    path.touch()
    with Journal.create(path) as journal:
        add(journal, "Pine")


def test_a_journal_that_could_not_be_made_leaves_nothing_behind(tmp_path, monkeypatch, secret):
    def broken(_self, _version):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Journal, "_migrate", broken)
    with pytest.raises(errors.DiskFull):
        Journal.create(tmp_path / "a.pmdesk", secret)
    assert [p.name for p in tmp_path.iterdir()] == []


def test_a_journal_opened_for_reading_is_never_written(path, secret):
    before = path.read_bytes()
    with Journal.open(path, secret, writable=False) as journal:
        assert [hit.title for hit in search(journal, "青松")] == ["青松制造"]
        assert check(journal) == []
        with pytest.raises(errors.ReadOnlyPlace):
            add(journal, "more")
        with pytest.raises(errors.ReadOnlyPlace):
            journal.undo()
        assert names(journal) == ["青松制造"]
    assert path.read_bytes() == before


def test_a_reader_sees_what_another_window_has_just_saved(path, secret):
    with Journal.open(path, secret) as journal, journal.again(writable=False) as reader:
        add(journal, "more")
        assert names(reader) == ["青松制造", "more"]


TRY = """
    import os, sys
    from pathlib import Path
    from pmdesk.journal import engine, errors
    from pmdesk.journal.journal import Journal
    from pmdesk.records.client import Client
    engine.stand_in()
    import sqlite_utils
    import hashlib, unicodedata, uuid, pmdesk.journal.bigrams  # read while they may be read
    engine.sqlite.connect(":memory:").execute("PRAGMA cipher_default_kdf_iter = 1000")
    if os.geteuid() == 0:  # permissions do not bind root
        os.setgroups([]); os.setgid(65534); os.setuid(65534)
    path, how, secret = Path(sys.argv[1]), sys.argv[2], sys.argv[3] or None
    try:
        if how == "create":
            Journal.create(path, secret)
        with Journal.open(path, secret, writable=how == "write") as journal:
            if how == "write":
                with journal.action("Add") as act:
                    act.save(Client(name="more"))
            print([client.name for client in journal.find(Client)])
    except errors.JournalError as error:
        print(type(error).__name__)
"""


def as_an_ordinary_person(path, how, secret=None):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(TRY), path, how, secret or ""],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return done.stdout.strip() or done.stderr


@pytest.fixture
def shared():
    """A folder that other users of this machine reach."""
    place = Path(tempfile.mkdtemp(dir="/tmp"))
    place.chmod(0o755)
    yield place
    place.chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.skipif(os.name == "nt", reason="permissions of Unix")
@pytest.mark.parametrize(
    ("folder", "file", "how", "told"),
    [
        (0o555, 0o444, "write", "ReadOnlyPlace"),
        (0o777, 0o444, "write", "ReadOnlyPlace"),
        (0o555, 0o666, "write", "ReadOnlyPlace"),
        (0o555, 0o444, "read", "['青松制造']"),
        (0o555, 0o666, "read", "['青松制造']"),
        (0o777, 0o000, "read", "ReadOnlyPlace"),
        (0o777, 0o666, "write", "['青松制造', 'more']"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_but_read(
    shared, path, secret, folder, file, how, told
):
    there = shared / "a.pmdesk"
    shutil.copyfile(path, there)
    there.chmod(file)
    shared.chmod(folder)
    before = there.read_bytes()
    assert as_an_ordinary_person(there, how, secret) == told
    if "more" not in told:
        assert there.read_bytes() == before
        assert [p.name for p in shared.iterdir()] == ["a.pmdesk"]


@pytest.mark.skipif(os.name == "nt", reason="permissions of Unix")
def test_a_journal_is_not_made_in_a_place_that_cannot_be_written(shared):
    shared.chmod(0o555)
    assert as_an_ordinary_person(shared / "new.pmdesk", "create") == "ReadOnlyPlace"
    assert as_an_ordinary_person(shared / "x" / "new.pmdesk", "create") == "ReadOnlyPlace"


def test_how_long_another_program_is_waited_for_can_be_said(path, secret):
    with (
        Journal.open(path, secret) as other,
        Journal.open(path, secret, busy_seconds=0.01) as journal,
    ):
        other.conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.JournalBusy):
            add(journal, "more")
        other.conn.execute("ROLLBACK")
        add(journal, "more")
        assert names(other) == ["青松制造", "more"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("SQLITE_FULL", errors.DiskFull),
        ("SQLITE_BUSY", errors.JournalBusy),
        ("SQLITE_LOCKED", errors.JournalBusy),
        ("SQLITE_PROTOCOL", errors.JournalBusy),
        ("SQLITE_READONLY", errors.ReadOnlyPlace),
        ("SQLITE_PERM", errors.ReadOnlyPlace),
        ("SQLITE_CANTOPEN", errors.ReadOnlyPlace),
        ("SQLITE_CORRUPT", errors.Damaged),
        ("SQLITE_IOERR", errors.Damaged),
        ("SQLITE_TOOBIG", errors.TooLarge),
    ],
)
def test_what_sqlite_says_is_told_in_a_sentence(path, code, error):
    raised = engine.sqlite.OperationalError("said by SQLite")
    raised.sqlite_errorcode = engine.sqlite_code(code) | 0x0300  # an extended code
    with pytest.raises(error), engine.explained(path):
        raise raised


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("database or disk is full", errors.DiskFull),
        ("database is locked", errors.JournalBusy),
        ("attempt to write a readonly database", errors.ReadOnlyPlace),
        ("database disk image is malformed", errors.Damaged),
    ],
)
def test_what_sqlite_says_in_words_alone_is_told_in_a_sentence(path, said, error):
    """As copying does, and a function that a statement calls."""
    with pytest.raises(error), engine.explained(path):
        raise engine.sqlite.OperationalError(said)


def test_a_full_disk_names_the_most_that_is_known_to_be_needed():
    inner, outer = engine.needing(lambda: 100), engine.needing(lambda: 6_000_001)
    with pytest.raises(errors.DiskFull, match="About 7 MB"), outer, inner:
        raise errors.DiskFull
    assert "About 1 MB" in str(errors.DiskFull())


def test_a_full_disk_is_recognised_behind_an_io_error(path, monkeypatch):
    monkeypatch.setattr(engine, "_free_bytes", lambda _path: 4096)
    raised = engine.sqlite.OperationalError("disk I/O error")
    raised.sqlite_errorcode = engine.sqlite_code("SQLITE_IOERR")
    with pytest.raises(errors.DiskFull), engine.explained(path):
        raise raised


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, errors.DiskFull),
        (errno.EACCES, errors.ReadOnlyPlace),
        (errno.EROFS, errors.ReadOnlyPlace),
        (errno.ENOENT, errors.NoJournal),
        (errno.EISDIR, errors.NotAJournal),
        (errno.EIO, errors.Damaged),
    ],
)
def test_what_the_system_says_is_told_in_a_sentence(path, number, error):
    with pytest.raises(error), engine.explained(path):
        raise OSError(number, os.strerror(number))


def test_every_error_has_a_sentence_that_its_facts_fill():
    facts = {
        "path": "~/a.pmdesk",
        "detail": "x",
        "what": "x",
        "parent": "y",
        "by": "z",
        "names": "x",
    }
    facts |= {"needed": 2, "free": 1}
    pending = [errors.JournalError]
    while pending:
        error = pending.pop()
        pending += error.__subclasses__()
        assert "{" not in str(error(**facts))


def test_a_path_below_home_is_shown_short(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert errors.shown(tmp_path / "Documents" / "a.pmdesk") == "~/Documents/a.pmdesk"
    assert errors.shown(Path("/elsewhere/a.pmdesk")) == str(Path("/elsewhere/a.pmdesk"))


def test_a_name_that_leaves_no_room_for_those_of_backups_is_refused(tmp_path):
    with pytest.raises(errors.NameTooLong):
        Journal.create(tmp_path / f"{'客' * 70}.pmdesk")
    assert list(tmp_path.iterdir()) == []
    Journal.create(tmp_path / f"{'客' * 60}.pmdesk").close()

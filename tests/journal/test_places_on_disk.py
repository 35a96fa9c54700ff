"""Where a journal lies, as each system tells it, and what a place without shared memory makes of it."""

import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path, PureWindowsPath

import pytest

from pmdesk.actions.incoming.importers import importer_of
from pmdesk.actions.merge import is_archive
from pmdesk.actions.openings import create_journal
from pmdesk.journal import errors
from pmdesk.journal.backup import backup, restore
from pmdesk.journal.engine import files_of, looks_ours
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.key import salt_of
from pmdesk.journal.passphrase import change_passphrase
from pmdesk.journal.places_on_disk import OddPlace, System, mounted_as, safe_place, told_by_statfs
from pmdesk.records.client import Client

MOUNTS = r"""
22 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw
30 22 0:40 / /home/me/server rw shared:1 - {type} host:/export rw
31 22 0:41 / /home/me/two\040words rw - cifs //host/share rw
32 30 0:42 / /home/me/server/local rw - xfs /dev/sdb1 rw
33 22 0:43 / /home/me/over rw - nfs4 host:/a rw
34 33 0:44 / /home/me/over rw - btrfs /dev/sdc1 rw
broken line
"""


def linux(kind="nfs4"):
    return system("linux", mounts=MOUNTS.replace("{type}", kind))


def system(platform, *, mounts="", statfs=b"", drive=3, environment=()):
    return System(platform, dict(environment), lambda: mounts, lambda _: statfs, lambda _: drive)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/home/me/a.pmdesk", "ext4"), ("/home/me/server/a.pmdesk", "nfs4"),
     ("/home/me/serverless/a.pmdesk", "ext4"), ("/home/me/two words/b/a.pmdesk", "cifs"),
     ("/home/me/server/local/a.pmdesk", "xfs"), ("/home/me/over/a.pmdesk", "btrfs")],
)  # fmt: skip
def test_a_path_lies_on_the_innermost_mount_the_last_of_several(path, kind):
    assert mounted_as(Path(path), MOUNTS.replace("{type}", "nfs4")) == kind


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "smb3", "smb2", "9p", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse"],
)
def test_network_drives_of_linux_are_known(kind):
    path = Path("/home/me/server/a.pmdesk")
    assert safe_place(path, linux(kind)) == OddPlace("network", kind)


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "zfs", "tmpfs", "fuseblk", "fuse.gocryptfs", ""])
def test_disks_of_this_computer_are_none(kind):
    assert safe_place(Path("/home/me/server/a.pmdesk"), linux(kind)) is None


def test_a_system_that_tells_nothing_is_taken_for_a_usual_disk():
    def nothing():
        raise FileNotFoundError

    silent = System("linux", {}, nothing, lambda _: b"", lambda _: 0)
    assert safe_place(Path("/home/me/a.pmdesk"), silent) is None


@pytest.mark.parametrize(("drive", "odd"), [(2, False), (3, False), (4, True), (6, False)])
def test_windows_tells_a_drive_by_its_type(drive, odd):
    class Here(PureWindowsPath):
        def resolve(self):
            return self

        def exists(self):
            return False

    path = Here("X:/notes/a.pmdesk")
    found = safe_place(path, system("win32", drive=drive))
    assert found == (OddPlace("network", "X:") if odd else None)
    shared = Here("//host/share/a.pmdesk")
    assert safe_place(shared, system("win32")) == OddPlace("network", "\\\\host\\share")


def statfs(name, flags):
    return (
        bytes(64) + flags.to_bytes(4, sys.byteorder) + bytes(4) + name.ljust(16, b"\0") + bytes(90)
    )


@pytest.mark.parametrize(
    ("name", "flags", "odd"),
    [(b"apfs", 0x1000, False), (b"smbfs", 0, True), (b"nfs", 0, True), (b"webdav", 0x1000, True),
     (b"macfuse", 0, True), (b"macfuse", 0x1000, False)],
)  # fmt: skip
def test_a_mac_tells_a_file_system_by_its_name_and_whether_it_is_its_own(
    name, flags, odd, tmp_path
):
    data = statfs(name, flags)
    assert told_by_statfs(data) == (name.decode(), bool(flags))
    found = safe_place(tmp_path / "a.pmdesk", system("darwin", statfs=data))
    assert found == (OddPlace("network", name.decode()) if odd else None)


@pytest.mark.parametrize(
    ("folder", "cloud"),
    [("Dropbox", "Dropbox"), ("Dropbox (Firma)/a/b", "Dropbox"), ("OneDrive - Firma", "OneDrive"),
     ("OneDrive/文档", "OneDrive"), ("iCloudDrive", "iCloud Drive"),
     ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud Drive"),
     ("Library/CloudStorage/GoogleDrive-me@a.example/My Drive", "Google Drive"),
     ("Google Drive", "Google Drive"), ("我的坚果云/项目", "坚果云"), ("Nutstore Files", "坚果云"),
     ("BaiduSyncdisk", "百度网盘"), ("腾讯微云", "腾讯微云"), ("WPS Cloud Files/1234", "WPS 云盘"),
     ("WPS云盘", "WPS 云盘"), ("Nextcloud", "Nextcloud"), ("Dropboxes", ""), ("boxes", ""),
     ("my OneDrive notes", "")],
)  # fmt: skip
def test_folders_of_clouds_are_known_by_their_names(tmp_path, folder, cloud):
    found = safe_place(tmp_path / folder / "a.pmdesk", system("linux"))
    assert found == (OddPlace("cloud", cloud) if cloud else None)


@pytest.mark.parametrize(
    ("mark", "cloud"),
    [(".stfolder/", "Syncthing"), (".dropbox.cache/", "Dropbox"), (".dropbox", "Dropbox"),
     (".dropbox/", ""), (".tmp.driveupload/", "Google Drive"), (".sync/ID", "Resilio Sync"),
     (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"), (".nextcloudsync.log", "Nextcloud")],
)  # fmt: skip
def test_and_by_what_their_programs_leave_in_them(tmp_path, mark, cloud):
    left = tmp_path / mark
    left.parent.mkdir(exist_ok=True)
    left.mkdir() if mark.endswith("/") else left.touch()
    found = safe_place(tmp_path / "below" / "a.pmdesk", system("linux"))
    assert found == (OddPlace("cloud", cloud) if cloud else None)


def test_windows_says_itself_where_onedrive_lies(tmp_path):
    here = system("linux", environment={"OneDriveCommercial": str(tmp_path / "FIRMA")}.items())
    assert safe_place(tmp_path / "firma" / "a.pmdesk", here) == OddPlace("cloud", "OneDrive")


@pytest.fixture
def path(tmp_path):
    """In a folder that a cloud carries."""
    (tmp_path / "synced" / ".stfolder").mkdir(parents=True)
    return tmp_path / "synced" / "a.pmdesk"


def beside(path):
    return {one.name.removeprefix(path.name) for one in files_of(path) if one.exists()}


def modes(journal):
    names = ("journal_mode", "synchronous", "secure_delete", "temp_store")
    return [journal.rows(f"PRAGMA {name}")[0][0] for name in names]


def add(journal, name, at):
    with journal.action("Add", at=at) as act:
        act.save(Client(name=name))


def names(journal):
    return [client.name for client in journal.find(Client, order="id")]


def test_in_a_cloud_a_journal_is_one_file_and_elsewhere_it_has_its_log(path, tmp_path, at):
    with create_journal(path, at=at) as journal:
        add(journal, "One", at)
        assert journal.place == OddPlace("cloud", "Syncthing")
        assert modes(journal) == ["delete", 3, 1, 2]
        assert beside(path) == {""}
    usual = tmp_path / "a.pmdesk"
    with create_journal(usual, at=at) as journal:
        add(journal, "One", at)
        assert journal.place is None
        assert modes(journal) == ["wal", 2, 1, 2]
        assert beside(usual) == {"", "-wal", "-shm"}


def test_a_journal_that_moves_changes_its_ways(path, tmp_path, at):
    create_journal(tmp_path / "a.pmdesk", at=at).close()
    (tmp_path / "a.pmdesk").rename(path)
    with Journal.open(path) as journal:
        assert modes(journal)[0] == "delete"
    path.rename(tmp_path / "a.pmdesk")
    with Journal.open(tmp_path / "a.pmdesk") as journal:
        assert modes(journal)[0] == "wal"


def test_while_another_has_it_open_a_journal_keeps_to_the_ways_of_that_one(path, at):
    mark = path.parent / ".stfolder"
    mark.rmdir()
    first = create_journal(path, at=at)
    mark.mkdir()
    with Journal.open(path) as second:
        assert modes(second)[:2] == modes(first)[:2] == ["wal", 2]
        add(second, "One", at)
        assert names(first) == ["One"]
    first.close()
    with Journal.open(path) as third:
        assert modes(third)[0] == "delete"
        mark.rmdir()
        with third.snapshot():
            assert names(third) == ["One"]
            with Journal.open(path, busy_seconds=0.1) as fourth:
                assert modes(fourth)[0] == "delete"


@pytest.mark.usefixtures("quick_key")
def test_backup_restore_and_a_passphrase_leave_it_one_file(path, at):
    with create_journal(path, at=at) as journal:
        backup(journal, path.with_name("copy.pmdesk"))
        add(journal, "One", at)
    restore(path.with_name("copy.pmdesk"), path)
    with change_passphrase(Journal.open(path), "one") as journal:
        assert modes(journal)[0] == "delete"
        assert names(journal) == []
        add(journal, "Two", at)
        assert beside(path) == {""}
    with Journal.open(path, "one") as journal:
        assert names(journal) == ["Two"]


def test_a_passphrase_that_must_wait_leaves_it_one_file(path, at):
    with create_journal(path, at=at) as journal, journal.again(writable=False) as reader:
        with reader.snapshot(), pytest.raises(errors.LockedFile):
            names(reader)
            change_passphrase(journal, "one")
        assert modes(journal)[0] == "delete"
        add(journal, "One", at)
        assert names(reader) == ["One"]


@pytest.mark.usefixtures("quick_key")
def test_an_idle_one_elsewhere_is_in_the_way_of_replacing_the_file(path, at):
    backup_at = path.with_name("copy.pmdesk")
    journal = create_journal(path, at=at)
    backup(journal, backup_at)
    with journal.again(writable=False):
        with pytest.raises(errors.LockedFile):
            change_passphrase(journal, "one")
        with pytest.raises(errors.LockedFile):
            restore(backup_at, path)
        add(journal, "One", at)
    change_passphrase(journal, "one").close()
    with Journal.open(path, "one") as journal:
        assert names(journal) == ["One"]
    restore(backup_at, path)
    assert not path.with_name(".a.pmdesk.open").exists()


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from pmdesk.journal.errors import JournalBusy
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
with Journal.open(Path(sys.argv[1]), sys.argv[3] or None, busy_seconds=30) as journal:
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(int(sys.argv[4])):
        with journal.action("Add", at=datetime(2026, 11, 23, tzinfo=UTC)) as act:
            act.save(Client(name=f"{sys.argv[2]} {n}"))
"""


ACTS = 8


def test_two_processes_write_and_this_one_reads_and_nothing_is_lost(path, at):
    create_journal(path, "one", at=at).close()
    with ExitStack() as both:
        writers = [
            both.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", WRITER, path, who, "one", str(ACTS)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                )
            )
            for who in ("one", "two")
        ]  # fmt: skip
        for writer in writers:
            writer.stdout.readline()
        for writer in writers:
            writer.stdin.write("\n")
            writer.stdin.flush()
        seen = 0
        with Journal.open(path, "one", busy_seconds=30) as journal:
            while any(writer.poll() is None for writer in writers):
                found = len(names(journal))
                assert found >= seen
                seen = found
                journal.again(writable=False).close()
            assert {writer.wait() for writer in writers} == {0}
            wanted = [f"{who} {n}" for who in ("one", "two") for n in range(ACTS)]
            assert sorted(names(journal)) == sorted(wanted)
            assert check(journal) == []


OTHER = """
import sys
from pathlib import Path
from pmdesk.journal.errors import JournalBusy
from pmdesk.journal.journal import Journal
try:
    with Journal.open(Path(sys.argv[1]), sys.argv[2] or None, busy_seconds=0.1) as journal:
        with journal.action("Add"):
            print("wrote")
except JournalBusy:
    print("busy")
"""


@pytest.mark.parametrize("passphrase", ["", "one"])
def test_opening_a_journal_once_more_gives_up_no_lock_of_a_writing_one(path, at, passphrase):
    with create_journal(path, passphrase or None, at=at) as journal:
        journal.conn.execute("BEGIN IMMEDIATE")
        journal.again(writable=False).close()
        # as from the start page, where nobody knows yet whether it is encrypted
        Journal.open(path, "one", writable=False).close()
        if passphrase:
            with pytest.raises(errors.WrongPassphraseOrDamaged):
                Journal.open(path, "two")
        # whatever else looks at its first bytes: Settings, a backup, somebody who drops it here
        assert bool(salt_of(path)) == bool(passphrase)
        assert not is_archive(path)
        assert importer_of(path) is None
        assert looks_ours(path)
        done = subprocess.run(
            [sys.executable, "-c", OTHER, path, passphrase], capture_output=True, text=True
        )
        assert done.stdout.strip() == "busy", done.stderr
        journal.conn.execute("ROLLBACK")


def test_a_reader_that_goes_on_for_long_is_told_of_not_hung_upon(path, at):
    with create_journal(path, at=at) as journal, journal.again(writable=False) as reader:
        journal.conn.execute("PRAGMA busy_timeout = 50")
        with reader.snapshot():
            assert names(reader) == []
            with pytest.raises(errors.JournalBusy):
                add(journal, "One", at)
        add(journal, "Two", at)
        assert names(reader) == ["Two"]


def test_a_long_act_keeps_no_reader_out_before_its_end(path, at):
    with create_journal(path, at=at) as journal, journal.again(writable=False) as reader:
        journal.conn.execute("PRAGMA cache_size = 10")
        reader.conn.execute("PRAGMA busy_timeout = 0")
        with journal.action("Add", at=at) as act:
            for n in range(40):
                act.save(Client(name=f"Client {n} " + "x" * 9_000))
                assert names(reader) == []
        assert len(names(reader)) == 40


def test_a_reader_waits_for_a_short_act_of_another_thread(path, at):
    with create_journal(path, at=at) as journal:
        begun, seen = threading.Event(), []

        def read():
            with journal.again(writable=False) as reader:
                begun.set()
                seen.extend(names(reader) for _ in range(30))

        thread = threading.Thread(target=read)
        thread.start()
        begun.wait()
        for n in range(10):
            add(journal, str(n), at)
        thread.join()
    assert len(seen) == 30
    assert all(found == [str(n) for n in range(len(found))] for found in seen)

"""Where a path lies: on a disk of this computer, on a network drive, or in a folder of a cloud.

SQLite's write-ahead log is shared memory, which no network drive has, and two files beside the
journal, which a cloud carries off one by one: in such places a journal is kept without it.
Sources: sqlite.org/wal.html (§ 1: all processes on the same host), sqlite.org/howtocorrupt.html
(§ 2.1, § 4); the names of file systems as Linux' mountinfo and macOS' statfs give them.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

from pmdesk.words import mark

_REMOTE_TYPES: Final = (
    "nfs nfs4 cifs smb smb2 smb3 smbfs 9p afs afpfs coda ceph lustre beegfs glusterfs gpfs ncpfs davfs"
    " davfs2 webdav ftp ftpfs vboxsf prl_fs vmhgfs virtiofs drvfs acfs ocfs2 orangefs"
    " fuse.sshfs fuse.rclone fuse.davfs fuse.davfs2 fuse.gvfsd-fuse fuse.kio-fuse fuse.s3fs"
    " fuse.goofys fuse.curlftpfs fuse.smbnetfs fuse.glusterfs fuse.ceph fuse.afpfs fuse.vmhgfs-fuse"
    " fuse.google-drive-ocamlfuse fuse.onedriver fuse.pcloud fuse.juicefs"
)
_NETWORK: Final = frozenset(_REMOTE_TYPES.split())
# The folders that programs make, by the names they give them on any system; beginnings end in "*".
_CLOUDS: Final[Mapping[str, str]] = {
    "dropbox": "Dropbox",
    "dropbox (*": "Dropbox",
    "onedrive": "OneDrive",
    "onedrive - *": "OneDrive",
    "onedrive-*": "OneDrive",
    "skydrive": "OneDrive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "google drive": "Google Drive",
    "google drive (*": "Google Drive",
    "googledrive": "Google Drive",
    "googledrive-*": "Google Drive",
    "我的云端硬盘": "Google Drive",
    "nutstore": "坚果云",
    "nutstore files": "坚果云",
    "nutstorefiles": "坚果云",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "baidusyncdisk": "百度网盘",
    "baidunetdiskworkspace": "百度网盘",
    "百度网盘同步空间": "百度网盘",
    "百度云同步盘": "百度网盘",
    "weiyun": "腾讯微云",
    "weiyundisk": "腾讯微云",
    "微云": "腾讯微云",
    "腾讯微云": "腾讯微云",
    "微云同步助手": "腾讯微云",
    "wps cloud files": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wps云盘": "WPS 云盘",
    "wps网盘": "WPS 云盘",
    "阿里云盘": "阿里云盘",
    "adrive": "阿里云盘",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "megasync": "MEGA",
    "box sync": "Box",
    "pclouddrive": "pCloud",
    "pcloud drive": "pCloud",
    "yandex.disk": "Yandex.Disk",
    "synologydrive": "Synology Drive",
    "proton drive": "Proton Drive",
    "resilio sync": "Resilio Sync",
}
# What such programs leave at the top of a folder that they carry, whatever it is called.
_MARKS: Final[Mapping[str, str]] = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".SynologyWorkingDirectory": "Synology Drive",
    ".sync/ID": "Resilio Sync",
}
_CLOUD_ROOTS: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")  # Windows tells these
_REMOTE_DRIVE: Final = 4  # GetDriveTypeW: DRIVE_REMOTE
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
_TYPE_AT, _TYPE_LONG, _FLAGS_AT, _IS_LOCAL = 72, 16, 64, 0x1000  # struct statfs, sys/mount.h

_ON_NETWORK: Final = mark(
    "{path} lies on a network drive ({what}). Saving there is slower, and safe as long as one "
    "computer at a time has the journal open."
)
_IN_CLOUD: Final = mark(
    "{path} lies in a folder that {what} copies to other computers. Open the journal on one "
    "computer at a time, and on the next one only when the copying is done: else one of two "
    "versions is lost. A backup there is a better way to carry it."
)


class OddPlace(NamedTuple):
    """A place where the write-ahead log would harm; `what` is the file system's or cloud's name."""

    kind: Literal["network", "cloud"]
    what: str

    @property
    def sentence(self) -> str:
        """What that means for who keeps a journal there: a key of the catalogue, with {path}, {what}."""
        return _ON_NETWORK if self.kind == "network" else _IN_CLOUD


@dataclass(frozen=True)
class System:
    """What a system tells of its disks; a test tells something else."""

    platform: str
    environment: Mapping[str, str]
    mounts: Callable[[], str]
    statfs: Callable[[Path], bytes]
    drive_type: Callable[[str], int]


def safe_place(path: Path, system: System | None = None) -> OddPlace | None:
    """Why `path`, which need not be there yet, is no place for a write-ahead log; None where it is one."""
    system = system or _THIS
    try:
        found = path.resolve()
    except (OSError, RuntimeError):
        found = path.absolute()
    where = _network(found, system)
    return where or _cloud(found, system)


def _network(path: Path, system: System) -> OddPlace | None:
    try:
        if system.platform == "win32":
            root = path.drive
            shared = root.startswith("\\\\") and not root.startswith(("\\\\?\\", "\\\\.\\"))
            remote = shared or (root and system.drive_type(f"{root}\\") == _REMOTE_DRIVE)
            return OddPlace("network", root) if remote else None
        if system.platform == "darwin":
            name, local = told_by_statfs(system.statfs(next(_there(path))))
            return None if local and name not in _NETWORK else OddPlace("network", name)
        name = mounted_as(path, system.mounts())
    except OSError:
        return None  # a system that tells nothing: then a usual disk is the best guess
    return OddPlace("network", name) if name in _NETWORK else None


def _cloud(path: Path, system: System) -> OddPlace | None:
    roots = {system.environment.get(name, "").casefold() for name in _CLOUD_ROOTS} - {""}
    for folder in path.parents:
        if str(folder).casefold() in roots:
            return OddPlace("cloud", "OneDrive")
        if known := _named(folder.name):
            return OddPlace("cloud", known)
        for name, cloud in _MARKS.items():
            if (folder / name).exists() and not _is_home_of_program(folder, name):
                return OddPlace("cloud", cloud)
    return None


def _is_home_of_program(folder: Path, name: str) -> bool:
    """Whether a mark is the folder in which Dropbox keeps its own settings: every home has that."""
    return name == ".dropbox" and (folder / name).is_dir()


def _named(name: str) -> str:
    """The cloud whose folder is called so; "" for any other name."""
    folded = name.casefold()
    if folded in _CLOUDS:
        return _CLOUDS[folded]
    beginnings = (known for known in _CLOUDS if known.endswith("*"))
    return next((_CLOUDS[k] for k in beginnings if folded.startswith(k[:-1])), "")


def _there(path: Path) -> Iterator[Path]:
    """The path and the folders above it, as far as they are there."""
    return (one for one in (path, *path.parents) if one.exists())


def mounted_as(path: Path, mounts: str) -> str:
    """The type of the file system that holds `path`, by the text of /proc/self/mountinfo (proc(5))."""
    best, name = -1, ""
    for line in mounts.splitlines():
        fields, _, rest = line.partition(" - ")
        columns = fields.split(" ")
        if len(columns) < 5 or not rest:
            continue
        point = Path(_ESCAPED.sub(lambda hit: chr(int(hit[1], 8)), columns[4]))
        # the last of several on one another is the one that is seen
        if len(point.parts) >= best and path.is_relative_to(point):
            best, name = len(point.parts), rest.split(" ")[0]
    return name


def told_by_statfs(data: bytes) -> tuple[str, bool]:
    """A file system's name, and whether it is of this computer, from macOS' struct statfs."""
    flags = int.from_bytes(data[_FLAGS_AT : _FLAGS_AT + 4], sys.byteorder)
    name = data[_TYPE_AT : _TYPE_AT + _TYPE_LONG].split(b"\0")[0].decode("ascii", "replace")
    return name, bool(flags & _IS_LOCAL)


def _mountinfo() -> str:
    return Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")


def _statfs(path: Path) -> bytes:
    import ctypes  # on a Mac alone: it takes longer to load than a journal to open

    library = ctypes.CDLL(None, use_errno=True)
    ask = getattr(library, "statfs$INODE64", None) or library.statfs
    data = ctypes.create_string_buffer(4_096)
    if ask(os.fsencode(path), data):
        raise OSError(ctypes.get_errno(), "statfs")
    return data.raw


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0


_THIS: Final = System(sys.platform, os.environ, _mountinfo, _statfs, _drive_type)

"""The program under strace: which files it wrote, which sockets it made, and what was in files now gone."""

import base64
import gzip
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

from tests.bench.measuring import ROOT
from tests.endure.trial import NotRun

# Its plain letters stand in every way of writing it: escaped, quoted, in a web address.
MARKER = "Qz7Kv3fWx91LmTb8Rj40NcYp25Hs青松雪岭"
NEEDLE = "Qz7Kv3fWx91L"
assert len(MARKER) == 32
_CALLS = "open,openat,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,network"
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)")
_PATHS = re.compile(r'"((?:[^"\\]|\\.)*)"')
_BESIDE = re.compile(r"/(?:proc|sys)/|/dev/(?!shm/)")
_MOST_UNPACKED = 1 << 24
# What is removed or replaced is copied first, so that it can be looked into afterwards.
_KEEPER = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>
static int number;
static void keep(int folder, const char *path) {
  const char *place = getenv("ENDURE_KEEP");
  struct stat told;
  if (!place || fstatat(folder, path, &told, AT_SYMLINK_NOFOLLOW) || !S_ISREG(told.st_mode)) return;
  int from = openat(folder, path, O_RDONLY | O_CLOEXEC);
  if (from < 0) return;
  char link[64], name[PATH_MAX], target[2 * PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", from);
  ssize_t size = readlink(link, name, 200);
  name[size < 0 ? 0 : size] = 0;
  for (char *at = name; *at; at++) if (*at == '/') *at = '%';
  snprintf(target, sizeof target, "%s/%d-%d-%s", place, getpid(),
           __atomic_add_fetch(&number, 1, __ATOMIC_SEQ_CST), name);
  int to = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  off_t at = 0;
  while (to >= 0 && at < told.st_size && sendfile(to, from, &at, told.st_size - at) > 0) {}
  if (to >= 0) close(to);
  close(from);
}
int unlink(const char *path) {
  keep(AT_FDCWD, path);
  return ((int (*)(const char *))dlsym(RTLD_NEXT, "unlink"))(path);
}
int remove(const char *path) {
  keep(AT_FDCWD, path);
  return ((int (*)(const char *))dlsym(RTLD_NEXT, "remove"))(path);
}
int unlinkat(int folder, const char *path, int flags) {
  if (!(flags & AT_REMOVEDIR)) keep(folder, path);
  return ((int (*)(int, const char *, int))dlsym(RTLD_NEXT, "unlinkat"))(folder, path, flags);
}
int rename(const char *from, const char *to) {
  keep(AT_FDCWD, to);
  return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
}
static void keep_open(int file) {
  char path[64], name[PATH_MAX];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  ssize_t size = readlink(path, name, sizeof name - 1);
  if (size > 0) { name[size] = 0; keep(AT_FDCWD, name); }
}
int ftruncate(int file, off_t size) {
  struct stat told;
  if (!fstat(file, &told) && told.st_size > size) keep_open(file);
  return ((int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate"))(file, size);
}
int ftruncate64(int file, off64_t size) { return ftruncate(file, size); }
"""


class Traced(NamedTuple):
    """What a process and its children did: exit code, error output, files written, sockets."""

    code: int
    said: str
    written: frozenset[str]
    sockets: tuple[str, ...]


class Tracer:
    """Runs programs in a home of their own, watched."""

    def __init__(self, folder, passphrase):
        strace = shutil.which("strace")
        if strace is None:
            raise NotRun("no strace")
        self._strace, self.folder = strace, folder
        self.gone, self.home = folder / "gone", folder / "home"
        for place in (self.gone, self.home, folder / "tmp", folder / "run"):
            place.mkdir(mode=0o700)
        self._keeper, self._number = _compiled(folder), 0
        passed = ("PATH", "LD_LIBRARY_PATH")
        self._own = {name: os.environ[name] for name in passed if name in os.environ} | {
            "HOME": str(self.home), "TMPDIR": str(folder / "tmp"), "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(folder / "run"), "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT), "PMDESK_LANG": "en",
            "PMDESK_PASSPHRASE": passphrase or "",
        }  # fmt: skip

    def run(self, *words, **more):
        """A Python program of ours under strace; raises NotRun where it may not be watched."""
        self._number += 1
        traces = self.folder / "traces" / str(self._number)
        traces.mkdir(parents=True)
        # the library is for the program, not for strace
        given = {"LD_PRELOAD": str(self._keeper), "ENDURE_KEEP": str(self.gone)}
        asked = [f"-E{name}={value}" for name, value in given.items()]
        done = subprocess.run(
            [self._strace, "-ff", "-qq", "-s", "4096", "-o", str(traces / "of"), "-e", f"trace={_CALLS}", *asked,
             sys.executable, *map(str, words)],
            cwd=self.folder, env=self._own | more, capture_output=True, text=True, check=False,
        )  # fmt: skip
        # one for each process and thread: what they do never stands half in a line
        lines = [
            line
            for trace in traces.iterdir()
            for line in trace.read_text("utf-8", "replace").splitlines()
        ]
        if not lines:
            raise NotRun(f"strace says: {done.stderr.strip()[:200]}")
        return Traced(
            done.returncode,
            done.stderr,
            frozenset(_written(lines, self.folder)),
            tuple(_sockets(lines)),
        )


def _compiled(folder):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise NotRun("no compiler: files that are gone could not be looked into")
    source, made = folder / "keeper.c", folder / "keeper.so"
    source.write_text(_KEEPER)
    subprocess.run(
        [compiler, "-O1", "-shared", "-fPIC", "-w", "-o", made, source, "-ldl"], check=True
    )
    return made


def _written(lines, folder):
    """The paths of files that were opened for writing or given a name."""
    for line in lines:
        called = _CALL.match(line)
        if called is None or int(called[3]) < 0:
            continue
        name, words = called[1], called[2]
        paths = [bytes(p, "utf-8").decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
                 for p in _PATHS.findall(words)]  # fmt: skip
        if not paths:
            continue
        if name.startswith(("rename", "link", "symlink")):
            found = paths[-1]
        elif name == "creat" or _WRITES.search(words):
            found = paths[0]
        else:
            continue
        if not _BESIDE.match(found):
            yield os.path.normpath(folder / found)


def _sockets(lines):
    """Every call on sockets: its name and first words."""
    for line in lines:
        called = _CALL.match(line)
        if called is not None and called[1] in {
            "socket",
            "socketpair",
            "connect",
            "bind",
            "sendto",
        }:
            yield f"{called[1]}({called[2][:160]})"


def tells(data):
    """Whether bytes hold the marker: as text, in base64, or in what is packed in them."""
    return any(form in part for part in _inside(data, 2) for form in _FORMS)


def _forms():
    for charset in ("utf-8", "utf-16-le", "utf-16-be"):
        for text in (NEEDLE, NEEDLE.lower(), NEEDLE.upper()):
            yield text.encode(charset)
        for begin in range(3):  # base64 has three ways to begin
            packed = base64.b64encode(b"x" * begin + NEEDLE.encode(charset))
            yield packed[4:-4]
    yield NEEDLE.encode().hex().encode()


_FORMS = tuple(_forms())
_HEADS = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")


def _inside(data, depth):
    yield data
    if not depth:
        return
    for found in _HEADS.finditer(data):
        place, way = found.start(), 47
        if found[0] == b"PK\x03\x04":  # the packed bytes of a file in a zip, whatever its list says
            head = data[place : place + 30]
            place += (
                30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            )
            way = -15
        try:
            part = zlib.decompressobj(way).decompress(data[place:], _MOST_UNPACKED)
        except zlib.error:
            continue
        if part:
            yield from _inside(part, depth - 1)


def shown_to_find():
    """Ways of hiding a text that the search must see through; those it does not."""
    hidden = {
        "text": MARKER.encode(), "utf-16": MARKER.encode("utf-16"), "small": MARKER.lower().encode(),
        "zlib": zlib.compress(b"ab" + MARKER.encode()), "gzip": gzip.compress(MARKER.encode()),
        "base64": base64.b64encode(b"ab" + MARKER.encode()), "escaped": MARKER.encode("unicode_escape"),
        "base64 of zlib": b"", "zlib of base64": zlib.compress(base64.b64encode(b"a" + MARKER.encode())),
    }  # fmt: skip
    del hidden["base64 of zlib"]  # nobody writes that
    return [name for name, data in hidden.items() if not tells(b"\0\1" + data + b"\xff")]


def files_below(folder: Path):
    """Every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]

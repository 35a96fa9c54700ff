/* Stands between a process and the files below one folder: counts what changes them, ends the process
 * at the n-th of it, lets the disk be full, or records it all with its data. Loaded by LD_PRELOAD; see
 * shim.py. The counters are shared with forked children. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { OFF, COUNT, DIE_BEFORE, DIE_WITHIN, FULL_ONCE, FULL_ON };
enum { MOST = 1 << 20 };

struct shared {
    long count;       /* changes so far */
    char kinds[MOST]; /* which: w(rite) t(runcate) s(ync) r(ename) u(nlink) l(ink) */
};

static struct shared *seen;
static char folder[PATH_MAX];
static size_t folder_length;
static int mode = OFF, trace = -1;
static long at;
static int full;

__attribute__((constructor)) static void begin(void) {
    seen = mmap(0, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

/* What Python calls. */
void endure_watch(const char *path, int how, long n, int trace_fd) {
    strncpy(folder, path, sizeof folder - 1);
    folder_length = strlen(folder);
    at = n, trace = trace_fd, full = 0, seen->count = 0, mode = how;
}
void endure_room(void) { full = 0, mode = COUNT; }
void endure_stop(void) { mode = OFF; }
long endure_count(void) { return seen->count; }
const char *endure_kinds(void) { return seen->kinds; }

static int below(const char *path) {
    return mode != OFF && !strncmp(path, folder, folder_length) &&
           (path[folder_length] == '/' || !path[folder_length]);
}

static int watched(int fd) {
    char link[64], path[PATH_MAX];
    if (mode == OFF) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return below(path);
}

/* One line of the record: kind, file, place, how much; then names or data. */
struct line { uint64_t kind, file, place, length; };

static void record(char kind, uint64_t file, uint64_t place, const void *data, uint64_t length) {
    struct line line = {kind, file, place, length};
    if (trace < 0) return;
    struct iovec parts[] = {{&line, sizeof line}, {(void *)data, length}};
    syscall(SYS_writev, trace, parts, 2);
}

static void record_names(char kind, const char *one, const char *other) {
    char both[2 * PATH_MAX];
    int length = snprintf(both, sizeof both, "%s%c%s", one, 0, other);
    record(kind, 0, 0, both, length);
}

void endure_mark(long number) { record('m', 0, number, "", 0); }

static uint64_t file_of(int fd) {
    struct stat is;
    return fstat(fd, &is) ? 0 : is.st_ino;
}

static void end(void) {
    syscall(SYS_exit_group, 9);
}

/* Counts a change; whether it is the one that was chosen. */
static int chosen(char kind) {
    long n = ++seen->count;
    if (n <= MOST) seen->kinds[n - 1] = kind;
    if (n != at) return 0;
    if (mode == DIE_BEFORE) end();
    return 1;
}

static ssize_t change(int fd, const void *data, size_t length, off_t place, int placed) {
    int hit = chosen('w');
    if (hit && mode == DIE_WITHIN) {
        if (placed) syscall(SYS_pwrite64, fd, data, length / 2, place);
        else syscall(SYS_write, fd, data, length / 2);
        end();
    }
    if (hit && (mode == FULL_ONCE || mode == FULL_ON)) full = 1;
    if (full && (hit || mode == FULL_ON)) {
        errno = ENOSPC;
        return -1;
    }
    if (!placed) {
        place = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    }
    ssize_t done = placed ? syscall(SYS_pwrite64, fd, data, length, place)
                          : syscall(SYS_write, fd, data, length);
    if (done > 0) record('w', file_of(fd), place, data, done);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t place) {
    return watched(fd) ? change(fd, data, length, place, 1)
                       : syscall(SYS_pwrite64, fd, data, length, place);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off_t place) {
    return pwrite(fd, data, length, place);
}
ssize_t write(int fd, const void *data, size_t length) {
    return watched(fd) ? change(fd, data, length, 0, 0) : syscall(SYS_write, fd, data, length);
}

/* Copying within the kernel is told to be impossible: Python then reads and writes. */
ssize_t sendfile(int out, int in, off_t *place, size_t length) {
    if (!watched(out)) return syscall(SYS_sendfile, out, in, place, length);
    errno = ENOTSOCK;
    return -1;
}
ssize_t sendfile64(int out, int in, off_t *place, size_t length) {
    return sendfile(out, in, place, length);
}
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
    if (!watched(out)) return syscall(SYS_copy_file_range, in, from, out, to, length, flags);
    errno = EXDEV;
    return -1;
}

int ftruncate(int fd, off_t length) {
    if (!watched(fd)) return syscall(SYS_ftruncate, fd, length);
    chosen('t');
    int failed = syscall(SYS_ftruncate, fd, length);
    if (!failed) record('t', file_of(fd), length, "", 0);
    return failed;
}
int ftruncate64(int fd, off_t length) { return ftruncate(fd, length); }

static int sync_of(int fd, long call) {
    if (!watched(fd)) return syscall(call, fd);
    chosen('s');
    int failed = syscall(call, fd);
    if (!failed) record('s', file_of(fd), 0, "", 0);
    return failed;
}
int fsync(int fd) { return sync_of(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_of(fd, SYS_fdatasync); }

/* A new file, or one that is emptied while it is opened. */
static int opened(int folder_fd, const char *path, int flags, mode_t rights) {
    int ours = flags & (O_CREAT | O_TRUNC) && folder_fd == AT_FDCWD && below(path);
    struct stat is;
    int there = ours && !stat(path, &is);
    int fd = syscall(SYS_openat, folder_fd, path, flags, rights);
    if (fd < 0 || !ours) return fd;
    if (!there) record('c', file_of(fd), 0, path, strlen(path));
    else if (flags & O_TRUNC && is.st_size) record('t', file_of(fd), 0, "", 0);
    return fd;
}
#define RIGHTS \
    mode_t rights = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        rights = va_arg(rest, mode_t); \
        va_end(rest); \
    }
int open(const char *path, int flags, ...) { RIGHTS return opened(AT_FDCWD, path, flags, rights); }
int open64(const char *path, int flags, ...) { RIGHTS return opened(AT_FDCWD, path, flags, rights); }
int openat(int fd, const char *path, int flags, ...) { RIGHTS return opened(fd, path, flags, rights); }
int openat64(int fd, const char *path, int flags, ...) { RIGHTS return opened(fd, path, flags, rights); }

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    int ours = below(old) || below(new);
    if (ours) chosen('r');
    int failed = syscall(SYS_renameat2, from, old, to, new, flags);
    if (ours && !failed) record_names('r', old, new);
    return failed;
}
int renameat(int from, const char *old, int to, const char *new) {
    return renameat2(from, old, to, new, 0);
}
int rename(const char *old, const char *new) { return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0); }

int linkat(int from, const char *old, int to, const char *new, int flags) {
    int ours = below(new);
    if (ours) chosen('l');
    int failed = syscall(SYS_linkat, from, old, to, new, flags);
    if (ours && !failed) record_names('l', old, new);
    return failed;
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int unlinkat(int fd, const char *path, int flags) {
    int ours = below(path) && !faccessat(fd, path, F_OK, AT_SYMLINK_NOFOLLOW);
    if (ours) chosen('u');
    int failed = syscall(SYS_unlinkat, fd, path, flags);
    if (ours && !failed) record_names('u', path, "");
    return failed;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

int mkdir(const char *path, mode_t rights) {
    int failed = syscall(SYS_mkdirat, AT_FDCWD, path, rights);
    struct stat is;
    if (!failed && below(path) && !stat(path, &is)) record('d', is.st_ino, 0, path, strlen(path));
    return failed;
}

/* How much room there is, as a full disk tells it. */
int statvfs(const char *path, struct statvfs *told) {
    struct statfs is;
    if (syscall(SYS_statfs, path, &is)) return -1;
    memset(told, 0, sizeof *told);
    told->f_bsize = is.f_bsize, told->f_frsize = is.f_frsize ? is.f_frsize : is.f_bsize;
    told->f_blocks = is.f_blocks, told->f_files = is.f_files, told->f_ffree = is.f_ffree;
    told->f_bfree = full && below(path) ? 0 : is.f_bfree;
    told->f_bavail = full && below(path) ? 0 : is.f_bavail;
    told->f_favail = is.f_ffree, told->f_namemax = is.f_namelen;
    return 0;
}
int statvfs64(const char *path, struct statvfs64 *told) { return statvfs(path, (void *)told); }

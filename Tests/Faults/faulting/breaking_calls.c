/* Stands between a program and the C library's calls on files and the clock, and breaks them on command (LD_PRELOAD).
   The commands and counters are shared with the test through a mapped file; see injector.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct {
    atomic_int sync_error, write_error, read_error; /* errno to fail with; 0 for none */
    atomic_int pass;                                /* how many calls that should fail still succeed */
    atomic_int sync_delay;                          /* milliseconds before each sync */
    atomic_int die_at;                              /* the process is killed before its n-th change */
    atomic_int clock_offset;                        /* seconds that the wall clock is wrong by */
    atomic_int changes, syncs, failures;
} nothing, *control = &nothing;

__attribute__((constructor)) static void map(void) {
    const char *path = getenv("BREAKING_CALLS");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *mapped = mmap(NULL, sizeof nothing, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) control = mapped;
    close(file);
}

/* Says whether a call must fail, and sets errno. */
static int breaks(int error) {
    if (error == 0 || atomic_fetch_sub(&control->pass, 1) > 0) return 0;
    atomic_fetch_add(&control->failures, 1);
    errno = error;
    return 1;
}

/* The same for a call that changes a file: these are counted. */
static int fails(int error) {
    if (atomic_fetch_add(&control->changes, 1) + 1 == control->die_at) kill(getpid(), SIGKILL);
    return breaks(error);
}

static int sync_fails(void) {
    atomic_fetch_add(&control->syncs, 1);
    int delay = control->sync_delay;
    struct timespec time = {delay / 1000, delay % 1000 * 1000000L};
    if (delay) nanosleep(&time, NULL);
    return fails(control->sync_error);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int file) { return sync_fails() ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return sync_fails() ? -1 : REAL(fdatasync)(file); }

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    return fails(control->write_error) ? -1 : REAL(pwrite)(file, bytes, count, at);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    return fails(control->write_error) ? -1 : REAL(pwrite64)(file, bytes, count, at);
}

ssize_t pread(int file, void *bytes, size_t count, off_t at) {
    return breaks(control->read_error) ? -1 : REAL(pread)(file, bytes, count, at);
}
ssize_t pread64(int file, void *bytes, size_t count, off64_t at) {
    return breaks(control->read_error) ? -1 : REAL(pread64)(file, bytes, count, at);
}

/* Files only: sockets and the log are none of our business. */
ssize_t write(int file, const void *bytes, size_t count) {
    struct stat facts;
    int is_file = file > 2 && fstat(file, &facts) == 0 && S_ISREG(facts.st_mode);
    return is_file && fails(control->write_error) ? -1 : REAL(write)(file, bytes, count);
}

/* The wall clock only: durations are measured with another one. */
int clock_gettime(clockid_t clock, struct timespec *time) {
    int outcome = REAL(clock_gettime)(clock, time);
    if (outcome == 0 && clock == CLOCK_REALTIME) time->tv_sec += control->clock_offset;
    return outcome;
}

int ftruncate64(int file, off64_t size) { return fails(0) ? -1 : REAL(ftruncate64)(file, size); }
int rename(const char *from, const char *to) { return fails(0) ? -1 : REAL(rename)(from, to); }
int unlink(const char *path) { return fails(0) ? -1 : REAL(unlink)(path); }

/*
 * Preloaded into a process, writes down how long every file was when it was forced: one line
 * "inode length" a force, to the file that FORCED_JOURNAL names. After the process was killed, what
 * lies behind a file's last forced length is what a loss of power may take. For files that are only
 * ever appended to, as RocksDB's are.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void note(int fd) {
    const char *journal = getenv("FORCED_JOURNAL");
    struct stat file;
    char line[64];
    int out;
    if (journal == NULL || fstat(fd, &file) != 0 || !S_ISREG(file.st_mode)) {
        return;
    }
    out = open(journal, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (out < 0) {
        abort();
    }
    int length = snprintf(line, sizeof line, "%lu %lu\n", (unsigned long) file.st_ino,
            (unsigned long) file.st_size);
    /* One write is one line, whoever else writes. */
    if (write(out, line, (size_t) length) != length) {
        abort();
    }
    close(out);
}

int fsync(int fd) {
    static int (*real)(int);
    if (real == NULL) {
        real = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    }
    int result = real(fd);
    if (result == 0) {
        note(fd);
    }
    return result;
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (real == NULL) {
        real = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    }
    int result = real(fd);
    if (result == 0) {
        note(fd);
    }
    return result;
}

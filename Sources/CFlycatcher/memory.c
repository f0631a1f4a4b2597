// Reads memory that may not be there, for the crash handler, which can trust nothing that it finds.

#define _GNU_SOURCE

#include "crash.h"
#include "runtime.h"

#if defined(__linux__)

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static bool has_direct_reading;
/// What is written here has to be read by the system first, which says so when it cannot.
static int probe_in = -1, probe_out = -1;
static int probe_is_taken;

/// Signal-safe: a system call.
static bool read_directly(uintptr_t address, void *bytes, size_t count) {
    struct iovec local = {bytes, count};
    struct iovec remote = {(void *)address, count};
    long got = syscall(SYS_process_vm_readv, getpid(), &local, 1UL, &remote, 1UL, 0UL);
    return got == (long)count;
}

/// Signal-safe: system calls; threads that are held may read at once, so the pipe is taken by one at a time.
static bool read_by_pipe(uintptr_t address, void *bytes, size_t count) {
    for (int tries = 0; __atomic_exchange_n(&probe_is_taken, 1, __ATOMIC_ACQUIRE) != 0; tries++) {
        if (tries > 1 << 20) return false;
    }
    bool is_readable = false;
    // A pipe holds a page in any case, and takes so much at once or nothing.
    if (count <= reader_page && write(probe_in, (const void *)address, count) == (ssize_t)count) {
        is_readable = read(probe_out, bytes, count) == (ssize_t)count;
    }
    __atomic_store_n(&probe_is_taken, 0, __ATOMIC_RELEASE);
    return is_readable;
}

void prepare_reading(void) {
    uintptr_t word = 0, copy = 0;
    has_direct_reading = flycatcher_has(flycatcher_part_direct_reading)
        && read_directly((uintptr_t)&word, &copy, sizeof(copy));
    int ends[2];
    if (has_direct_reading || probe_in >= 0 || pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return;
    probe_out = ends[0];
    probe_in = ends[1];
}

/// Signal-safe: system calls.
bool read_memory(uintptr_t address, void *bytes, size_t count) {
    // Zero is what ends chains; the first pages are never mapped.
    if (address < 4096 || address + count < address) return false;
    return has_direct_reading ? read_directly(address, bytes, count) : read_by_pipe(address, bytes, count);
}

/// Signal-safe: system calls.
bool read_word(reader *reader, uintptr_t address, uintptr_t *word) {
    if (reader->page == NULL || address % sizeof(uintptr_t) != 0) {
        return read_memory(address, word, sizeof(*word));
    }
    uintptr_t page_address = address & ~(uintptr_t)(reader_page - 1);
    if (reader->page_address != page_address) {
        reader->page_address = 0;
        if (!read_memory(page_address, reader->page, reader_page)) return false;
        reader->page_address = page_address;
    }
    memcpy(word, reader->page + (address - page_address), sizeof(*word));
    return true;
}

#endif

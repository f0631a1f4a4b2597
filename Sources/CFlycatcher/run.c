// Keeps the file of a run while the process lives: the states of its scopes, and the journal.

#define _GNU_SOURCE

#include "CFlycatcher.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static flycatcher_run *watched;
static int watched_file = -1;

uint64_t flycatcher_check(const void *bytes, size_t count) {
    const uint64_t prime = 0x9E3779B97F4A7C15;
    const uint8_t *next = bytes;
    uint64_t sum = prime ^ count;
    for (; count >= sizeof(uint64_t); count -= sizeof(uint64_t), next += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, next, sizeof(word));
        sum = (sum ^ word) * prime;
        sum ^= sum >> 29;
    }
    uint64_t rest = 0;
    memcpy(&rest, next, count);
    sum = (sum ^ rest) * prime;
    return sum ^ sum >> 32;
}

void flycatcher_watch_run(flycatcher_run *run, int file) {
    __atomic_store_n(&watched_file, file, __ATOMIC_RELAXED);
    __atomic_store_n(&watched, run, __ATOMIC_RELEASE);
}

flycatcher_run *flycatcher_watched_run(void) {
    return __atomic_load_n(&watched, __ATOMIC_ACQUIRE);
}

int flycatcher_watched_file(void) {
    return __atomic_load_n(&watched_file, __ATOMIC_RELAXED);
}

void flycatcher_note_sign(uint64_t moment) {
    flycatcher_run *run = flycatcher_watched_run();
    if (run != NULL) __atomic_store_n(&run->last_sign, moment, __ATOMIC_RELAXED);
}

void flycatcher_note_session(flycatcher_run *run, uint32_t sequence, uint32_t error_count) {
    __atomic_store_n(&run->session, (uint64_t)error_count << 32 | sequence, __ATOMIC_RELAXED);
}

void flycatcher_count_request(int64_t difference) {
    flycatcher_run *run = flycatcher_watched_run();
    if (run != NULL) __atomic_fetch_add(&run->open_requests, (uint64_t)difference, __ATOMIC_RELAXED);
}

void flycatcher_write_slot(uint32_t number, const void *bytes, size_t count) {
    flycatcher_run *run = flycatcher_watched_run();
    if (run == NULL || number >= flycatcher_slot_count || count > flycatcher_slot_capacity) return;
    flycatcher_slot *slot = &run->slots[number];
    uint64_t version = __atomic_load_n(&slot->version, __ATOMIC_RELAXED) & ~(uint64_t)1;
    // The half that holds stays as it is until the other one is whole.
    uint64_t half = (version / 2 + 1) % 2;
    uint8_t *place = (uint8_t *)run + flycatcher_slots_offset
        + (2 * number + half) * (size_t)flycatcher_slot_capacity;
    __atomic_store_n(&slot->version, version + 1, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_RELEASE);
    memcpy(place, bytes, count);
    slot->halves[half].length = count;
    slot->halves[half].check = flycatcher_check(bytes, count);
    __atomic_store_n(&slot->version, version + 2, __ATOMIC_RELEASE);
}

static size_t padded(size_t count) {
    return (count + 7) & ~(size_t)7;
}

/// Copies into the ring, around its end if need be.
static void copy_in(uint8_t *ring, uint64_t position, const void *bytes, size_t count) {
    size_t start = position % flycatcher_journal_capacity;
    size_t first = flycatcher_journal_capacity - start;
    if (first > count) first = count;
    memcpy(ring + start, bytes, first);
    memcpy(ring, (const uint8_t *)bytes + first, count - first);
}

void flycatcher_append(const void *bytes, size_t count) {
    flycatcher_run *run = flycatcher_watched_run();
    if (run == NULL || count > flycatcher_journal_capacity / 8) return;
    size_t size = sizeof(flycatcher_entry) + padded(count);
    uint64_t position = __atomic_fetch_add(&run->journal_end, size, __ATOMIC_RELAXED);
    uint8_t *ring = (uint8_t *)run + flycatcher_journal_offset;
    flycatcher_entry entry = {position, (uint32_t)count, (uint32_t)flycatcher_check(bytes, count)};
    copy_in(ring, position + sizeof(entry), bytes, count);
    // What a reader finds without its head, or with another sum, was not finished or is already overwritten.
    copy_in(ring, position, &entry, sizeof(entry));
}

bool flycatcher_lock_file(int file) {
    // Unlike others this kind is not handed on to children, and it ends when the program turns into another.
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(file, F_SETLK, &lock) == 0;
}

/// Sees to it that the file has its place on the disk now, since there may be none left when it is needed.
static bool allocate(int file) {
#if defined(__linux__)
    return posix_fallocate(file, 0, flycatcher_run_size) == 0;
#else
    return ftruncate(file, flycatcher_run_size) == 0;
#endif
}

static int make_file(const char *path) {
    if (path != NULL) return open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
#if defined(__linux__)
    int file = memfd_create("flycatcher", MFD_CLOEXEC);
    if (file >= 0) fchmod(file, 0600);
    return file;
#else
    return -1;
#endif
}

flycatcher_run *flycatcher_create_run(const char *path, int *file) {
    *file = make_file(path);
    if (*file < 0) return NULL;
    void *run = MAP_FAILED;
    if (flycatcher_lock_file(*file) && allocate(*file)) {
        run = mmap(NULL, flycatcher_run_size, PROT_READ | PROT_WRITE, MAP_SHARED, *file, 0);
    }
    if (run != MAP_FAILED) return run;
    if (path != NULL) unlink(path);
    close(*file);
    return NULL;
}

void flycatcher_discard_run(flycatcher_run *run) {
    munmap(run, flycatcher_run_size);
}

// Writes the record of a crash into the run's file, which is memory that outlives the process.

#include "crash.h"

#if defined(__linux__)

#include <string.h>

static uint8_t *area;
static flycatcher_run *record_run;

/// Signal-safe.
void begin_record(flycatcher_run *run) {
    record_run = run;
    area = (uint8_t *)run + flycatcher_crash_offset;
    __atomic_store_n(&run->crash_length, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&run->state, flycatcher_run_crashed, __ATOMIC_RELEASE);
}

/// Signal-safe. Where the next chunk's content goes; null when there is no room for so much.
static uint8_t *room(size_t count) {
    uint64_t start = record_run->crash_length;
    if (start + sizeof(flycatcher_chunk) + count + 8 > flycatcher_crash_capacity) return NULL;
    return area + start + sizeof(flycatcher_chunk);
}

/// Signal-safe. Makes a chunk count whose content is in its place.
static void commit(uint32_t kind, const uint8_t *content, size_t count) {
    flycatcher_chunk head = {kind, (uint32_t)count, flycatcher_check(content, count)};
    uint64_t start = record_run->crash_length;
    memcpy(area + start, &head, sizeof(head));
    uint64_t end = start + sizeof(head) + ((count + 7) & ~(size_t)7);
    __atomic_store_n(&record_run->crash_length, end, __ATOMIC_RELEASE);
}

/// Signal-safe.
void add_chunk(uint32_t kind, const void *bytes, size_t count) {
    uint8_t *place = room(count);
    if (place == NULL) return;
    memcpy(place, bytes, count);
    commit(kind, place, count);
}

/// Signal-safe.
void add_stack(uint32_t kind, int thread, const stack_record *stack, const char name[16]) {
    flycatcher_stack_chunk head = {(uint32_t)thread, stack->count, stack->async_start, stack->gap, {0}};
    if (name != NULL) memcpy(head.name, name, sizeof(head.name));
    size_t size = stack->count * sizeof(uint64_t);
    uint8_t *place = room(sizeof(head) + size);
    if (place == NULL) return;
    memcpy(place, &head, sizeof(head));
    memcpy(place + sizeof(head), stack->addresses, size);
    commit(kind, place, sizeof(head) + size);
}

#endif

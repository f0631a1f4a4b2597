// The throws of late, in a table of fixed size.

#ifndef FLYCATCHER_THROW_TABLE_H
#define FLYCATCHER_THROW_TABLE_H

#include "runtime.h"

#include <time.h>

/// Who threw: a task, or a thread outside of tasks; and on which thread that was.
typedef struct {
    uint64_t context;
    int64_t thread;
} thrower;

/// Reads the processor's own count of time, which goes on evenly on all its cores and costs a third of the clock.
static inline uint64_t ticks(void) {
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
    uint64_t count;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(count));
    return count;
#else
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
#endif
}

/// Notes when the table's time begins. Before anything is added.
void flycatcher_open_throw_table(void);

/// Adds a throw with the stack from a frame on, or counts that an error is thrown on. `box` is null for a value that is
/// thrown without one.
void flycatcher_add_throw(void *box, const error_value *error, thrower by, uintptr_t frame);

/// Lets go of all throws.
void flycatcher_empty_throw_table(void);

/// Makes the table usable in the child of a fork, where who was about to write in it will never be done.
void flycatcher_mend_throw_table(void);

#endif

// What of Swift's runtime is there.

#ifndef FLYCATCHER_RUNTIME_PARTS_H
#define FLYCATCHER_RUNTIME_PARTS_H

#include <stdint.h>

/// Parts of Swift's runtime that are there for tools, and may be missing in another version of it. A bit each.
typedef enum {
    /// A hook for throws; without it no throw is known.
    flycatcher_part_throws = 1 << 0,
    /// A hook for throws of functions that say which type they throw; without it they pass through the other one.
    flycatcher_part_typed_throws = 1 << 1,
    /// References that keep an error's place in memory, but not the error; without them every match is approximate.
    flycatcher_part_unowned_references = 1 << 2,
    /// What a box holds; without it only the same box is the same error.
    flycatcher_part_error_values = 1 << 3,
    /// Whether an error still lives; without it the error that was thrown last is not to be had.
    flycatcher_part_living_errors = 1 << 4,
    /// Where tasks are run from; without it stacks end at the running function.
    flycatcher_part_awaiting_functions = 1 << 5,
    /// Which task runs; without it an error belongs to the thread that it was thrown on.
    flycatcher_part_tasks = 1 << 6,
    /// The text of a fatal error.
    flycatcher_part_fatal_text = 1 << 7,
    /// A way to read memory that may not be there, which a sandbox may forbid; without it a crashed stack is read slowly.
    flycatcher_part_direct_reading = 1 << 8,
} flycatcher_part;

/// The parts that are there. Safe in signal handlers.
uint32_t flycatcher_parts(void);

/// Has parts taken for missing, so that tests see what becomes of what needs them; before anything else is called.
void flycatcher_withhold(uint32_t parts);

#endif

// What Swift cannot reach itself: the stack of the running thread, and the images of the process.

#ifndef FLYCATCHER_H
#define FLYCATCHER_H

#include "CFlycatcherRuntime.h"
#include "CFlycatcherThrows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CFlycatcherRun.h"

/// A program or library in memory.
typedef struct {
    /// Where its first segment begins.
    uint64_t address;
    uint64_t size;
    /// Null for what has no file of its own.
    const char *path;
    /// Its `NT_GNU_BUILD_ID`; null when it has none.
    const uint8_t *build_id;
    size_t build_id_count;
} flycatcher_image;

/// Notes where code can be, which tells continuations from other values; call it once before the first walk.
void flycatcher_prepare_walks(void);

/// Walks the stack of the running thread by its frame pointers, and from the function that its task is running on
/// along those that await it. Takes neither locks nor memory.
///
/// - addresses: receives return addresses and, from `async_start` on, the places where awaiting functions go on; the
///   newest first. It must have room for `newest + oldest`.
/// - newest, oldest: how many are kept of either end when there are more.
/// - async_start: receives the index of the first place of the second kind, or the count when there is none.
///
/// Returns the count.
size_t flycatcher_walk(uint64_t *addresses, size_t newest, size_t oldest, size_t *async_start);

/// A number that changes when a library is loaded or let go; zero where that is not known.
uint64_t flycatcher_image_generation(void);

/// Calls `visit` for each image in memory; what it is shown lives as long as the call.
void flycatcher_visit_images(void (*visit)(const flycatcher_image *, void *), void *context);

/// The name that people would give a symbol of Swift or C++, to be freed by the caller; null when it is not one.
char *flycatcher_demangle(const char *symbol);

/// Whether the compiler made a function up to pass a call on; false where the runtime cannot tell.
bool flycatcher_is_thunk(const char *symbol);

#endif

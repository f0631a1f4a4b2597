// The walk along a stack, for those who know where it shall begin and end.

#ifndef FLYCATCHER_WALK_H
#define FLYCATCHER_WALK_H

#include <stddef.h>
#include <stdint.h>

/// Walks as `flycatcher_walk` does, from a frame of the running thread on, and along so many calls at most; functions
/// that await come on top.
size_t flycatcher_walk_from(
    uintptr_t frame, uint64_t *addresses, size_t newest, size_t oldest, size_t limit, size_t *async_start);

#endif

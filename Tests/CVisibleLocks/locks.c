// Stands before the slow paths of Synchronization.Mutex and tells Thread Sanitizer what happens in them.
//
// The quick paths, by which a lock is taken that is free, are inlined into our code and seen. A lock that is contended
// is taken and handed on by the kernel, in a library that is not built with the sanitizer, so it reports races between
// two threads that never are in the lock at once. Decision 33 has the proof. These functions bear the names of that
// library's, so that our calls reach them first; they call the library's, and note the order that comes of it.

#define _GNU_SOURCE // for RTLD_NEXT

#include "CVisibleLocks.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(SANITIZED) && defined(__linux__)

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SELF __attribute__((swift_context))
#define SWIFT __attribute__((swiftcall))

void __tsan_acquire(void *address);
void __tsan_release(void *address);

/// The library's own function, which ours hides.
static void *original(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    if (function == NULL) abort();
    return function;
}

SWIFT void visible_lock(uint32_t owner, SELF void *handle) __asm__(LOCK);
SWIFT void visible_unlock(SELF void *handle) __asm__(UNLOCK);

SWIFT void visible_lock(uint32_t owner, SELF void *handle) {
    ((SWIFT void (*)(uint32_t, SELF void *))original(LOCK))(owner, handle);
    __tsan_acquire(handle);
}

SWIFT void visible_unlock(SELF void *handle) {
    __tsan_release(handle);
    ((SWIFT void (*)(SELF void *))original(UNLOCK))(handle);
}

#endif

bool visible_locks_are_sanitized(void) {
#ifdef SANITIZED
    return true;
#else
    return false;
#endif
}

// Stands before the C library's allocator and counts what passes, thread by thread.

#include "CAllocations.h"

#if defined(__linux__) && defined(__GLIBC__)

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static __thread uint64_t count __attribute__((tls_model("initial-exec")));
static atomic_bool watches_all;
static _Atomic uint64_t count_of_all;

static inline void note(void) {
    count++;
    if (atomic_load_explicit(&watches_all, memory_order_relaxed)) {
        atomic_fetch_add_explicit(&count_of_all, 1, memory_order_relaxed);
    }
}

void *malloc(size_t size) {
    note();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    note();
    return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
    note();
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    note();
    void *memory = __libc_memalign(alignment, size);
    if (memory == NULL) return ENOMEM;
    *result = memory;
    return 0;
}

uint64_t callocations_count(void) { return count; }

void callocations_watch_all(bool watches) { watches_all = watches; }

uint64_t callocations_count_of_all(void) { return count_of_all; }

#else

uint64_t callocations_count(void) { return 0; }

void callocations_watch_all(bool watches) { (void)watches; }

uint64_t callocations_count_of_all(void) { return 0; }

#endif

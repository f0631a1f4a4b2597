// Gives threads a stack on which the crash handler can run when their own has overflowed.

#define _GNU_SOURCE

#include "crash.h"

#if defined(__linux__)

#include <pthread.h>
#include <sys/mman.h>

enum { own_stack_size = 65536 };

static bool is_covering;
static pthread_key_t stack_key;
static _Thread_local bool is_covered;

static void remove_stack(void *bottom) {
    stack_t mine;
    if (sigaltstack(NULL, &mine) == 0 && mine.ss_sp == bottom) {
        mine.ss_flags = SS_DISABLE;
        sigaltstack(&mine, NULL);
    }
    munmap((char *)bottom - reader_page, own_stack_size + reader_page);
}

/// Gives the thread a stack beside its own, below which nothing can be written.
static void cover_thread(void) {
    is_covered = true;
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE)
        && present.ss_size >= own_stack_size / 2) return;
    char *bottom = mmap(
        NULL, own_stack_size + reader_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bottom == MAP_FAILED) return;
    mprotect(bottom, reader_page, PROT_NONE);
    stack_t stack = {.ss_sp = bottom + reader_page, .ss_size = own_stack_size, .ss_flags = 0};
    if (sigaltstack(&stack, NULL) != 0) {
        munmap(bottom, own_stack_size + reader_page);
    } else {
        pthread_setspecific(stack_key, stack.ss_sp);
    }
}

void flycatcher_cover_thread(void) {
    if (!is_covered && __atomic_load_n(&is_covering, __ATOMIC_RELAXED)) cover_thread();
}

void prepare_covering(void) {
    pthread_key_create(&stack_key, remove_stack);
}

void set_covering(bool is_wanted) {
    __atomic_store_n(&is_covering, is_wanted, __ATOMIC_RELAXED);
}

#else

void flycatcher_cover_thread(void) {}

#endif

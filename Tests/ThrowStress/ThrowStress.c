// Throws from several threads at once, without Swift: a stand-in for its runtime, for Thread Sanitizer to watch.
//
// Compiled by EndToEnd/test_throw_stress.py together with the sources of CFlycatcher; with WITHOUT_RUNTIME there is none, and every
// part of it is missing.

#include "CFlycatcher.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { thread_count = 4, throw_count = 20000, held_count = 16 };

#if !defined(WITHOUT_RUNTIME)

/// An error in its box, with counts as the runtime has them: the strong ones together have one of the others.
typedef struct {
    atomic_size_t strong, unowned;
    const void *type;
    uint64_t value;
} box;

typedef void (*will_throw)(void *);
typedef void (*will_throw_typed)(void *, const void *, const void *);
typedef struct {
    const void *value, *type, *witnesses;
} error_value;

_Atomic(will_throw) _swift_willThrow;
_Atomic(will_throw_typed) _swift_willThrowTypedImpl;

/// Metadata begins with a kind, and has functions before it whose ninth entry is the size of a value.
static const uintptr_t functions[9] = {0, 0, 0, 0, 0, 0, 0, 0, sizeof(uint64_t)};
static const struct {
    const uintptr_t *functions;
    uintptr_t kind;
} metadata = {functions, 0x200};

void swift_getErrorValue(const void *object, void **scratch, error_value *result) {
    const box *box = object;
    *result = (error_value){&box->value, box->type, NULL};
}

void *swift_unownedRetain(void *object) {
    atomic_fetch_add(&((box *)object)->unowned, 1);
    return object;
}

void swift_unownedRelease(void *object) {
    if (atomic_fetch_sub(&((box *)object)->unowned, 1) == 1) free(object);
}

size_t swift_unownedRetainCount(void *object) { return atomic_load(&((box *)object)->unowned); }

void *swift_tryRetain(void *object) {
    size_t count = atomic_load(&((box *)object)->strong);
    while (count > 0) {
        if (atomic_compare_exchange_weak(&((box *)object)->strong, &count, count + 1)) return object;
    }
    return NULL;
}

static void release(box *box) {
    if (atomic_fetch_sub(&box->strong, 1) == 1) swift_unownedRelease(box);
}

__attribute__((noinline)) void swift_willThrow(box *box) { atomic_load(&_swift_willThrow)(box); }

static void *throw_and_look(void *seed) {
    uint64_t addresses[flycatcher_throw_capacity];
    box *held[held_count] = {NULL};
    flycatcher_throw found;
    size_t lost = 0;
    for (uint64_t number = 0; number < throw_count; number++) {
        box *thrown = malloc(sizeof(*thrown));
        thrown->strong = thrown->unowned = 1;
        thrown->type = &metadata.kind;
        thrown->value = number ^ (uintptr_t)seed;
        swift_willThrow(thrown);
        if (!flycatcher_find_throw(thrown, flycatcher_context(), addresses, &found)) lost++;
        if (number % 3 == 0) swift_willThrow(thrown);
        atomic_load(&_swift_willThrowTypedImpl)(&number, &metadata.kind, NULL);
        if (held[number % held_count] != NULL) release(held[number % held_count]);
        held[number % held_count] = thrown;
        box *last = flycatcher_last_thrown(flycatcher_context(), UINT64_MAX);
        if (last != NULL) release(last);
    }
    for (int index = 0; index < held_count; index++) release(held[index]);
    return (void *)lost;
}

static void *look_as_a_crash_does(void *is_over) {
    uint64_t addresses[flycatcher_throw_capacity], age;
    size_t start;
    while (!atomic_load((atomic_bool *)is_over)) flycatcher_newest_throw(-1, addresses, 64, &start, &age);
    return NULL;
}

int main(void) {
    flycatcher_throw_rules rules = {NULL, 0, UINT32_MAX};
    if (!flycatcher_record_throws(&rules)) return 1;
    pthread_t threads[thread_count], watcher;
    atomic_bool is_over = false;
    pthread_create(&watcher, NULL, look_as_a_crash_does, &is_over);
    size_t lost = 0;
    for (uintptr_t index = 0; index < thread_count; index++) {
        pthread_create(&threads[index], NULL, throw_and_look, (void *)(index << 32));
    }
    for (int index = 0; index < thread_count; index++) {
        void *result;
        pthread_join(threads[index], &result);
        lost += (size_t)result;
    }
    atomic_store(&is_over, true);
    pthread_join(watcher, NULL);
    flycatcher_forget_throws();
    // Threads that meet in one set give way: that is rare, and not what is tested.
    printf("%s\n", lost < thread_count * throw_count / 20 ? "done" : "too many throws were lost");
}

#else

int main(void) {
    flycatcher_throw_rules rules = {NULL, 0, 0};
    uint64_t addresses[flycatcher_throw_capacity], age;
    size_t start;
    flycatcher_prepare_walks();
    bool is_recording = flycatcher_record_throws(&rules);
    bool is_quiet = !flycatcher_throws_may_be_unheard() && flycatcher_last_thrown(flycatcher_context(), 1) == NULL
        && flycatcher_newest_throw(-1, addresses, 64, &start, &age) == 0 && flycatcher_walk(addresses, 8, 2, &start) > 0;
    flycatcher_forget_throws();
    printf("%s\n", !is_recording && is_quiet && flycatcher_parts() == flycatcher_part_direct_reading ? "done" : "something is not missing");
}

#endif

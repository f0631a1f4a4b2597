// The parts of Swift's runtime that are meant for tools. None of them is promised, so each is asked for before it is used.

#ifndef FLYCATCHER_RUNTIME_H
#define FLYCATCHER_RUNTIME_H

#include "CFlycatcher.h"

#include <stdatomic.h>

typedef void (*will_throw)(void *box);
typedef void (*will_throw_typed)(void *value, const void *type, const void *witnesses);

/// What an error is made of.
typedef struct {
    const void *value;
    const void *type;
    const void *witnesses;
} error_value;

/// A box that was made for an error.
typedef struct {
    void *box;
    void *value;
} boxed_error;

/// Called before every throw: with a box, or with the value of a function that says which type it throws.
extern _Atomic(will_throw) _swift_willThrow __attribute__((weak));
extern _Atomic(will_throw_typed) _swift_willThrowTypedImpl __attribute__((weak));
extern char swift_willThrow[] __attribute__((weak));

extern void swift_getErrorValue(const void *box, void **scratch, error_value *result) __attribute__((weak));
extern void swift_errorRelease(void *box) __attribute__((weak));
extern void *swift_unownedRetain(void *object) __attribute__((weak));
extern void swift_unownedRelease(void *object) __attribute__((weak));
extern size_t swift_unownedRetainCount(void *object) __attribute__((weak));
/// Null when the object's end has begun.
extern void *swift_tryRetain(void *object) __attribute__((weak));

extern char swift_job_run[] __attribute__((weak));
extern void *swift_task_getCurrent(void) __attribute__((weak));
extern uint64_t swift_task_getJobTaskId(void *task) __attribute__((weak));

/// Holds the text of the fatal error that the runtime has noticed.
extern _Atomic(const char *) *swift_getFatalErrorMessageBuffer(void) __attribute__((weak));

/// Finds the box that holds an error, where others are around it as a continuation makes one, and what is in it; without
/// values of errors nothing, and the box as it came.
const void *flycatcher_innermost_box(const void *box, error_value *error);

/// Whether a type is that of an `any Error`: its metadata begins with its kind, and no other existential is an error.
static inline bool is_existential(const void *type) {
    enum { existential_kind = 0x303 };
    return *(const uintptr_t *)type == existential_kind;
}

/// The parts that are there, once they were asked for.
extern _Atomic uint32_t flycatcher_found_parts;

/// Whether a part is there. Safe in signal handlers.
static inline bool flycatcher_has(flycatcher_part part) {
    uint32_t found = atomic_load_explicit(&flycatcher_found_parts, memory_order_relaxed);
    return ((found != 0 ? found : flycatcher_parts()) & (uint32_t)part) != 0;
}

#endif

// Says which parts of Swift's runtime are there.

#include "runtime.h"

_Atomic uint32_t flycatcher_found_parts;

static _Atomic uint32_t withheld;

/// A bit that says no more than that the others are known.
static const uint32_t known = UINT32_C(1) << 31;

/// The bit of a part, by whether it has an address.
static inline uint32_t part(const volatile void *address, flycatcher_part part) {
    return address != NULL ? (uint32_t)part : 0;
}

uint32_t flycatcher_parts(void) {
    uint32_t found = part(&_swift_willThrow, flycatcher_part_throws)
        | part(&_swift_willThrowTypedImpl, flycatcher_part_typed_throws)
        | part((void *)swift_getErrorValue, flycatcher_part_error_values)
        | part((void *)swift_tryRetain, flycatcher_part_living_errors)
        | part(swift_job_run, flycatcher_part_awaiting_functions)
        | part((void *)swift_task_getCurrent, flycatcher_part_tasks)
        | part((void *)swift_getFatalErrorMessageBuffer, flycatcher_part_fatal_text)
        | flycatcher_part_direct_reading;
#if !defined(__APPLE__)
    // On Apple's systems boxes are objects of Objective-C, whose references are counted in another way.
    if (swift_unownedRetain != NULL) found |= part((void *)swift_unownedRelease, flycatcher_part_unowned_references);
#endif
    found &= ~atomic_load_explicit(&withheld, memory_order_relaxed);
    atomic_store_explicit(&flycatcher_found_parts, found | known, memory_order_relaxed);
    return found;
}

void flycatcher_withhold(uint32_t parts) {
    atomic_store_explicit(&withheld, parts, memory_order_relaxed);
    (void)flycatcher_parts();
}

const void *flycatcher_innermost_box(const void *box, error_value *error) {
    enum { deepest = 8 };
    *error = (error_value){0};
    if (!flycatcher_has(flycatcher_part_error_values)) return box;
    for (int depth = 0; depth < deepest; depth++) {
        void *scratch = NULL;
        swift_getErrorValue(box, &scratch, error);
        if (!is_existential(error->type)) break;
        box = *(const void *const *)error->value;
    }
    return box;
}

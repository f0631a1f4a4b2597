// Listens for throws: the runtime calls a hook before each, and the hook has the throw recorded.
//
//   throw E()          swift_willThrow           ─▶ on_throw        ─┐
//   throws(E): throw   swift_willThrowTypedImpl  ─▶ on_typed_throw  ─┴▶ the table of throws ─▶ who listened before
//
// A hook runs in the middle of the app's own code. It takes no memory and no locks that it could wait for, calls nothing of
// the app's, and passes over what costs more than it explains: types that the rules name, and bursts.

#define _GNU_SOURCE

#include "throw_table.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

enum {
    passed_over_capacity = 32,
    default_burst = 2000,
    burst_window_ns = 10000000,
};

/// What is known about a thread that has thrown.
typedef struct {
    int64_t id;
    uint64_t heard;
    /// How much was recorded since when.
    uint32_t recorded;
    uint64_t recorded_since_ns;
    /// What those who listened before are just being told of.
    const void *passed_on;
} thread_notes;

static _Thread_local thread_notes here;

static atomic_bool is_recording;
static _Atomic uint32_t burst = default_burst;
static _Atomic uintptr_t passed_over[passed_over_capacity];
static atomic_size_t passed_over_count;

/// Who listened before; null for nobody.
static _Atomic(will_throw) next_hook;
static _Atomic(will_throw_typed) next_typed_hook;
/// Who is called first and is known to pass calls on.
static _Atomic(will_throw) trusted_hook;
static _Atomic(will_throw_typed) trusted_typed_hook;

// MARK: Who throws

static int64_t thread_id(void) {
#if defined(__APPLE__)
    uint64_t id = 0;
    pthread_threadid_np(NULL, &id);
    return (int64_t)id;
#else
    return (int64_t)syscall(SYS_gettid);
#endif
}

/// Gets to know a thread of the app's: should its stack overflow, that can be told.
static void meet_thread(void) {
    int kept_errno = errno;
    here.id = thread_id();
    flycatcher_cover_thread();
    errno = kept_errno;
}

static inline int64_t this_thread(void) {
    if (here.id == 0) meet_thread();
    return here.id;
}

uint64_t flycatcher_context(void) {
    const uint64_t of_task = UINT64_C(1) << 63;
    if (flycatcher_has(flycatcher_part_tasks)) {
        void *task = swift_task_getCurrent();
        // A task's place in memory is another's later, its number is not.
        if (task != NULL) {
            return of_task | (swift_task_getJobTaskId != NULL ? swift_task_getJobTaskId(task) : (uintptr_t)task);
        }
    }
    return (uint64_t)this_thread();
}

// MARK: What is recorded

static bool is_passed_over(const void *type) {
    size_t count = atomic_load_explicit(&passed_over_count, memory_order_acquire);
    for (size_t index = 0; index < count; index++) {
        if (atomic_load_explicit(&passed_over[index], memory_order_relaxed) == (uintptr_t)type) return true;
    }
    return false;
}

/// A clock that is read in few nanoseconds, and goes in steps of some milliseconds.
static uint64_t coarse_ns(void) {
    struct timespec now;
#if defined(CLOCK_MONOTONIC_COARSE)
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
#else
    clock_gettime(CLOCK_MONOTONIC, &now);
#endif
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/// Whether the thread has thrown so much in so short a time that the rest of it is passed over.
static bool is_in_burst(void) {
    if (here.recorded < atomic_load_explicit(&burst, memory_order_relaxed)) {
        if (here.recorded++ == 0) here.recorded_since_ns = coarse_ns();
        return false;
    }
    uint64_t now = coarse_ns();
    if (now - here.recorded_since_ns < burst_window_ns) return true;
    here.recorded = 1;
    here.recorded_since_ns = now;
    return false;
}

static void record(void *box, const error_value *error, uintptr_t frame) {
    if (is_passed_over(error->type) || is_in_burst()) return;
    thrower by = {flycatcher_context(), this_thread()};
    flycatcher_add_throw(box, error, by, frame);
}

static void record_box(void *box, uintptr_t frame) {
    here.heard++;
    if (!atomic_load_explicit(&is_recording, memory_order_relaxed)) return;
    error_value error;
    box = (void *)flycatcher_innermost_box(box, &error);
    record(box, &error, frame);
}

// MARK: Hooks

static void on_throw(void *box);

/// Tells those who listened before, once even where they call us in turn.
static void pass_on(void *box) {
    will_throw next = atomic_load_explicit(&next_hook, memory_order_relaxed);
    if (next == NULL || here.passed_on == box) return;
    const void *outer = here.passed_on;
    here.passed_on = box;
    next(box);
    here.passed_on = outer;
}

static void on_throw(void *box) {
    if (here.passed_on == box) return;
    record_box(box, (uintptr_t)__builtin_frame_address(0));
    pass_on(box);
}

/// Who listens for boxes alone heard of these throws too as long as nobody listened for them: the runtime made a box.
static void pass_on_boxed(void *value, const void *type, const void *witnesses) {
    extern boxed_error swift_allocError(const void *, const void *, void *, bool) __attribute__((weak));
    if (atomic_load_explicit(&next_hook, memory_order_relaxed) == NULL) return;
    if (swift_allocError == NULL || swift_errorRelease == NULL) return;
    void *box = swift_allocError(type, witnesses, value, false).box;
    pass_on(box);
    swift_errorRelease(box);
}

static void on_typed_throw(void *value, const void *type, const void *witnesses) {
    if (here.passed_on == value) return;
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    if (is_existential(type)) {
        record_box(*(void **)value, frame);
    } else {
        here.heard++;
        error_value error = {value, type, witnesses};
        if (atomic_load_explicit(&is_recording, memory_order_relaxed)) record(NULL, &error, frame);
    }
    will_throw_typed next = atomic_load_explicit(&next_typed_hook, memory_order_relaxed);
    if (next == NULL) return pass_on_boxed(value, type, witnesses);
    const void *outer = here.passed_on;
    here.passed_on = value;
    next(value, type, witnesses);
    here.passed_on = outer;
}

// MARK: Installing

static void after_fork_in_child(void) {
    atomic_store_explicit(&is_recording, false, memory_order_relaxed);
    here.id = 0;
    flycatcher_mend_throw_table();
}

/// Puts the hooks before those that are there. They stay for good: whoever came later may call them at any time.
static void put_first(void) {
    // Who is to be told must be known before the first call.
    will_throw before = atomic_load(&_swift_willThrow);
    while (before != on_throw) {
        atomic_store(&next_hook, before);
        if (atomic_compare_exchange_strong(&_swift_willThrow, &before, on_throw)) break;
    }
    if (!flycatcher_has(flycatcher_part_typed_throws)) return;
    will_throw_typed typed_before = atomic_load(&_swift_willThrowTypedImpl);
    while (typed_before != on_typed_throw) {
        atomic_store(&next_typed_hook, typed_before);
        if (atomic_compare_exchange_strong(&_swift_willThrowTypedImpl, &typed_before, on_typed_throw)) break;
    }
}

static void install_once(void) {
    put_first();
    pthread_atfork(NULL, NULL, after_fork_in_child);
}

bool flycatcher_record_throws(const flycatcher_throw_rules *rules) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (!flycatcher_has(flycatcher_part_throws)) return false;
    flycatcher_prepare_walks();
    flycatcher_open_throw_table();
    size_t count = rules->passed_over_count < passed_over_capacity ? rules->passed_over_count : passed_over_capacity;
    atomic_store_explicit(&passed_over_count, 0, memory_order_release);
    for (size_t index = 0; index < count; index++) {
        atomic_store_explicit(&passed_over[index], (uintptr_t)rules->passed_over[index], memory_order_relaxed);
    }
    atomic_store_explicit(&passed_over_count, count, memory_order_release);
    atomic_store_explicit(&burst, rules->burst > 0 ? rules->burst : default_burst, memory_order_relaxed);
    pthread_once(&once, install_once);
    atomic_store_explicit(&is_recording, true, memory_order_release);
    return true;
}

void flycatcher_forget_throws(void) {
    atomic_store_explicit(&is_recording, false, memory_order_relaxed);
    flycatcher_empty_throw_table();
}

bool flycatcher_throws_may_be_unheard(void) {
    if (!atomic_load_explicit(&is_recording, memory_order_relaxed)) return false;
    will_throw first = atomic_load(&_swift_willThrow);
    if (first != on_throw && first != atomic_load(&trusted_hook)) return true;
    if (!flycatcher_has(flycatcher_part_typed_throws)) return false;
    will_throw_typed first_typed = atomic_load(&_swift_willThrowTypedImpl);
    return first_typed != on_typed_throw && first_typed != atomic_load(&trusted_typed_hook);
}

uint64_t flycatcher_throws_heard(void) { return here.heard; }

void flycatcher_trust_throw_hooks(void) {
    atomic_store(&trusted_hook, atomic_load(&_swift_willThrow));
    if (flycatcher_has(flycatcher_part_typed_throws)) {
        atomic_store(&trusted_typed_hook, atomic_load(&_swift_willThrowTypedImpl));
    }
}

bool flycatcher_restore_throw_hooks(void) {
    static atomic_bool is_restored;
    if (atomic_exchange(&is_restored, true)) return false;
    put_first();
    return true;
}

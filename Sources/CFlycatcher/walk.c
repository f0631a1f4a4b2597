// Walks stacks by frame pointers, which the Swift compiler keeps on all platforms that are supported here.

#define _GNU_SOURCE

#include "runtime.h"
#include "walk.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#if defined(__linux__)
#include <link.h>
#include <sys/uio.h>
#endif

enum {
    /// How many segments of code are remembered; those of libraries beyond it end the walk along tasks.
    code_range_capacity = 128,
    /// How many awaiting functions are followed.
    async_limit = 64,
    /// How far from `swift_job_run` the functions of the Swift runtime lie that run a task.
    runner_distance = 0x4000,
    /// How many places are remembered that the Swift runtime runs tasks from; there are two or three.
    run_site_capacity = 16,
    /// How often a place must have led to a context before what it leads to is believed to be one.
    trusted_count = 16,
    refuted = INT_MIN,
};

/// Collects addresses of which only both ends are kept: the oldest go round in a ring.
typedef struct {
    uint64_t *addresses;
    size_t newest, oldest;
    size_t total;
} both_ends;

static inline void add(both_ends *ends, uint64_t address) {
    size_t index = ends->total++;
    if (index < ends->newest) {
        ends->addresses[index] = address;
    } else if (ends->oldest > 0) {
        ends->addresses[ends->newest + (index - ends->newest) % ends->oldest] = address;
    }
}

static void reverse(uint64_t *first, size_t count) {
    for (size_t low = 0, high = count; low + 1 < high; low++) {
        uint64_t kept = first[low];
        first[low] = first[--high];
        first[high] = kept;
    }
}

/// Turns the ring so that it begins with its newest address; gives the count of what was kept.
static size_t finish(both_ends *ends) {
    size_t capacity = ends->newest + ends->oldest;
    if (ends->total <= capacity) return ends->total;
    if (ends->oldest == 0) return ends->newest;
    uint64_t *ring = ends->addresses + ends->newest;
    size_t start = (ends->total - ends->newest) % ends->oldest;
    reverse(ring, start);
    reverse(ring + start, ends->oldest - start);
    reverse(ring, ends->oldest);
    return capacity;
}

static _Thread_local uintptr_t stack_low, stack_high;

static void find_stack(void) {
#if defined(__APPLE__)
    stack_high = (uintptr_t)pthread_get_stackaddr_np(pthread_self());
    stack_low = stack_high - pthread_get_stacksize_np(pthread_self());
#else
    pthread_attr_t attributes;
    void *low = NULL;
    size_t size = 0;
    stack_low = UINTPTR_MAX;
    // Who is interrupted by a throw may still want to know what went wrong before.
    int kept_errno = errno;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        if (pthread_attr_getstack(&attributes, &low, &size) == 0) {
            stack_low = (uintptr_t)low;
            stack_high = stack_low + size;
        }
        pthread_attr_destroy(&attributes);
    }
    errno = kept_errno;
#endif
}

static inline bool is_frame(uintptr_t frame) {
    return frame >= stack_low && frame + 2 * sizeof(uintptr_t) <= stack_high
        && frame % sizeof(uintptr_t) == 0;
}

/// An address of code without what pointer authentication puts into its upper bits.
static inline uint64_t code_address(uintptr_t address) {
#if defined(__aarch64__)
    return address & 0x0000FFFFFFFFFFFF;
#else
    return address;
#endif
}

#if defined(__linux__)

typedef struct {
    uintptr_t start, end;
} code_range;

static code_range code_ranges[code_range_capacity];
static atomic_size_t code_range_count;

static int note_code(struct dl_phdr_info *info, size_t size, void *context) {
    size_t *count = context;
    for (int index = 0; index < info->dlpi_phnum && *count < code_range_capacity; index++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[index];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X)) continue;
        uintptr_t start = info->dlpi_addr + segment->p_vaddr;
        code_ranges[(*count)++] = (code_range){start, start + segment->p_memsz};
    }
    return 0;
}

/// Where the runtime runs tasks from; zero when it is not to be had.
static _Atomic uintptr_t task_runner;

static void prepare_once(void) {
    if (flycatcher_has(flycatcher_part_awaiting_functions) && flycatcher_has(flycatcher_part_tasks)) {
        atomic_store_explicit(&task_runner, (uintptr_t)swift_job_run, memory_order_relaxed);
    }
    size_t count = 0;
    dl_iterate_phdr(note_code, &count);
    atomic_store_explicit(&code_range_count, count, memory_order_release);
}

static bool is_code(uintptr_t address) {
    size_t count = atomic_load_explicit(&code_range_count, memory_order_acquire);
    for (size_t index = 0; index < count; index++) {
        if (address >= code_ranges[index].start && address < code_ranges[index].end) return true;
    }
    return false;
}

/// The head of the context that an asynchronous function of Swift has.
typedef struct {
    uintptr_t parent;
    uintptr_t resume;
} async_context;

/// A place in the runtime that a task is run from: a return address, and how often it has led to a context.
typedef struct {
    _Atomic uintptr_t address;
    atomic_int successes;
} run_site;

static run_site run_sites[run_site_capacity];

static run_site *run_site_at(uintptr_t address) {
    for (int index = 0; index < run_site_capacity; index++) {
        uintptr_t known = 0;
        if (atomic_compare_exchange_strong(&run_sites[index].address, &known, address)) return &run_sites[index];
        if (known == address) return &run_sites[index];
    }
    return NULL;
}

/// Reads a context. What is not yet known to be one is read in a way that fails where there is nothing to be read, which
/// costs a system call.
__attribute__((no_sanitize("address", "thread")))
static bool read_context(uintptr_t address, bool is_trusted, async_context *context) {
    if (address < 0x10000 || address % sizeof(uintptr_t) != 0) return false;
    if (is_trusted) {
        *context = *(const async_context *)address;
    } else {
        struct iovec local = {context, sizeof(*context)};
        struct iovec remote = {(void *)address, sizeof(*context)};
        int kept_errno = errno;
        ssize_t count = process_vm_readv(getpid(), &local, 1UL, &remote, 1UL, 0UL);
        errno = kept_errno;
        if (count != (ssize_t)sizeof(*context)) return false;
    }
    return is_code(code_address(context->resume));
}

/// Follows the task that the function of a frame runs for. Its context lies below the saved frame pointer; every context
/// names the function that awaits it and that one's context.
///
/// Returns false when the function is none that runs for a task. A place that was wrong once is never trusted.
__attribute__((no_sanitize("address", "thread")))
static bool add_awaiting(both_ends *ends, uintptr_t frame, uintptr_t return_address) {
    run_site *site = run_site_at(return_address);
    bool is_trusted = site != NULL && atomic_load(&site->successes) >= trusted_count;
    async_context context;
    uintptr_t address = ((const uintptr_t *)frame)[-1];
    if (!read_context(address, is_trusted, &context)) {
        if (site != NULL) atomic_store(&site->successes, refuted);
        return false;
    }
    if (site != NULL && !is_trusted) atomic_fetch_add(&site->successes, 1);
    for (int count = 0; count < async_limit; count++) {
        add(ends, code_address(context.resume));
        if (!read_context(context.parent, is_trusted, &context)) break;
    }
    return true;
}

/// Whether an address lies where the Swift runtime runs tasks.
static inline bool runs_tasks(uintptr_t address) {
    uintptr_t runner = atomic_load_explicit(&task_runner, memory_order_relaxed);
    return runner != 0 && address - runner + runner_distance < 2 * runner_distance
        && swift_task_getCurrent() != NULL;
}

#else

static void prepare_once(void) {}

static bool runs_tasks(uintptr_t address) {
    (void)address;
    return false;
}

static bool add_awaiting(both_ends *ends, uintptr_t frame, uintptr_t return_address) {
    (void)ends, (void)frame, (void)return_address;
    return false;
}

#endif

void flycatcher_prepare_walks(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare_once);
}

__attribute__((noinline, disable_tail_calls))
size_t flycatcher_walk(uint64_t *addresses, size_t newest, size_t oldest, size_t *async_start) {
    return flycatcher_walk_from(
        (uintptr_t)__builtin_frame_address(0), addresses, newest, oldest, SIZE_MAX, async_start);
}

__attribute__((no_sanitize("address", "thread")))
size_t flycatcher_walk_from(
    uintptr_t frame, uint64_t *addresses, size_t newest, size_t oldest, size_t limit, size_t *async_start
) {
    if (stack_low == 0) find_stack();
    both_ends ends = {addresses, newest, oldest, 0};
    uintptr_t previous = 0;
    size_t asynchronous = SIZE_MAX;
    while (frame > previous && is_frame(frame) && ends.total < limit) {
        uintptr_t address = ((const uintptr_t *)frame)[1];
        if (address == 0) break;
        if (runs_tasks(address)) {
            size_t before = ends.total;
            if (add_awaiting(&ends, frame, address)) {
                asynchronous = before;
                break;
            }
        }
        add(&ends, code_address(address));
        previous = frame;
        frame = ((const uintptr_t *)frame)[0];
    }
    size_t total = ends.total, count = finish(&ends);
    // What was left out moves the rest forward.
    if (asynchronous != SIZE_MAX && asynchronous >= newest && total > count) {
        size_t left_out = total - count;
        asynchronous = asynchronous > newest + left_out ? asynchronous - left_out : newest;
    }
    *async_start = asynchronous < count ? asynchronous : count;
    return count;
}

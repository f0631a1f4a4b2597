// The crash handler: notes what a dying process still knows, and lets it die as it would have without us.

#define _GNU_SOURCE

#include "crash.h"
#include "runtime.h"

#if defined(__linux__)

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
    text_limit = 8192,
    /// How long a second crashed thread waits for the first: longer than a delivery takes.
    second_wait_seconds = 20,
    /// How old a throw may be that ended the program, in nanoseconds.
    throw_age_limit = 1000000000,
};

/// What ends a program by its own fault.
static const int crash_signals[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGSYS};
/// What others end it by, or it itself by its output's end: that is no crash, and no end without a word either.
static const int end_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE};

enum {
    crash_signal_count = sizeof(crash_signals) / sizeof(*crash_signals),
    end_signal_count = sizeof(end_signals) / sizeof(*end_signals),
};

/// What stood there before us.
static struct sigaction previous_actions[NSIG];
static bool is_ours[NSIG];
static flycatcher_crash_options options;
/// Where the C library keeps the text with which it aborts.
static struct abort_text {
    unsigned int size;
    char text[];
} **abort_text;

/// Looks a value of the running task up; it follows a list, without locks or memory.
extern __attribute__((swiftcall)) void *swift_task_localValueGet(const void *key) __attribute__((weak));

// MARK: The record

/// The crash at hand; the thread that it happened on comes first, and everything here is its own.
static int crashing_thread;
static int is_recorded;
static siginfo_t *crash_info;
static const ucontext_t *crash_context;
static uint64_t crash_began, thread_done;

/// Where to go on when making a chunk crashes.
static sigjmp_buf retreat;
static volatile sig_atomic_t can_retreat;

/// Signal-safe: a system call.
static uint64_t nanoseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/// Signal-safe.
static void record_signal(void) {
    flycatcher_signal_chunk chunk = {
        crash_info->si_signo, crash_info->si_code, crash_info->si_errno, crashing_thread,
        (uintptr_t)crash_info->si_addr, nanoseconds(CLOCK_REALTIME) / 1000,
        position_of(crash_context).instruction,
    };
    // What was sent has no address but a sender.
    if (crash_info->si_code <= 0) chunk.address = 0;
    add_chunk(flycatcher_chunk_signal, &chunk, sizeof(chunk));
#if defined(__x86_64__)
    add_chunk(
        flycatcher_chunk_registers, crash_context->uc_mcontext.gregs, (REG_RIP + 2) * sizeof(greg_t));
#elif defined(__aarch64__)
    // The thirty-one registers, stack pointer, instruction and state follow each other.
    add_chunk(flycatcher_chunk_registers, crash_context->uc_mcontext.regs, 34 * sizeof(uint64_t));
#endif
}

/// Signal-safe: system calls. Adds a text of which neither the place nor the end can be trusted.
static void add_text(uint32_t kind, const char *text) {
    static char copy[text_limit];
    size_t count = 0;
    for (bool has_ended = false; !has_ended && count < text_limit;) {
        // Steps end where pages do, since the next page may not be there.
        size_t step = 64 - ((uintptr_t)text + count) % 64;
        if (count + step > text_limit) step = text_limit - count;
        if (!read_memory((uintptr_t)text + count, copy + count, step)) break;
        const char *end = memchr(copy + count, 0, step);
        has_ended = end != NULL;
        count = has_ended ? (size_t)(end - copy) : count + step;
    }
    if (count > 0) add_chunk(kind, copy, count);
}

/// Signal-safe: system calls, and one function of the runtime that gives the address of a variable.
static void record_texts(void) {
    if (flycatcher_has(flycatcher_part_fatal_text)) {
        const char *text = atomic_load(swift_getFatalErrorMessageBuffer());
        if (text != NULL) add_text(flycatcher_chunk_fatal_text, text);
    }
    struct abort_text *text = NULL;
    if (abort_text != NULL && read_memory((uintptr_t)abort_text, &text, sizeof(text)) && text != NULL) {
        add_text(flycatcher_chunk_abort_text, text->text);
    }
}

/// Signal-safe: system calls.
static void record_stack(void) {
    static stack_record stack;
    static uint8_t page[reader_page];
    reader reader = {0, page};
    walk_stack(position_of(crash_context), &reader, &stack, newest_frames, oldest_frames);
    char name[16];
    read_thread_name(crashing_thread, name);
    add_stack(flycatcher_chunk_stack, crashing_thread, &stack, name);
}

/// Not safe everywhere, see `unwind_stack`.
static void record_unwound_stack(void) {
    static stack_record stack;
    unwind_stack(position_of(crash_context).instruction, &stack);
    if (stack.count > 0) add_stack(flycatcher_chunk_unwound, crashing_thread, &stack, NULL);
}

/// Signal-safe: system calls, and a function of the runtime that follows a list of the running task.
static void record_scopes(void) {
    if (swift_task_localValueGet == NULL || !flycatcher_has(flycatcher_part_tasks)) return;
    if (options.scopes_key == NULL) return;
    uintptr_t value = (uintptr_t)swift_task_localValueGet(options.scopes_key);
    // The beginning of `Scopes`: the isolation scope, the current one, and the place in the trace.
    uint64_t words[5];
    flycatcher_scope_marks marks = {0};
    if (value == 0 || !read_memory(value, words, sizeof(words))) return;
    // A scope's number is the first thing in it, behind what every object begins with.
    if (words[0] == 0 || !read_memory(words[0] + 16, &marks.isolation, 8)) return;
    if (!read_memory(words[1] + 16, &marks.current, 8)) return;
    marks.trace_high = words[2];
    marks.trace_low = words[3];
    marks.span = words[4];
    add_chunk(flycatcher_chunk_scopes, &marks, sizeof(marks));
}

/// Signal-safe.
static void record_images(void) {
    size_t count = 0;
    const void *images = listed_images(&count);
    if (count > 0) add_chunk(flycatcher_chunk_images, images, count);
}

/// Signal-safe: system calls.
static void record_other_threads(void) {
    hold_threads(crashing_thread);
    record_threads();
}

/// Signal-safe: reads static memory. What ends a program as an error that nobody caught was thrown just before, on
/// this thread or, where `main` is asynchronous, on another.
static void record_throw(void) {
    static stack_record stack;
    for (int attempt = 0; attempt < 2; attempt++) {
        size_t async_start = 0;
        uint64_t age = 0;
        int64_t thread = attempt == 0 ? crashing_thread : -1;
        size_t count =
            flycatcher_newest_throw(thread, stack.addresses, frame_capacity, &async_start, &age);
        if (count == 0 || age > throw_age_limit) continue;
        stack.count = stack.gap = (uint32_t)count;
        stack.async_start = (uint32_t)async_start;
        add_stack(flycatcher_chunk_throw, crashing_thread, &stack, NULL);
        return;
    }
}

/// Signal-safe. Makes a part of the record; when that crashes, the rest is made all the same.
static void attempt(uint32_t kind, void (*make)(void)) {
    if (sigsetjmp(retreat, 0) == 0) {
        can_retreat = 1;
        make();
        can_retreat = 0;
    } else {
        can_retreat = 0;
        add_chunk(flycatcher_chunk_fault, &kind, sizeof(kind));
    }
}

/// Signal-safe except for the unwinding, which is survived and comes when most is written.
static void record_crash(flycatcher_run *run) {
    begin_record(run);
    attempt(flycatcher_chunk_signal, record_signal);
    attempt(flycatcher_chunk_fatal_text, record_texts);
    attempt(flycatcher_chunk_images, record_images);
    attempt(flycatcher_chunk_stack, record_stack);
    attempt(flycatcher_chunk_throw, record_throw);
    attempt(flycatcher_chunk_scopes, record_scopes);
    attempt(flycatcher_chunk_unwound, record_unwound_stack);
    thread_done = nanoseconds(CLOCK_MONOTONIC);
    attempt(flycatcher_chunk_thread, record_other_threads);
    uint64_t times[] = {thread_done - crash_began, nanoseconds(CLOCK_MONOTONIC) - crash_began};
    add_chunk(flycatcher_chunk_times, times, sizeof(times));
    __atomic_store_n(&run->state, flycatcher_run_recorded, __ATOMIC_RELEASE);
}

// MARK: The handlers

/// Signal-safe: system calls. Has a signal come again as soon as its handler has returned, as it came before: for one
/// that was sent, or whose cause is over by then.
static void send_again(int number, siginfo_t *info) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, number);
    // Returning from the handler lets it through.
    sigprocmask(SIG_BLOCK, &signals, NULL);
    syscall(SYS_rt_tgsigqueueinfo, getpid(), syscall(SYS_gettid), number, info);
}

/// Signal-safe: system calls. Puts back what stood there before, so that what follows is not ours.
static void restore_actions(void) {
    for (int index = 0; index < crash_signal_count; index++) {
        int number = crash_signals[index];
        if (is_ours[number]) sigaction(number, &previous_actions[number], NULL);
    }
}

/// Signal-safe: system calls. Returning then runs into the same again, with whoever was there before us.
static void pass_on(int number, siginfo_t *info) {
    restore_actions();
    // Where nobody was, the process ends at once, and a thread that was let go could end it otherwise.
    if (previous_actions[number].sa_handler != SIG_DFL) release_threads();
    // Behind a breakpoint and a forbidden system call the program would go on.
    if (info->si_code <= 0 || number == SIGTRAP || number == SIGSYS) send_again(number, info);
}

/// Signal-safe: system calls. The first thread's crash is the one that is told of.
static void wait_for_first(const ucontext_t *context) {
    note_second_crash(context);
    for (int count = 0; count < second_wait_seconds * 100; count++) {
        if (__atomic_load_n(&is_recorded, __ATOMIC_ACQUIRE)) break;
        struct timespec time = {0, 10000000};
        nanosleep(&time, NULL);
    }
    // The first takes the process with it now, if whoever was there before us does not keep it alive.
    struct timespec time = {1, 0};
    nanosleep(&time, NULL);
}

/// Signal-safe as a whole, with what is said of its parts.
static void handle_crash(int number, siginfo_t *info, void *context) {
    int error = errno, thread = (int)syscall(SYS_gettid), first = 0;
    flycatcher_run *run = flycatcher_watched_run();
    if (run == NULL || run->pid != (uint32_t)getpid()) {
        pass_on(number, info);
    } else if (__atomic_compare_exchange_n(
                   &crashing_thread, &first, thread, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
        crash_began = nanoseconds(CLOCK_MONOTONIC);
        crash_info = info;
        crash_context = context;
        record_crash(run);
        if (options.delivers) deliver_record();
        __atomic_store_n(&is_recorded, 1, __ATOMIC_RELEASE);
        pass_on(number, info);
    } else if (first == thread) {
        if (can_retreat) siglongjmp(retreat, 1);
        pass_on(number, info);
    } else {
        wait_for_first(context);
        if (info->si_code <= 0) send_again(number, info);
    }
    errno = error;
}

/// Signal-safe: system calls. Notes that the process ends because it is asked to, and lets it.
static void handle_end(int number, siginfo_t *info, void *context) {
    (void)context;
    int error = errno;
    flycatcher_run *run = flycatcher_watched_run();
    if (run != NULL && run->pid == (uint32_t)getpid()) {
        __atomic_store_n(&run->state, flycatcher_run_ended, __ATOMIC_RELEASE);
    }
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_handler = SIG_DFL;
    sigaction(number, &action, NULL);
    send_again(number, info);
    errno = error;
}

// MARK: Setting up

static void prepare_once(void) {
    prepare_covering();
    prepare_reading();
#if defined(__GLIBC__)
    abort_text = dlvsym(RTLD_DEFAULT, "__abort_msg", "GLIBC_PRIVATE");
#endif
    // The first unwinding in a process loads what it needs.
    static stack_record stack;
    unwind_stack(0, &stack);
}

/// Puts a handler up where there is none that ignores the signal, or, for the end, none at all.
static void watch(int number, void (*handler)(int, siginfo_t *, void *), bool replaces_others) {
    struct sigaction action, previous;
    if (sigaction(number, NULL, &previous) != 0) return;
    bool is_default = !(previous.sa_flags & SA_SIGINFO) && previous.sa_handler == SIG_DFL;
    bool is_ignored = !(previous.sa_flags & SA_SIGINFO) && previous.sa_handler == SIG_IGN;
    if (is_ignored || (!is_default && !replaces_others)) return;
    memset(&action, 0, sizeof(action));
    action.sa_sigaction = handler;
    // A crash in the handler has to reach it.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    if (previous.sa_sigaction == handler || sigaction(number, &action, NULL) != 0) return;
    previous_actions[number] = previous;
    is_ours[number] = true;
}

bool flycatcher_watch_crashes(const flycatcher_crash_options *new_options) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare_once);
    options = *new_options;
    list_images();
    for (int index = 0; index < crash_signal_count; index++) {
        watch(crash_signals[index], handle_crash, true);
    }
    for (int index = 0; index < end_signal_count; index++) watch(end_signals[index], handle_end, false);
    set_covering(true);
    flycatcher_cover_thread();
    return true;
}

static void unwatch(int number, void (*handler)(int, siginfo_t *, void *)) {
    struct sigaction present;
    if (!is_ours[number] || sigaction(number, NULL, &present) != 0) return;
    if (present.sa_sigaction != handler) return;
    sigaction(number, &previous_actions[number], NULL);
    is_ours[number] = false;
}

void flycatcher_hold_delivery(void) {
    options.delivers = false;
}

void flycatcher_unwatch_crashes(void) {
    set_covering(false);
    for (int index = 0; index < crash_signal_count; index++) unwatch(crash_signals[index], handle_crash);
    for (int index = 0; index < end_signal_count; index++) unwatch(end_signals[index], handle_end);
}

#else

bool flycatcher_watch_crashes(const flycatcher_crash_options *options) {
    (void)options;
    return false;
}

void flycatcher_hold_delivery(void) {}

void flycatcher_unwatch_crashes(void) {}

#endif

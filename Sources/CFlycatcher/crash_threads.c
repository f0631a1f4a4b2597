// Has all threads tell where they are while one of them crashes.

#define _GNU_SOURCE

#include "crash.h"

#if defined(__linux__)

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
    thread_capacity = 256,
    thread_frames = 64,
    /// How long threads are waited for; one that blocks the signal never answers.
    answer_milliseconds = 100,
    /// How long they wait at most for the record to be done, should the crashed thread never come back.
    hold_seconds = 15,
    /// How long they go on waiting then, so that whoever handles the crash next finds the process alive.
    grace_milliseconds = 200,
};

enum { slot_asked = 1, slot_answered = 2, slot_gone = 3 };

typedef struct {
    int thread, state;
    stack_record stack;
} thread_slot;

/// What a thread's stack takes here, of which most is never touched.
static thread_slot slots[thread_capacity];
static int slot_count;
static int is_released;
/// The thread that crashed second, and where.
static int second_thread;
static const ucontext_t *second_context;

/// Signal-safe: system calls.
static void sleep_milliseconds(long count) {
    struct timespec time = {count / 1000, count % 1000 * 1000000};
    // Another signal may end it early, as it may be meant for the thread.
    nanosleep(&time, NULL);
}

/// Signal-safe: system calls.
static uint64_t milliseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/// Signal-safe: the handler of the signal by which threads are held.
static void answer(int number, siginfo_t *info, void *context) {
    (void)number, (void)info;
    // Who blocked the signal so long has nothing to wait for any more.
    if (__atomic_load_n(&is_released, __ATOMIC_ACQUIRE)) return;
    int error = errno, thread = (int)syscall(SYS_gettid);
    int count = __atomic_load_n(&slot_count, __ATOMIC_ACQUIRE);
    for (int index = 0; index < count; index++) {
        thread_slot *slot = &slots[index];
        if (slot->thread != thread) continue;
        bool has_crashed = thread == __atomic_load_n(&second_thread, __ATOMIC_ACQUIRE);
        reader reader = {0, NULL};
        walk_stack(
            position_of(has_crashed ? second_context : context), &reader, &slot->stack, thread_frames, 0);
        __atomic_store_n(&slot->state, slot_answered, __ATOMIC_RELEASE);
        break;
    }
    uint64_t end = milliseconds() + hold_seconds * 1000;
    while (!__atomic_load_n(&is_released, __ATOMIC_ACQUIRE) && milliseconds() < end) sleep_milliseconds(2);
    for (uint64_t grace = milliseconds() + grace_milliseconds; milliseconds() < grace;) {
        sleep_milliseconds(grace_milliseconds);
    }
    errno = error;
}

/// An entry of a folder as the system lists it.
typedef struct {
    uint64_t inode;
    int64_t offset;
    unsigned short size;
    unsigned char type;
    char name[];
} folder_entry;

/// Signal-safe. Zero for what is no number.
static int number_of(const char *text) {
    int number = 0;
    for (; *text >= '0' && *text <= '9'; text++) number = number * 10 + (*text - '0');
    return *text == 0 ? number : 0;
}

/// Signal-safe: system calls. Holds a thread, unless it is listed already.
static void hold(int thread, int own_thread) {
    if (thread == 0 || thread == own_thread || slot_count == thread_capacity) return;
    for (int index = 0; index < slot_count; index++) {
        if (slots[index].thread == thread) return;
    }
    thread_slot *slot = &slots[slot_count];
    slot->thread = thread;
    slot->state = slot_asked;
    __atomic_store_n(&slot_count, slot_count + 1, __ATOMIC_RELEASE);
    if (syscall(SYS_tgkill, getpid(), thread, SIGPROF) != 0) slot->state = slot_gone;
}

/// Signal-safe: system calls.
static void hold_listed(int own_thread) {
    int folder = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    _Alignas(folder_entry) char bytes[2048];
    long count;
    while ((count = syscall(SYS_getdents64, folder, bytes, sizeof(bytes))) > 0) {
        for (long offset = 0; offset < count;) {
            const folder_entry *entry = (const folder_entry *)(bytes + offset);
            hold(number_of(entry->name), own_thread);
            offset += entry->size;
        }
    }
    close(folder);
}

/// Signal-safe.
static bool have_answered(void) {
    for (int index = 0; index < slot_count; index++) {
        if (__atomic_load_n(&slots[index].state, __ATOMIC_ACQUIRE) == slot_asked) return false;
    }
    return true;
}

/// Signal-safe: system calls.
void hold_threads(int own_thread) {
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_sigaction = answer;
    // Of the signals that programs use this is the one that nobody blocks, not even libdispatch.
    action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
    if (sigaction(SIGPROF, &action, NULL) != 0) return;
    // Twice, since a thread may have begun another while it was not yet held.
    for (int round = 0; round < 2; round++) {
        hold_listed(own_thread);
        uint64_t end = milliseconds() + answer_milliseconds;
        for (long pause = 50000; !have_answered() && milliseconds() < end; pause = 500000) {
            struct timespec time = {0, pause};
            nanosleep(&time, NULL);
        }
    }
}

/// Signal-safe: system calls. The name of a thread, as the system has it.
void read_thread_name(int thread, char name[16]) {
    char path[64] = "/proc/self/task/", digits[12];
    int length = (int)strlen(path), count = 0;
    do { digits[count++] = (char)('0' + thread % 10); } while ((thread /= 10) > 0);
    while (count > 0) path[length++] = digits[--count];
    memcpy(path + length, "/comm", 6);
    memset(name, 0, 16);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t size = read(file, name, 16);
    close(file);
    if (size > 0) name[size - 1] = 0;
}

/// Signal-safe: system calls.
void record_threads(void) {
    static const stack_record none;
    for (int index = 0; index < slot_count; index++) {
        int state = __atomic_load_n(&slots[index].state, __ATOMIC_ACQUIRE);
        if (state == slot_gone) continue;
        char name[16];
        read_thread_name(slots[index].thread, name);
        add_stack(
            flycatcher_chunk_thread, slots[index].thread,
            state == slot_answered ? &slots[index].stack : &none, name);
    }
}

/// Signal-safe.
void release_threads(void) {
    __atomic_store_n(&is_released, 1, __ATOMIC_RELEASE);
}

/// Signal-safe.
void note_second_crash(const ucontext_t *context) {
    second_context = context;
    __atomic_store_n(&second_thread, (int)syscall(SYS_gettid), __ATOMIC_RELEASE);
}

#endif

// Walks stacks whose content can be anything, as those of crashed programs can.

#define _GNU_SOURCE

#include "crash.h"
#include "runtime.h"

#if defined(__linux__)

#include <unwind.h>

enum {
    /// How far above the stack pointer a first frame is looked for, in words.
    scan_words = 512,
    /// How far from `swift_job_run` the functions of the Swift runtime lie that run a task.
    runner_distance = 0x4000,
    async_limit = 64,
    /// How large a stack may be.
    stack_limit = 1 << 30,
};

/// Where it exists, unwinding finds its tables without a lock.
extern int _dl_find_object(void *, void *) __attribute__((weak));

/// Signal-safe.
position position_of(const ucontext_t *context) {
#if defined(__x86_64__)
    const greg_t *registers = context->uc_mcontext.gregs;
    return (position){
        (uintptr_t)registers[REG_RIP], (uintptr_t)registers[REG_RBP], (uintptr_t)registers[REG_RSP],
    };
#elif defined(__aarch64__)
    return (position){context->uc_mcontext.pc, context->uc_mcontext.regs[29], context->uc_mcontext.sp};
#else
    return (position){0, 0, 0};
#endif
}

/// Signal-safe. An address of code without what pointer authentication puts into its upper bits.
static inline uint64_t code_address(uintptr_t address) {
#if defined(__aarch64__)
    return address & 0x0000FFFFFFFFFFFF;
#else
    return address;
#endif
}

/// Signal-safe: system calls. Whether an address lies in code behind a call.
static bool is_return_address(uintptr_t address) {
    if (!is_known_code(code_address(address))) return false;
#if defined(__x86_64__)
    uint8_t code[7];
    if (!read_memory(address - sizeof(code), code, sizeof(code))) return false;
    bool is_direct = code[2] == 0xE8;
    // `call` through a register or memory: 0xFF with 2 in the middle of the next byte, and up to five bytes more.
    for (int index = 0; index < 6; index++) {
        if (index != 2 && code[index] == 0xFF && (code[index + 1] & 0x38) == 0x10) return true;
    }
    return is_direct || (code[5] == 0xFF && (code[6] & 0x38) == 0x10);
#else
    return true;
#endif
}

/// What a function keeps at its frame pointer: that of its caller, and where it returns to.
typedef struct {
    uintptr_t caller, return_address;
} frame_link;

/// Signal-safe: system calls.
static bool read_link(reader *reader, uintptr_t frame, frame_link *link) {
    return frame % sizeof(uintptr_t) == 0 && read_word(reader, frame, &link->caller)
        && read_word(reader, frame + sizeof(uintptr_t), &link->return_address);
}

/// Signal-safe: system calls.
static bool is_plausible(position start, reader *reader, uintptr_t frame) {
    frame_link link;
    return frame >= start.stack && frame - start.stack < stack_limit && read_link(reader, frame, &link)
        && is_return_address(link.return_address);
}

/// Signal-safe: system calls. The first frame: where the register points, or else, since the C library is built
/// without frame pointers, the first place above the stack pointer that looks like one.
static uintptr_t first_frame(position start, reader *reader) {
    if (is_plausible(start, reader, start.frame)) return start.frame;
    for (uintptr_t place = start.stack, word = 0; word < scan_words; word++, place += sizeof(uintptr_t)) {
        frame_link link;
        if (!read_link(reader, place, &link)) return 0;
        if (link.caller > place + sizeof(uintptr_t) && link.caller - start.stack < stack_limit
            && is_return_address(link.return_address) && is_plausible(start, reader, link.caller)) return place;
    }
    return 0;
}

/// Signal-safe. Keeps both ends of what is added: the oldest go round in a ring.
static void add(stack_record *stack, size_t newest, size_t oldest, size_t *total, uint64_t address) {
    size_t index = (*total)++;
    if (index < newest) {
        stack->addresses[index] = address;
    } else if (oldest > 0) {
        stack->addresses[newest + (index - newest) % oldest] = address;
    }
}

/// Signal-safe. Turns the ring so that it begins with its newest address.
static void straighten(stack_record *stack, size_t newest, size_t oldest, size_t total) {
    size_t capacity = newest + oldest;
    stack->count = (uint32_t)(total < capacity ? total : capacity);
    stack->gap = total > capacity ? (uint32_t)newest : stack->count;
    if (total <= capacity || oldest == 0) return;
    uint64_t turned[oldest_frames];
    for (size_t index = 0; index < oldest; index++) {
        turned[index] = stack->addresses[newest + (total - newest + index) % oldest];
    }
    for (size_t index = 0; index < oldest; index++) stack->addresses[newest + index] = turned[index];
}

/// Signal-safe: system calls. Adds the places where those go on that await the function of a frame; its context lies
/// below the saved frame pointer, and each context names the one that awaits it.
static bool add_awaiting(stack_record *stack, size_t newest, size_t oldest, size_t *total, uintptr_t frame) {
    uintptr_t context = 0;
    struct {
        uintptr_t parent, resume;
    } head;
    if (!read_memory(frame - sizeof(uintptr_t), &context, sizeof(context))) return false;
    bool is_any = false;
    for (int count = 0; count < async_limit && context % sizeof(uintptr_t) == 0; count++) {
        if (!read_memory(context, &head, sizeof(head)) || !is_known_code(code_address(head.resume))) break;
        add(stack, newest, oldest, total, code_address(head.resume));
        is_any = true;
        context = head.parent;
    }
    return is_any;
}

/// Signal-safe: system calls. Where a jump to no code came from: it has made no frame, and what it would have returned
/// to is still on top of the stack. Zero for all other crashes.
static uint64_t origin_of_wild_jump(position start, reader *reader) {
#if defined(__x86_64__)
    uintptr_t top;
    if (!is_known_code(start.instruction) && read_word(reader, start.stack, &top) && is_return_address(top)) return top;
#else
    (void)start, (void)reader;
#endif
    return 0;
}

/// Signal-safe: system calls.
void walk_stack(position start, reader *reader, stack_record *stack, size_t newest, size_t oldest) {
    uintptr_t runner = flycatcher_has(flycatcher_part_awaiting_functions) ? (uintptr_t)swift_job_run : 0;
    size_t total = 0, async_start = SIZE_MAX;
    add(stack, newest, oldest, &total, code_address(start.instruction));
    uint64_t origin = origin_of_wild_jump(start, reader);
    if (origin != 0) add(stack, newest, oldest, &total, origin);
    uintptr_t frame = first_frame(start, reader), previous = 0;
    for (size_t count = 0; count < walk_limit && frame > previous; count++) {
        frame_link link;
        if (!read_link(reader, frame, &link) || link.return_address == 0) break;
        uintptr_t address = code_address(link.return_address);
        if (runner != 0 && address - runner + runner_distance < 2 * runner_distance) {
            size_t before = total;
            if (add_awaiting(stack, newest, oldest, &total, frame)) {
                async_start = before;
                break;
            }
        }
        add(stack, newest, oldest, &total, address);
        previous = frame;
        frame = link.caller;
    }
    straighten(stack, newest, oldest, total);
    if (async_start != SIZE_MAX && total > stack->count && async_start > newest) {
        size_t left_out = total - stack->count;
        async_start = async_start > newest + left_out ? async_start - left_out : newest;
    }
    stack->async_start = async_start < stack->count ? (uint32_t)async_start : stack->count;
}

typedef struct {
    stack_record *stack;
    uintptr_t instruction;
    bool has_begun;
} unwinding;

static _Unwind_Reason_Code add_unwound(struct _Unwind_Context *context, void *argument) {
    unwinding *unwinding = argument;
    stack_record *stack = unwinding->stack;
    uintptr_t address = _Unwind_GetIP(context);
    // What lies before the crash is the handler's own.
    unwinding->has_begun = unwinding->has_begun || address == unwinding->instruction;
    if (!unwinding->has_begun) return _URC_NO_REASON;
    if (address == 0 || stack->count == newest_frames) return _URC_END_OF_STACK;
    stack->addresses[stack->count++] = code_address(address);
    return _URC_NO_REASON;
}

/// Safe where unwinding takes no locks, which is where it is done; it may crash, which the caller must survive.
void unwind_stack(uintptr_t instruction, stack_record *stack) {
    stack->count = stack->async_start = stack->gap = 0;
    if (_dl_find_object == NULL) return;
    unwinding unwinding = {stack, instruction, false};
    _Unwind_Backtrace(add_unwound, &unwinding);
    stack->async_start = stack->gap = stack->count;
}

#endif

// What the files of the crash handler share. All of it is safe in a signal handler unless it says otherwise: no memory
// is allocated, no lock taken, nothing called but system calls.

#ifndef FLYCATCHER_CRASH_H
#define FLYCATCHER_CRASH_H

#include "CFlycatcher.h"

#if defined(__linux__)

#include <signal.h>
#include <ucontext.h>

enum {
    /// How many calls of either end of a crashed stack are kept; deep recursion is told by both.
    newest_frames = 200,
    oldest_frames = 50,
    frame_capacity = newest_frames + oldest_frames,
    /// How many frames are walked at most, for a stack that runs in circles.
    walk_limit = 4 << 20,
};

/// Where a thread was.
typedef struct {
    uintptr_t instruction, frame, stack;
} position;

/// Addresses of a stack, the newest first.
typedef struct {
    uint64_t addresses[frame_capacity];
    uint32_t count, async_start, gap;
} stack_record;

/// Reads memory that may not be there; `page` holds what was read last, and may be null.
typedef struct {
    uintptr_t page_address;
    uint8_t *page;
} reader;

enum { reader_page = 4096 };

// MARK: memory.c

/// Prepares reading; not for a signal handler.
void prepare_reading(void);

/// Copies memory, and fails where there is none to be read.
bool read_memory(uintptr_t address, void *bytes, size_t count);

bool read_word(reader *reader, uintptr_t address, uintptr_t *word);

// MARK: crash_images.c

/// Lists what is in memory, if that has changed; not for a signal handler.
void list_images(void);

/// Whether an address lies in code of a program or library.
bool is_known_code(uintptr_t address);

/// The payload of the chunk that tells about images.
const void *listed_images(size_t *count);

// MARK: crash_walk.c

position position_of(const ucontext_t *context);

/// Walks a stack by its frame pointers, and along the tasks that await; keeps `limit` addresses at most.
void walk_stack(position start, reader *reader, stack_record *stack, size_t newest, size_t oldest);

/// Walks the stack of the running thread by the tables for unwinding, which is slower and may crash.
void unwind_stack(uintptr_t instruction, stack_record *stack);

// MARK: crash_threads.c

/// Stops all other threads and has each of them note its stack; they wait until they are released.
void hold_threads(int own_thread);

/// Adds a chunk for each thread that was held.
void record_threads(void);

void release_threads(void);

/// Reads the name of a thread, as the system has it; empty where there is none.
void read_thread_name(int thread, char name[16]);

/// Says where the running thread crashed, for when it is held while it waits.
void note_second_crash(const ucontext_t *context);

// MARK: crash_record.c

/// Begins a record in the run's file.
void begin_record(flycatcher_run *run);

/// Adds a chunk; what has been added counts, whatever becomes of the rest.
void add_chunk(uint32_t kind, const void *bytes, size_t count);

/// Adds a stack, with the name of its thread if there is one.
void add_stack(uint32_t kind, int thread, const stack_record *stack, const char name[16]);

// MARK: cover.c

/// Prepares covering threads; not for a signal handler.
void prepare_covering(void);

void set_covering(bool is_wanted);

// MARK: deliver.c

/// Starts the program anew to send the record, and waits for it, five seconds at most.
void deliver_record(void);

#endif
#endif

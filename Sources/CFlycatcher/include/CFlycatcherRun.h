// The file that tells what became of a run of the program: what its process keeps in it while it lives, and what the
// crash handler adds at the end.

#ifndef FLYCATCHER_RUN_H
#define FLYCATCHER_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A run's file is mapped into memory, so that what is written there outlives the process, however it ends:
//
//   header │ facts │ slots of the scopes │ journal │ crash record
//
// Facts are written once. Each slot holds the newest of a scope's states, and the one before while it is replaced. The
// journal is a ring of entries. The crash record is a list of chunks that only grows.
enum {
    flycatcher_run_version = 1,
    flycatcher_facts_offset = 4096,
    flycatcher_facts_capacity = 28672,
    flycatcher_slots_offset = 32768,
    flycatcher_slot_capacity = 16384,
    flycatcher_slot_count = 3,
    flycatcher_journal_offset = 131072,
    flycatcher_journal_capacity = 262144,
    flycatcher_crash_offset = 393216,
    flycatcher_crash_capacity = 262144,
    flycatcher_run_size = 655360,
};

/// How far a run has come.
enum {
    flycatcher_run_alive = 1,
    /// It ended as it should, or as it was asked to.
    flycatcher_run_ended = 2,
    /// The crash handler has begun its record, and
    flycatcher_run_crashed = 3,
    /// has finished it.
    flycatcher_run_recorded = 4,
};

/// One of the two places of a slot.
typedef struct {
    uint64_t length;
    uint64_t check;
} flycatcher_slot_half;

typedef struct {
    /// Odd while it is replaced; the half that holds is `version / 2 % 2`.
    uint64_t version;
    flycatcher_slot_half halves[2];
} flycatcher_slot;

/// The beginning of the file.
typedef struct {
    uint64_t magic;
    uint32_t version;
    uint32_t pid;
    /// When the process began, in the clock ticks of `/proc/PID/stat`, which with its number is its identity.
    uint64_t start_ticks;
    uint64_t boot_id[2];
    /// The event that a crash, or an end without a word, will be.
    uint8_t event_id[16];
    /// Microseconds since 1970.
    uint64_t started_at;
    /// The file of the program.
    uint64_t device, inode;

    /// From here on what changes; a word is written whole.
    uint64_t state;
    uint64_t is_delivered;
    /// Whether the app has been told that it crashed.
    uint64_t is_told;
    /// How often someone has begun to report it.
    uint64_t attempts;
    /// The number of the next update of the run's session, and in the upper half how many errors it counts.
    uint64_t session;
    uint64_t open_requests;
    /// When the last breadcrumb came, in microseconds since 1970.
    uint64_t last_sign;
    uint64_t facts_length, facts_check;
    uint64_t journal_end;
    uint64_t crash_length;
    flycatcher_slot slots[flycatcher_slot_count];
} flycatcher_run;

/// The first eight bytes: `FLYRUN1` and a line feed.
static const uint64_t flycatcher_run_magic = 0x0A314E5552594C46;

/// What stands before each entry of the journal.
typedef struct {
    /// Where it begins, counted from the first entry ever.
    uint64_t position;
    uint32_t length;
    uint32_t check;
} flycatcher_entry;

/// What stands before each chunk of a crash record; chunks begin at multiples of eight.
typedef struct {
    uint32_t kind;
    uint32_t length;
    uint64_t check;
} flycatcher_chunk;

/// What a chunk tells.
enum {
    /// A ``flycatcher_signal_chunk``.
    flycatcher_chunk_signal = 1,
    /// The general registers in the order of the processor, as words.
    flycatcher_chunk_registers = 2,
    /// The text with which the Swift runtime ended the process.
    flycatcher_chunk_fatal_text = 3,
    /// The text with which the C library did.
    flycatcher_chunk_abort_text = 4,
    /// A ``flycatcher_stack_chunk``: the crashed thread by its frame pointers,
    flycatcher_chunk_stack = 5,
    /// the same by the tables for unwinding,
    flycatcher_chunk_unwound = 6,
    /// another thread,
    flycatcher_chunk_thread = 7,
    /// and where the error was thrown that ended the program.
    flycatcher_chunk_throw = 8,
    /// The images in memory, each a ``flycatcher_image_entry``, a build id and a path.
    flycatcher_chunk_images = 9,
    /// A ``flycatcher_scope_marks``.
    flycatcher_chunk_scopes = 10,
    /// The kind of a chunk that could not be made because making it crashed.
    flycatcher_chunk_fault = 11,
    /// How long it took, in nanoseconds: until the crashed thread was recorded, until all threads were.
    flycatcher_chunk_times = 12,
};

typedef struct {
    int32_t number, code, error, thread;
    uint64_t address, moment;
    uint64_t instruction;
} flycatcher_signal_chunk;

typedef struct {
    uint32_t thread;
    uint32_t count;
    /// From which on addresses are places where awaiting functions go on.
    uint32_t async_start;
    /// Where calls in the middle are left out; the count where none are.
    uint32_t gap;
    char name[16];
    // uint64_t addresses[count], the newest first
} flycatcher_stack_chunk;

typedef struct {
    uint64_t address, size;
    uint16_t build_id_count, path_count;
    uint32_t padding;
    // uint8_t build_id[build_id_count]; char path[path_count]
} flycatcher_image_entry;

/// The scopes that were in force on the crashed thread, by number, and where in a trace it was; zero is unknown.
typedef struct {
    uint64_t isolation, current;
    uint64_t trace_high, trace_low, span;
} flycatcher_scope_marks;

/// A sum over bytes that tells whether they are all there and in order.
uint64_t flycatcher_check(const void *bytes, size_t count);

// MARK: While the run lives

/// Makes the file of a run, with its place on the disk, locked and mapped; null when that can't be done.
///
/// - path: null for a file without a name, which is gone with the process.
/// - file: receives the open file, on which the lock depends.
flycatcher_run *flycatcher_create_run(const char *path, int *file);

/// Unmaps a run that nobody writes to any more.
void flycatcher_discard_run(flycatcher_run *run);

/// Locks a file until it is closed by this process, or this process ends; false when another has it.
bool flycatcher_lock_file(int file);

/// Puts the crash handler, the journal and the slots at work on a run's file; null lets go of it.
void flycatcher_watch_run(flycatcher_run *run, int file);

/// The run at work; null when there is none, or in the child of a fork.
flycatcher_run *flycatcher_watched_run(void);

/// The open file of the run at work.
int flycatcher_watched_file(void);

/// Notes when the run was last heard of.
void flycatcher_note_sign(uint64_t moment);

/// Notes what the session of a run has come to.
void flycatcher_note_session(flycatcher_run *run, uint32_t sequence, uint32_t error_count);

/// Counts a request that begins, or less than none for one that ends.
void flycatcher_count_request(int64_t difference);

/// Writes the newest state of the process's scope of that number; the caller sees to it that it is the only one.
void flycatcher_write_slot(uint32_t number, const void *bytes, size_t count);

/// Adds an entry to the journal, from any thread.
void flycatcher_append(const void *bytes, size_t count);

/// Gives the running thread a stack on which the overflow of its own can be told of; once per thread, for nothing
/// while no handler is at work.
void flycatcher_cover_thread(void);

// MARK: The handler

/// What the handler is told beforehand, since it can't find out itself.
typedef struct {
    /// The key under which a task keeps its scopes.
    const void *scopes_key;
    /// Whether a record is delivered at once.
    bool delivers;
} flycatcher_crash_options;

/// Puts the handler up, once, and has it work by these options; false where the platform is not known to it.
bool flycatcher_watch_crashes(const flycatcher_crash_options *options);

/// Takes the handler away wherever nobody has put another in its place.
void flycatcher_unwatch_crashes(void);

/// Lists anew what is in memory, if that has changed.
void flycatcher_refresh_images(void);

/// Prepares the delivery of records at the time of a crash; false when the program is one that must not start itself.
bool flycatcher_prepare_delivery(void);

/// Has records wait for the next start from now on, because only the app's own functions may say what is sent.
void flycatcher_hold_delivery(void);

#endif

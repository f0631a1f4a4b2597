// Where errors are thrown: recorded at each throw, looked up when an error is reported.

#ifndef FLYCATCHER_THROWS_H
#define FLYCATCHER_THROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// By which rules throws are recorded.
typedef struct {
    /// The metadata of types whose errors are passed over, of which the first 32 count.
    const void *const *passed_over;
    size_t passed_over_count;
    /// How many throws of a thread are recorded within 10 ms; further ones are passed over. Zero for 2000.
    uint32_t burst;
} flycatcher_throw_rules;

/// Records where errors are thrown from now on, as far as the runtime has hooks for that. Whoever listens already goes on
/// hearing of every throw. Again, it changes the rules.
///
/// Returns false when the runtime has no hook.
bool flycatcher_record_throws(const flycatcher_throw_rules *rules);

/// Stops recording and lets go of what was recorded. The hooks stay where others may call them.
void flycatcher_forget_throws(void);

/// Whether the hooks are no longer the first to be called, and it is not yet known that those who are pass calls on.
bool flycatcher_throws_may_be_unheard(void);

/// How many throws of the running thread the hooks were called for.
uint64_t flycatcher_throws_heard(void);

/// Takes it that those who are called first pass calls on.
void flycatcher_trust_throw_hooks(void);

/// Puts the hooks first once more. Once in a process only: someone who takes their place again wants it.
bool flycatcher_restore_throw_hooks(void);

/// What is known about a throw besides its stack.
typedef struct {
    /// How many addresses there are, and the index of the first of an awaiting function.
    size_t count, async_start;
    /// Since the error was thrown for the first time.
    uint64_t age_ns;
    /// How often it was thrown on.
    uint32_t rethrows;
    /// Whether it may be another error of the same type and value: the box that was thrown is not the one asked for.
    bool is_approximate;
} flycatcher_throw;

/// The most addresses that a throw has.
enum { flycatcher_throw_capacity = 64 };

/// Names the task that runs, or else the thread: what throws are told apart by.
uint64_t flycatcher_context(void);

/// Finds where an error was thrown: the same box, else the newest throw in that context of the same type and bytes.
/// Takes no memory, and waits for nobody longer than a few dozen rounds.
///
/// - box: what an `any Error` points to.
/// - addresses: has room for `flycatcher_throw_capacity`.
bool flycatcher_find_throw(const void *box, uint64_t context, uint64_t *addresses, flycatcher_throw *found);

/// The error that was thrown last in the context, if that is no longer ago and the error still lives; the caller owns
/// the reference. Null otherwise.
void *flycatcher_last_thrown(uint64_t context, uint64_t longest_ago_ns);

/// The stack of the throw that a thread, or any with `thread` -1, made last. Safe in signal handlers: takes no lock,
/// and passes over what is just being written.
///
/// - thread: as `gettid` says.
/// - age_ns: receives how long ago it was.
///
/// Returns how many addresses there are, zero when there was no throw.
size_t flycatcher_newest_throw(
    int64_t thread, uint64_t *addresses, size_t capacity, size_t *async_start, uint64_t *age_ns);

#endif

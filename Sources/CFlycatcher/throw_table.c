// Remembers throws: each a slot in one of many small sets, by the box that is thrown.

#define _GNU_SOURCE

#include "throw_table.h"

#include <string.h>

#include "walk.h"

enum {
    set_bits = 8,
    set_count = 1 << set_bits,
    way_count = 4,
    slot_count = set_count * way_count,
    /// How many bytes of an error's value tell it from others of its type.
    payload_capacity = 32,
    /// How many of the addresses are those of the oldest calls.
    oldest_addresses = 12,
    /// How far a stack is walked: what lies beyond costs more than it explains.
    walk_limit = 1024,
    /// How many of the newest addresses may be the runtime's own, on the way to the hook.
    runtime_addresses = 8,
    /// No function of the runtime that leads to the hook is longer.
    runtime_function_size = 0x100,
    /// How often a set is found taken before the throw, or the question, is given up.
    patience = 64,
};

/// How long after a throw another box of the same type and value is taken for the same error.
static const uint64_t approximate_age_ns = 5000000000;
/// How long after its last throw an error that is thrown again is thrown anew: it is a constant, then.
static const uint64_t renewal_age_ns = 60000000000;

/// Where a throw was, and what tells its error from others of the type.
typedef struct {
    uint64_t thrown_at;
    int64_t thread;
    uint32_t rethrows;
    uint16_t count, async_start;
    uint32_t payload_count;
    unsigned char payload[payload_capacity];
    uint64_t addresses[flycatcher_throw_capacity];
} slot;

/// What slots are searched by, apart from them so that it lies close together.
typedef struct {
    /// Odd while someone reads or writes; signal handlers know by it what they must not believe.
    _Alignas(64) _Atomic uint32_t version;
    /// Null where the value had none. Its memory is ours until the slot is used again.
    _Atomic uintptr_t boxes[way_count];
    _Atomic uintptr_t types[way_count];
    _Atomic uint64_t contexts[way_count];
    /// When it was thrown, or thrown on; zero where the slot is free.
    _Atomic uint64_t seen_at[way_count];
} set;

static set sets[set_count];
static slot slots[set_count][way_count];

static _Atomic uint64_t first_tick, first_ns;

#define get(field) atomic_load_explicit(&(field), memory_order_relaxed)
#define put(field, value) atomic_store_explicit(&(field), (value), memory_order_relaxed)

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/// How long ago something was; safe in signal handlers.
static uint64_t age_ns(uint64_t tick) {
    uint64_t now = ticks(), begin = get(first_tick), elapsed_ns = now_ns() - get(first_ns);
    if (tick >= now || now <= begin) return 0;
    return (uint64_t)((double)(now - tick) * ((double)elapsed_ns / (double)(now - begin)));
}

void flycatcher_open_throw_table(void) {
    uint64_t none = 0;
    if (atomic_compare_exchange_strong(&first_ns, &none, now_ns())) put(first_tick, ticks());
}

// MARK: Sets

static inline uint32_t set_index(uint64_t key) {
    return (uint32_t)((key * 0x9E3779B97F4A7C15) >> (64 - set_bits));
}

static inline uint32_t set_of_box(const void *box) { return set_index((uintptr_t)box >> 4); }

/// Values without a box find their set by who threw them and what they are.
static inline uint32_t set_of_value(const void *type, uint64_t context) {
    return set_index((uintptr_t)type ^ (context << 16));
}

/// Takes a set for oneself; gives up soon, since whoever has it may have been interrupted.
static inline bool take(set *set) {
    for (int attempt = 0; attempt < patience; attempt++) {
        uint32_t version = atomic_load_explicit(&set->version, memory_order_relaxed);
        if (version % 2 == 0
            && atomic_compare_exchange_weak_explicit(
                &set->version, &version, version + 1, memory_order_acquire, memory_order_relaxed)) {
            // What is written next must not be seen before the version.
            atomic_thread_fence(memory_order_release);
            return true;
        }
    }
    return false;
}

static inline void give_back(set *set) { atomic_fetch_add_explicit(&set->version, 1, memory_order_release); }

/// Whether an error's end has come, so that only the table keeps its memory.
static inline bool is_gone(uintptr_t box) {
    if (box == 0 || !flycatcher_has(flycatcher_part_unowned_references)) return true;
    return swift_unownedRetainCount != NULL && swift_unownedRetainCount((void *)box) < 2;
}

/// The way that a new throw gets: a free one, else the oldest whose error is gone, else the oldest. So the many throws of
/// one busy thread do not drive out an error that someone still holds.
static uint32_t victim(const set *set) {
    uint32_t oldest = 0, oldest_gone = way_count;
    for (uint32_t way = 0; way < way_count; way++) {
        uint64_t seen_at = get(set->seen_at[way]);
        if (seen_at == 0) return way;
        if (seen_at < get(set->seen_at[oldest])) oldest = way;
        if (oldest_gone < way_count && seen_at >= get(set->seen_at[oldest_gone])) continue;
        if (is_gone(get(set->boxes[way]))) oldest_gone = way;
    }
    return oldest_gone < way_count ? oldest_gone : oldest;
}

// MARK: Adding

/// Copies what tells the error from others of its type. The size stands in the table of functions before the metadata.
static void copy_payload(const error_value *error, unsigned char *payload, uint32_t *count) {
    enum { size_index = 8 };
    *count = 0;
    if (error->type == NULL || error->value == NULL) return;
    const uintptr_t *const *metadata = error->type;
    uintptr_t size = metadata[-1][size_index];
    *count = size < payload_capacity ? (uint32_t)size : payload_capacity;
    memcpy(payload, error->value, *count);
}

/// How many of the newest addresses lie on the runtime's way to the hook: all up to its own function.
static size_t own_count(const uint64_t *addresses, size_t count) {
    uint64_t runtime = (uint64_t)(uintptr_t)swift_willThrow;
    if (runtime == 0) return 0;
    size_t limit = count < runtime_addresses ? count : runtime_addresses;
    for (size_t index = limit; index > 0; index--) {
        if (addresses[index - 1] - runtime < runtime_function_size) return index;
    }
    return 0;
}

/// Which way holds a box; the count of ways when none does. Only who has an error can ask for it, and who has it has
/// seen it thrown, so that no other thread is about to change the answer.
static inline uint32_t way_of(const set *set, const void *box) {
    uint32_t way = 0;
    while (way < way_count && get(set->boxes[way]) != (uintptr_t)box) way++;
    return way;
}

/// Notes that the error of a slot was thrown on.
static void throw_on(set *set, uint32_t index, uint32_t way, thrower by, uint64_t now) {
    slots[index][way].rethrows++;
    slots[index][way].thread = by.thread;
    put(set->contexts[way], by.context);
    put(set->seen_at[way], now);
}

/// Whether a throw, with the stack of it, is the throwing on of what a slot holds, where an address may be that of another
/// error meanwhile: who throws on what it has called is called from where that was called from too.
static bool continues(const slot *known, const slot *next) {
    if (next->payload_count != known->payload_count || next->count >= known->count) return false;
    if (memcmp(next->payload, known->payload, known->payload_count) != 0) return false;
    size_t common = next->count > 0 ? next->count - 1u : 0;
    return memcmp(
        known->addresses + known->count - common, next->addresses + next->count - common,
        common * sizeof(*known->addresses)) == 0;
}

/// Fills a slot with where the throw is. It takes longest, and is done before the set is taken.
static void describe(slot *slot, const error_value *error, thrower by, uintptr_t frame, uint64_t now) {
    size_t async_start = 0;
    size_t count = flycatcher_walk_from(
        frame, slot->addresses, flycatcher_throw_capacity - oldest_addresses, oldest_addresses, walk_limit, &async_start);
    size_t own = own_count(slot->addresses, count);
    memmove(slot->addresses, slot->addresses + own, (count - own) * sizeof(*slot->addresses));
    slot->count = (uint16_t)(count - own);
    slot->async_start = (uint16_t)(async_start > own ? async_start - own : 0);
    slot->thrown_at = now;
    slot->thread = by.thread;
    slot->rethrows = 0;
    copy_payload(error, slot->payload, &slot->payload_count);
}

/// Copies as much of a slot as is used.
static inline void copy(slot *to, const slot *from) {
    memcpy(to, from, offsetof(slot, addresses) + from->count * sizeof(*from->addresses));
}

/// Counts an error that is thrown on; false when it is thrown for the first time.
static bool is_counted(set *set, uint32_t index, void *box, thrower by, uint64_t now) {
    uint32_t way = way_of(set, box);
    if (way == way_count || !flycatcher_has(flycatcher_part_unowned_references)) return false;
    // A constant that is thrown again is thrown anew.
    if (age_ns(get(set->seen_at[way])) > renewal_age_ns || !take(set)) return false;
    bool is_same = get(set->boxes[way]) == (uintptr_t)box;
    if (is_same) throw_on(set, index, way, by, now);
    give_back(set);
    return is_same;
}

void flycatcher_add_throw(void *box, const error_value *error, thrower by, uintptr_t frame) {
    uint64_t now = ticks();
    uint32_t index = box != NULL ? set_of_box(box) : set_of_value(error->type, by.context);
    set *set = &sets[index];
    bool holds = box != NULL && flycatcher_has(flycatcher_part_unowned_references);
    if (holds && is_counted(set, index, box, by, now)) return;
    slot next;
    describe(&next, error, by, frame, now);

    if (!take(set)) return;
    uint32_t way = box != NULL ? way_of(set, box) : way_count;
    bool is_known = way < way_count;
    if (is_known && !holds && get(set->contexts[way]) == by.context && continues(&slots[index][way], &next)) {
        throw_on(set, index, way, by, now);
        return give_back(set);
    }
    if (!is_known) way = victim(set);
    uintptr_t unused = get(set->boxes[way]);
    copy(&slots[index][way], &next);
    put(set->boxes[way], (uintptr_t)box);
    put(set->types[way], (uintptr_t)error->type);
    put(set->contexts[way], by.context);
    put(set->seen_at[way], now);
    if (holds && !is_known) swift_unownedRetain(box);
    give_back(set);
    // The last reference to a place in memory gives it back, which is not for others to wait for.
    if (unused != 0 && !is_known && flycatcher_has(flycatcher_part_unowned_references)) {
        swift_unownedRelease((void *)unused);
    }
}

// MARK: Finding

/// Copies a slot for the caller.
static void report(const slot *slot, bool is_approximate, uint64_t *addresses, flycatcher_throw *found) {
    found->count = slot->count;
    found->async_start = slot->async_start;
    found->age_ns = age_ns(slot->thrown_at);
    found->rethrows = slot->rethrows;
    found->is_approximate = is_approximate;
    memcpy(addresses, slot->addresses, slot->count * sizeof(*addresses));
}

static bool find_box(const void *box, uint64_t *addresses, flycatcher_throw *found) {
    uint32_t index = set_of_box(box);
    if (way_of(&sets[index], box) == way_count || !take(&sets[index])) return false;
    uint32_t way = way_of(&sets[index], box);
    if (way < way_count) report(&slots[index][way], false, addresses, found);
    give_back(&sets[index]);
    return way < way_count;
}

/// Finds the newest throw in a context of an error that is equal as far as can be seen.
static bool find_equal(const error_value *error, uint64_t context, uint64_t *addresses, flycatcher_throw *found) {
    unsigned char payload[payload_capacity];
    uint32_t payload_count;
    copy_payload(error, payload, &payload_count);
    uint64_t newest = 0;
    for (uint32_t index = 0; index < set_count; index++) {
        set *set = &sets[index];
        for (uint32_t way = 0; way < way_count; way++) {
            if (get(set->contexts[way]) != context || get(set->types[way]) != (uintptr_t)error->type) continue;
            if (get(set->seen_at[way]) <= newest || !take(set)) continue;
            const slot *slot = &slots[index][way];
            uint64_t seen_at = get(set->seen_at[way]);
            bool is_equal = get(set->types[way]) == (uintptr_t)error->type && slot->payload_count == payload_count
                && memcmp(slot->payload, payload, payload_count) == 0;
            if (is_equal && age_ns(seen_at) <= approximate_age_ns) {
                newest = seen_at;
                report(slot, true, addresses, found);
            }
            give_back(set);
        }
    }
    return newest > 0;
}

bool flycatcher_find_throw(const void *box, uint64_t context, uint64_t *addresses, flycatcher_throw *found) {
    error_value error;
    box = flycatcher_innermost_box(box, &error);
    // Without a reference the same address may be that of a younger error.
    if (flycatcher_has(flycatcher_part_unowned_references) && find_box(box, addresses, found)) return true;
    return error.type != NULL && find_equal(&error, context, addresses, found);
}

void *flycatcher_last_thrown(uint64_t context, uint64_t longest_ago_ns) {
    if (!flycatcher_has(flycatcher_part_living_errors)) return NULL;
    if (!flycatcher_has(flycatcher_part_unowned_references)) return NULL;
    uint64_t newest = 0;
    uint32_t newest_index = 0, newest_way = 0;
    for (uint32_t index = 0; index < set_count; index++) {
        for (uint32_t way = 0; way < way_count; way++) {
            uint64_t seen_at = get(sets[index].seen_at[way]);
            if (seen_at <= newest || get(sets[index].contexts[way]) != context) continue;
            newest = seen_at;
            newest_index = index;
            newest_way = way;
        }
    }
    set *set = &sets[newest_index];
    if (newest == 0 || age_ns(newest) > longest_ago_ns || !take(set)) return NULL;
    void *box = (void *)get(set->boxes[newest_way]);
    bool is_same = get(set->seen_at[newest_way]) == newest && get(set->contexts[newest_way]) == context;
    void *error = is_same && box != NULL ? swift_tryRetain(box) : NULL;
    give_back(set);
    return error;
}

/// Reads what may be written at the same time; the version tells whether it was.
__attribute__((no_sanitize("address", "thread")))
static size_t read_slot(
    const set *set, const volatile slot *slot, int64_t thread, uint64_t *addresses, size_t *async_start) {
    uint32_t version = atomic_load_explicit(&set->version, memory_order_acquire);
    size_t count = slot->count, start = slot->async_start;
    if (version % 2 == 1 || count > flycatcher_throw_capacity || (thread >= 0 && slot->thread != thread)) return 0;
    for (size_t index = 0; index < count; index++) addresses[index] = slot->addresses[index];
    atomic_thread_fence(memory_order_acquire);
    if (get(set->version) != version) return 0;
    *async_start = start;
    return count;
}

size_t flycatcher_newest_throw(
    int64_t thread, uint64_t *addresses, size_t capacity, size_t *async_start, uint64_t *age) {
    uint64_t newest = 0, read[flycatcher_throw_capacity];
    size_t count = 0;
    for (uint32_t index = 0; index < set_count; index++) {
        for (uint32_t way = 0; way < way_count; way++) {
            uint64_t seen_at = get(sets[index].seen_at[way]);
            size_t start = 0;
            if (seen_at <= newest) continue;
            size_t found = read_slot(&sets[index], &slots[index][way], thread, read, &start);
            if (found == 0) continue;
            newest = seen_at;
            count = found < capacity ? found : capacity;
            *async_start = start < count ? start : count;
            for (size_t address = 0; address < count; address++) addresses[address] = read[address];
        }
    }
    *age = newest > 0 ? age_ns(newest) : 0;
    return count;
}

// MARK: The end

static void clear(set *set) {
    for (uint32_t way = 0; way < way_count; way++) {
        put(set->boxes[way], 0);
        put(set->types[way], 0);
        put(set->contexts[way], 0);
        put(set->seen_at[way], 0);
    }
}

void flycatcher_empty_throw_table(void) {
    for (uint32_t index = 0; index < set_count; index++) {
        set *set = &sets[index];
        uintptr_t boxes[way_count];
        if (!take(set)) continue;
        for (uint32_t way = 0; way < way_count; way++) boxes[way] = get(set->boxes[way]);
        clear(set);
        give_back(set);
        if (!flycatcher_has(flycatcher_part_unowned_references)) continue;
        for (uint32_t way = 0; way < way_count; way++) {
            if (boxes[way] != 0) swift_unownedRelease((void *)boxes[way]);
        }
    }
}

void flycatcher_mend_throw_table(void) {
    for (uint32_t index = 0; index < set_count; index++) {
        set *set = &sets[index];
        if (get(set->version) % 2 == 0) continue;
        // Whatever stood there may be half written; its places in memory are lost to the child.
        clear(set);
        give_back(set);
    }
}

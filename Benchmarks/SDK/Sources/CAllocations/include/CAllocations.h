// Counts the memory allocations of the calling thread, or of all.

#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

#include <stdbool.h>
#include <stdint.h>

/// How often the calling thread has asked for memory so far; 0 where allocations cannot be counted.
uint64_t callocations_count(void);

/// Has the allocations of all threads counted too, which is slower, or no longer.
void callocations_watch_all(bool watches);

/// How often any thread has asked for memory while all were watched; 0 where allocations cannot be counted.
uint64_t callocations_count_of_all(void);

#endif

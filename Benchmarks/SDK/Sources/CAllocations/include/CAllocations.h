// Counts the memory allocations of the calling thread.

#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

#include <stdint.h>

/// How often the calling thread has asked for memory so far; 0 where allocations cannot be counted.
uint64_t callocations_count(void);

#endif

// Shows the locks of Swift's Synchronization module to Thread Sanitizer, which cannot see them on Linux.

#ifndef CVISIBLELOCKS_H
#define CVISIBLELOCKS_H

#include <stdbool.h>

/// Whether the program was built with Thread Sanitizer.
bool visible_locks_are_sanitized(void);

#endif

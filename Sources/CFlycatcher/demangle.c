// Makes names for people of the linker's names, by what the runtime of Swift offers.

#include "CFlycatcher.h"

#include <string.h>

/// What the runtime shortens the names of its own reports with; older ones lack it.
extern char *_swift_backtrace_demangle(const char *, size_t, char *, size_t *) __attribute__((weak));
extern bool _swift_backtrace_isThunkFunction(const char *) __attribute__((weak));
/// The names in full.
extern char *swift_demangle(const char *, size_t, char *, size_t *, uint32_t) __attribute__((weak));

char *flycatcher_demangle(const char *symbol) {
#if defined(__linux__)
    if (_swift_backtrace_demangle) return _swift_backtrace_demangle(symbol, strlen(symbol), NULL, NULL);
#endif
    return swift_demangle ? swift_demangle(symbol, strlen(symbol), NULL, NULL, 0) : NULL;
}

bool flycatcher_is_thunk(const char *symbol) {
#if defined(__linux__)
    if (_swift_backtrace_isThunkFunction) return _swift_backtrace_isThunkFunction(symbol);
#endif
    return false;
}

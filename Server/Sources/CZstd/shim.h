// What Swift sees of the system library.
#include <zstd.h>

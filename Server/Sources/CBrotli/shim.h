// What Swift sees of the system library.
#include <brotli/decode.h>

// What Swift sees of the system library.
#include <libdeflate.h>

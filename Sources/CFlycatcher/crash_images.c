// Lists the images in memory beforehand, since the list cannot be asked for in a signal handler.

#define _GNU_SOURCE

#include "crash.h"

#if defined(__linux__)

#include <link.h>
#include <string.h>

enum {
    list_capacity = 65536,
    range_capacity = 512,
    path_limit = 1024,
    /// A build id has twenty bytes; what says otherwise is none.
    build_id_limit = 64,
};

typedef struct {
    uintptr_t start, end;
} code_range;

/// One of two lists: while one is made the other holds.
typedef struct {
    uint8_t bytes[list_capacity];
    size_t count;
    code_range ranges[range_capacity];
    size_t range_count;
} image_list;

static image_list lists[2];
static image_list *current_list;
static uint64_t listed_generation;
static int is_listing;

static void add_image(const flycatcher_image *image, void *context) {
    image_list *list = context;
    flycatcher_image_entry entry = {image->address, image->size, 0, 0, 0};
    size_t path_count = image->path == NULL ? 0 : strnlen(image->path, path_limit);
    entry.build_id_count = image->build_id_count <= build_id_limit ? (uint16_t)image->build_id_count : 0;
    entry.path_count = (uint16_t)path_count;
    size_t size = sizeof(entry) + entry.build_id_count + path_count;
    if (list->count + size > list_capacity) return;
    uint8_t *next = list->bytes + list->count;
    memcpy(next, &entry, sizeof(entry));
    next += sizeof(entry);
    if (entry.build_id_count > 0) memcpy(next, image->build_id, entry.build_id_count);
    if (path_count > 0) memcpy(next + entry.build_id_count, image->path, path_count);
    list->count += size;
}

static int add_ranges(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    image_list *list = context;
    for (int index = 0; index < info->dlpi_phnum && list->range_count < range_capacity; index++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[index];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X)) continue;
        uintptr_t start = info->dlpi_addr + segment->p_vaddr;
        list->ranges[list->range_count++] = (code_range){start, start + segment->p_memsz};
    }
    return 0;
}

void list_images(void) {
    // Whoever comes second has nothing to do.
    if (__atomic_exchange_n(&is_listing, 1, __ATOMIC_ACQUIRE) != 0) return;
    uint64_t generation = flycatcher_image_generation();
    image_list *known = __atomic_load_n(&current_list, __ATOMIC_ACQUIRE);
    if (known == NULL || generation != listed_generation) {
        image_list *list = known == &lists[0] ? &lists[1] : &lists[0];
        list->count = list->range_count = 0;
        flycatcher_visit_images(add_image, list);
        dl_iterate_phdr(add_ranges, list);
        listed_generation = generation;
        __atomic_store_n(&current_list, list, __ATOMIC_RELEASE);
    }
    __atomic_store_n(&is_listing, 0, __ATOMIC_RELEASE);
}

/// Signal-safe: reads static memory.
bool is_known_code(uintptr_t address) {
    const image_list *list = __atomic_load_n(&current_list, __ATOMIC_ACQUIRE);
    if (list == NULL) return false;
    for (size_t index = 0; index < list->range_count; index++) {
        if (address >= list->ranges[index].start && address < list->ranges[index].end) return true;
    }
    return false;
}

/// Signal-safe: reads static memory.
const void *listed_images(size_t *count) {
    const image_list *list = __atomic_load_n(&current_list, __ATOMIC_ACQUIRE);
    *count = list == NULL ? 0 : list->count;
    return list == NULL ? NULL : list->bytes;
}

void flycatcher_refresh_images(void) {
    if (current_list != NULL) list_images();
}

#else

void flycatcher_refresh_images(void) {}

#endif

// Lists the programs and libraries in memory, with the names that debug information is found by.

#define _GNU_SOURCE

#include "CFlycatcher.h"

#if defined(__linux__)

#include <link.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    void (*visit)(const flycatcher_image *, void *);
    void *context;
} visitor;

static uintptr_t page_start(uintptr_t address) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    return address & ~(page - 1);
}

/// Finds the build id among the notes of a segment: each has a name and a value, padded to four bytes.
static void read_notes(const uint8_t *note, const uint8_t *end, flycatcher_image *image) {
    while (end - note >= (ptrdiff_t)sizeof(ElfW(Nhdr))) {
        const ElfW(Nhdr) *header = (const ElfW(Nhdr) *)note;
        size_t name_size = (header->n_namesz + 3) & ~(size_t)3;
        size_t value_size = (header->n_descsz + 3) & ~(size_t)3;
        const uint8_t *name = note + sizeof(*header);
        if (name_size + value_size > (size_t)(end - name)) return;
        if (header->n_type == NT_GNU_BUILD_ID && header->n_namesz == 4 && memcmp(name, "GNU", 4) == 0) {
            image->build_id = name + name_size;
            image->build_id_count = header->n_descsz;
            return;
        }
        note = name + name_size + value_size;
    }
}

static int visit_image(struct dl_phdr_info *info, size_t size, void *context) {
    const visitor *visitor = context;
    flycatcher_image image = {0};
    uintptr_t start = UINTPTR_MAX, end = 0;
    for (int index = 0; index < info->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[index];
        uintptr_t address = info->dlpi_addr + segment->p_vaddr;
        if (segment->p_type == PT_LOAD) {
            if (address < start) start = address;
            if (address + segment->p_memsz > end) end = address + segment->p_memsz;
        } else if (segment->p_type == PT_NOTE && image.build_id == NULL) {
            read_notes((const uint8_t *)address, (const uint8_t *)address + segment->p_memsz, &image);
        }
    }
    if (start >= end) return 0;
    image.address = page_start(start);
    image.size = end - image.address;
    image.path = info->dlpi_name;
    visitor->visit(&image, visitor->context);
    return 0;
}

static int read_generation(struct dl_phdr_info *info, size_t size, void *context) {
    *(uint64_t *)context = info->dlpi_adds + info->dlpi_subs;
    return 1;
}

uint64_t flycatcher_image_generation(void) {
    uint64_t generation = 0;
    dl_iterate_phdr(read_generation, &generation);
    return generation;
}

void flycatcher_visit_images(void (*visit)(const flycatcher_image *, void *), void *context) {
    visitor visitor = {visit, context};
    dl_iterate_phdr(visit_image, &visitor);
}

#else

uint64_t flycatcher_image_generation(void) { return 0; }

void flycatcher_visit_images(void (*visit)(const flycatcher_image *, void *), void *context) {
    (void)visit, (void)context;
}

#endif

// Bytes, and what happens when there is no memory for them.

#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>
#include <stdlib.h>

// Bytes of a file. `data` is to be freed; without a file it is NULL.
struct bytes {
    char *data;
    size_t length;
};

// What was just allocated. Without memory the process ends by a signal, which nobody takes for a refusal.
static inline void *allocated(void *pointer) {
    if (!pointer) {
        abort();
    }
    return pointer;
}

#endif

// Files that the client keeps. Each appears whole or not at all.

#ifndef STORE_H
#define STORE_H

#include <stdbool.h>

#include "memory.h"
#include "outcome.h"

// Reads a file of any length up to 64 MiB; more is cut off, and does not verify. Without such a file `data` is NULL.
bool read_file(const char *path, struct bytes *file, struct outcome *outcome);

// Writes a file into this folder.
bool write_file(const char *folder, const char *name, const struct bytes *file, struct outcome *outcome);

// Deletes a file, if there is one.
bool delete_file(const char *path, struct outcome *outcome);

#endif

// Metadata files: their form (sections 4.2 to 4.6), and that a quorum has signed them.

#ifndef METADATA_H
#define METADATA_H

#include <stdbool.h>

#include <jansson.h>

#include "memory.h"
#include "outcome.h"

// A metadata file that a quorum has signed. Whether it is current is another question.
struct metadata {
    // The file as it came. Without data there is none.
    struct bytes file;
    json_t *document;
    // The signed part, which lives as long as the document.
    json_t *content;
    json_int_t version;
    const char *expires;
};

// Reads the file of a role, and verifies that the keys of this root have signed it. A root has to be signed by its own
// keys too; without `root` by those alone (section 5.2). Takes the file, also if it refuses it.
bool read_metadata(struct metadata *metadata, const char *role, struct bytes file, json_t *root,
                   struct outcome *outcome);

// Frees what is in it, if anything is. It is empty after that.
void clear_metadata(struct metadata *metadata);

// Refuses metadata that has expired (steps 5.3.10, 5.4.4, 5.5.6, 5.6.5).
bool check_expiry(const struct metadata *metadata, const char *role, const char *now, struct outcome *outcome);

// Refuses a file that has not the length and hashes of its description, as far as it lists them (steps 5.5.2, 5.6.2).
bool check_description(json_t *description, const char *role, const struct bytes *file, struct outcome *outcome);

// How a snapshot or timestamp describes the file of a role, or NULL.
json_t *description_of(const struct metadata *metadata, const char *role);

#endif

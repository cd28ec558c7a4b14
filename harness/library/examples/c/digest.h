// Digests of files, and the hashes that metadata lists for them (sections 4.4 and 4.5).

#ifndef DIGEST_H
#define DIGEST_H

#include <stdbool.h>

#include <jansson.h>

#include "memory.h"

// Room for any digest in hexadecimal.
enum { MAX_HEX = 2 * 64 + 1 };

// The digest of a file in hexadecimal. False if the algorithm is not `sha256` or `sha512`.
bool hex_digest(const char *algorithm, const struct bytes *file, char hex[MAX_HEX]);

// What is wrong with the form of a table of hashes, or NULL.
const char *flaw_of_hashes(json_t *hashes);

// Whether the file has these hashes: at least one can be computed, and all that can be computed match.
bool hashes_match(json_t *hashes, const struct bytes *file);

// The digest that the name of a target file carries under consistent snapshots (step 5.7.3), or NULL: one of a known
// algorithm that has the form of a digest.
const char *digest_for_name(json_t *hashes);

#endif

// Reading JSON without ambiguity, and its canonical form (section 4.1).

#ifndef CANONICAL_H
#define CANONICAL_H

#include <jansson.h>

#include "memory.h"

// Reads a JSON document. Returns NULL, and says in `flaw` why, for what two readers could understand differently: a
// member that appears twice, numbers that are no integers of 64 bits, text that is not UTF-8, anything after the end.
json_t *read_json(const struct bytes *file, char flaw[JSON_ERROR_TEXT_LENGTH]);

// The text of a value. NULL if it is no text, or has a NUL within: nothing that the client makes use of may have one.
const char *text_of(json_t *value);

// The canonical form of a value that was read so: members sorted by byte, no white space, in text only the quotation
// mark and the backslash escaped. This is what signatures sign. Its data is to be freed.
struct bytes canonical_form(json_t *value);

#endif

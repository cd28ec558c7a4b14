// Who has to sign for a role (section 4.3), and whether they did (steps 5.3.4, 5.4.2, 5.5.3, 5.6.3).

#ifndef QUORUM_H
#define QUORUM_H

#include <stdbool.h>

#include <jansson.h>

#include "memory.h"
#include "outcome.h"

// What is wrong with the form of a role in a root, or NULL.
const char *flaw_of_role(json_t *role);

// Whether two roles have the same keys and threshold (step 5.3.11).
bool same_role(json_t *left, json_t *right);

// Refuses a message that is not signed by as many keys of the role as this root asks for. Each key counts once; what
// does not verify neither helps nor hurts.
bool check_quorum(json_t *root, const char *role, json_t *signatures, const struct bytes *message,
                  struct outcome *outcome);

#endif

// Key objects (sections 4.2.1, 4.2.2 and 4.3). Only Ed25519 keys can be used.

#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>

#include <jansson.h>

#include "memory.h"

enum { KEY_LENGTH = 32, SIGNATURE_LENGTH = 64 };

// What is wrong with a table of keys, or NULL. Each identifier has to be the SHA-256 of its key object.
const char *flaw_of_keys(json_t *keys);

// Reads the public key. False if it is of a type that the client does not have: that contributes no signature, and does
// no harm.
bool read_key(json_t *key, unsigned char public_key[KEY_LENGTH]);

// Whether this is a signature of the message by this key, in hexadecimal.
bool is_signature(const char *signature, const struct bytes *message, const unsigned char public_key[KEY_LENGTH]);

#endif

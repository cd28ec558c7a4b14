#include "quorum.h"

#include <string.h>

#include "canonical.h"
#include "keys.h"

const char *flaw_of_role(json_t *role) {
    json_t *keyids = json_object_get(role, "keyids"), *keyid;
    size_t index;
    if (!json_is_array(keyids)) {
        return "a role is missing, or has no list of key identifiers";
    }
    json_array_foreach(keyids, index, keyid) {
        if (!text_of(keyid)) {
            return "the identifier of a key is no text";
        }
    }
    // Of something that is no integer it is 0. A threshold that is never reached is no flaw.
    if (json_integer_value(json_object_get(role, "threshold")) < 1) {
        return "a threshold is not greater than zero";
    }
    return NULL;
}

static bool has_keyid(json_t *role, const char *keyid) {
    size_t index;
    json_t *listed;
    json_array_foreach(json_object_get(role, "keyids"), index, listed) {
        if (strcmp(text_of(listed), keyid) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_keyids_of(json_t *role, json_t *other) {
    size_t index;
    json_t *keyid;
    json_array_foreach(json_object_get(other, "keyids"), index, keyid) {
        if (!has_keyid(role, text_of(keyid))) {
            return false;
        }
    }
    return true;
}

bool same_role(json_t *left, json_t *right) {
    return has_keyids_of(left, right) && has_keyids_of(right, left) &&
           json_equal(json_object_get(left, "threshold"), json_object_get(right, "threshold"));
}

// Adds a key to those that were counted. False if it is there already, perhaps under another identifier.
static bool count(unsigned char (*counted)[KEY_LENGTH], size_t total, const unsigned char key[KEY_LENGTH]) {
    for (size_t i = 0; i < total; i++) {
        if (memcmp(counted[i], key, KEY_LENGTH) == 0) {
            return false;
        }
    }
    memcpy(counted[total], key, KEY_LENGTH);
    return true;
}

bool check_quorum(json_t *root, const char *role_name, json_t *signatures, const struct bytes *message,
                  struct outcome *outcome) {
    json_t *role = json_object_get(json_object_get(root, "roles"), role_name);
    json_t *keys = json_object_get(root, "keys"), *signature;
    json_int_t threshold = json_integer_value(json_object_get(role, "threshold"));
    unsigned char(*counted)[KEY_LENGTH] = allocated(calloc(json_array_size(signatures) + 1, KEY_LENGTH));
    size_t total = 0, index;
    json_array_foreach(signatures, index, signature) {
        const char *keyid = text_of(json_object_get(signature, "keyid"));
        const char *sig = text_of(json_object_get(signature, "sig"));
        unsigned char key[KEY_LENGTH];
        if (has_keyid(role, keyid) && read_key(json_object_get(keys, keyid), key) &&
            is_signature(sig, message, key) && count(counted, total, key)) {
            total++;
        }
    }
    free(counted);
    if ((json_int_t)total < threshold) {
        return rejected(outcome, "signature", "%s is signed by %zu keys of %" JSON_INTEGER_FORMAT, role_name, total,
                        threshold);
    }
    return true;
}

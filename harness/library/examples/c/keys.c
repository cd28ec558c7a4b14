#include "keys.h"

#include <string.h>

#include <openssl/evp.h>

#include "canonical.h"
#include "digest.h"
#include "text.h"

static bool is_identifier(const char *keyid, json_t *key) {
    struct bytes form = canonical_form(key);
    char computed[MAX_HEX];
    hex_digest("sha256", &form, computed);
    free(form.data);
    return strcmp(keyid, computed) == 0;
}

const char *flaw_of_keys(json_t *keys) {
    const char *keyid;
    json_t *key;
    if (!json_is_object(keys)) {
        return "has no table of keys";
    }
    json_object_foreach(keys, keyid, key) {
        if (!text_of(json_object_get(key, "keytype")) || !text_of(json_object_get(key, "scheme")) ||
            !json_is_object(json_object_get(key, "keyval"))) {
            return "a key is not of the form of a key";
        }
        if (!is_identifier(keyid, key)) {
            return "the identifier of a key is not its digest";
        }
    }
    return NULL;
}

bool read_key(json_t *key, unsigned char public_key[KEY_LENGTH]) {
    const char *type = text_of(json_object_get(key, "keytype"));
    const char *scheme = text_of(json_object_get(key, "scheme"));
    const char *public = text_of(json_object_get(json_object_get(key, "keyval"), "public"));
    return type && scheme && public && strcmp(type, "ed25519") == 0 && strcmp(scheme, "ed25519") == 0 &&
           from_hex(public, public_key, KEY_LENGTH);
}

bool is_signature(const char *signature, const struct bytes *message, const unsigned char public_key[KEY_LENGTH]) {
    unsigned char bytes[SIGNATURE_LENGTH];
    if (!from_hex(signature, bytes, sizeof bytes)) {
        return false;
    }
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, KEY_LENGTH);
    EVP_MD_CTX *context = allocated(EVP_MD_CTX_new());
    bool valid = key && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
                 EVP_DigestVerify(context, bytes, sizeof bytes, (const unsigned char *)message->data,
                                  message->length) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return valid;
}

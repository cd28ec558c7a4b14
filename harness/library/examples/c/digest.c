#include "digest.h"

#include <string.h>

#include <openssl/evp.h>

#include "canonical.h"
#include "text.h"

static const char *const KNOWN[] = {"sha256", "sha512"};

bool hex_digest(const char *algorithm, const struct bytes *file, char hex[MAX_HEX]) {
    const EVP_MD *type = strcmp(algorithm, KNOWN[0]) == 0   ? EVP_sha256()
                         : strcmp(algorithm, KNOWN[1]) == 0 ? EVP_sha512()
                                                            : NULL;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length;
    if (!type) {
        return false;
    }
    if (!EVP_Digest(file->data, file->length, digest, &length, type, NULL)) {
        abort();
    }
    to_hex(digest, length, hex);
    return true;
}

const char *flaw_of_hashes(json_t *hashes) {
    const char *algorithm;
    json_t *digest;
    if (!json_is_object(hashes)) {
        return "hashes are no object";
    }
    json_object_foreach(hashes, algorithm, digest) {
        if (!text_of(digest)) {
            return "a hash is no text";
        }
    }
    return NULL;
}

bool hashes_match(json_t *hashes, const struct bytes *file) {
    const char *algorithm;
    json_t *listed;
    bool any = false;
    json_object_foreach(hashes, algorithm, listed) {
        char computed[MAX_HEX];
        if (hex_digest(algorithm, file, computed)) {
            if (strcmp(computed, text_of(listed)) != 0) {
                return false;
            }
            any = true;
        }
    }
    return any;
}

const char *digest_for_name(json_t *hashes) {
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        const char *digest = text_of(json_object_get(hashes, KNOWN[i]));
        unsigned char bytes[64];
        if (digest && from_hex(digest, bytes, i == 0 ? 32 : 64)) {
            return digest;
        }
    }
    return NULL;
}

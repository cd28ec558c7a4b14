#include "metadata.h"

#include <stdio.h>
#include <string.h>

#include "canonical.h"
#include "digest.h"
#include "keys.h"
#include "quorum.h"
#include "text.h"

// Section 4.3 leaves it to the client which versions of the specification it takes: those of the first major version.
static bool is_first_major(const char *spec_version) {
    return spec_version && (strcmp(spec_version, "1") == 0 || strncmp(spec_version, "1.", 2) == 0) &&
           strspn(spec_version, "0123456789.") == strlen(spec_version);
}

static const char *flaw_of_description(json_t *description) {
    json_t *length = json_object_get(description, "length"), *hashes = json_object_get(description, "hashes");
    if (json_integer_value(json_object_get(description, "version")) < 1) {
        return "a file is listed without a version greater than zero";
    }
    if (length && (!json_is_integer(length) || json_integer_value(length) < 0)) {
        return "a length is no integer from zero on";
    }
    return hashes ? flaw_of_hashes(hashes) : NULL;
}

static const char *flaw_of_root(json_t *content) {
    static const char *const roles[] = {"root", "timestamp", "snapshot", "targets"};
    json_t *consistent_snapshot = json_object_get(content, "consistent_snapshot");
    if (consistent_snapshot && !json_is_boolean(consistent_snapshot)) {
        return "consistent_snapshot is neither true nor false";
    }
    const char *flaw = flaw_of_keys(json_object_get(content, "keys"));
    for (size_t i = 0; !flaw && i < sizeof roles / sizeof *roles; i++) {
        flaw = flaw_of_role(json_object_get(json_object_get(content, "roles"), roles[i]));
    }
    return flaw;
}

static const char *flaw_of_timestamp(json_t *content) {
    return flaw_of_description(json_object_get(json_object_get(content, "meta"), "snapshot.json"));
}

static const char *flaw_of_snapshot(json_t *content) {
    json_t *meta = json_object_get(content, "meta"), *description;
    const char *name;
    json_object_foreach(meta, name, description) {
        const char *flaw = flaw_of_description(description);
        if (flaw) {
            return flaw;
        }
    }
    return json_object_get(meta, "targets.json") ? NULL : "targets.json is not listed";
}

static const char *flaw_of_targets(json_t *content) {
    json_t *targets = json_object_get(content, "targets"), *target;
    const char *path;
    if (!json_is_object(targets)) {
        return "has no table of targets";
    }
    json_object_foreach(targets, path, target) {
        json_t *length = json_object_get(target, "length");
        if (!json_is_integer(length) || json_integer_value(length) < 0) {
            return "a target has no length";
        }
        const char *flaw = flaw_of_hashes(json_object_get(target, "hashes"));
        if (flaw) {
            return flaw;
        }
    }
    return NULL;
}

static const struct {
    const char *role;
    const char *(*flaw_of)(json_t *content);
} FORMS[] = {
    {"root", flaw_of_root},
    {"timestamp", flaw_of_timestamp},
    {"snapshot", flaw_of_snapshot},
    {"targets", flaw_of_targets},
};

static const char *flaw_of_content(struct metadata *metadata, const char *role) {
    json_t *content = metadata->content;
    const char *type = text_of(json_object_get(content, "_type"));
    metadata->expires = text_of(json_object_get(content, "expires"));
    metadata->version = json_integer_value(json_object_get(content, "version"));
    if (!type || strcmp(type, role) != 0) {
        return "is of another type";
    }
    if (!is_first_major(text_of(json_object_get(content, "spec_version")))) {
        return "is of another version of the specification";
    }
    if (metadata->version < 1) {
        return "its version is no integer greater than zero";
    }
    if (!metadata->expires || !is_date_time(metadata->expires)) {
        return "its expiry is no date and time";
    }
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        if (strcmp(role, FORMS[i].role) == 0) {
            return FORMS[i].flaw_of(content);
        }
    }
    abort(); // Nobody asks for another role.
}

// Section 4.2.1 forbids two signatures with one identifier.
static const char *flaw_of_signatures(json_t *signatures) {
    json_t *signature;
    size_t index;
    if (!json_is_array(signatures)) {
        return "has no list of signatures";
    }
    json_t *seen = allocated(json_object());
    const char *flaw = NULL;
    json_array_foreach(signatures, index, signature) {
        const char *keyid = text_of(json_object_get(signature, "keyid"));
        if (!keyid || !text_of(json_object_get(signature, "sig"))) {
            flaw = "a signature is not of the form of one";
        } else if (json_object_get(seen, keyid)) {
            flaw = "has two signatures with one identifier";
        } else if (json_object_set(seen, keyid, signature) != 0) {
            abort();
        }
    }
    json_decref(seen);
    return flaw;
}

static bool verify(struct metadata *metadata, const char *role, json_t *root, struct outcome *outcome) {
    json_t *signatures = json_object_get(metadata->document, "signatures");
    metadata->content = json_object_get(metadata->document, "signed");
    const char *flaw = json_is_object(metadata->content) ? flaw_of_signatures(signatures) : "has no signed part";
    if (flaw) {
        return rejected(outcome, "format", "%s: %s", role, flaw);
    }
    struct bytes message = canonical_form(metadata->content);
    bool good = !root || check_quorum(root, role, signatures, &message, outcome);
    if (good && (flaw = flaw_of_content(metadata, role))) {
        good = rejected(outcome, "format", "%s: %s", role, flaw);
    }
    if (good && strcmp(role, "root") == 0) {
        good = check_quorum(metadata->content, role, signatures, &message, outcome);
    }
    free(message.data);
    return good;
}

bool read_metadata(struct metadata *metadata, const char *role, struct bytes file, json_t *root,
                   struct outcome *outcome) {
    char flaw[JSON_ERROR_TEXT_LENGTH];
    *metadata = (struct metadata){.file = file, .document = read_json(&file, flaw)};
    if (metadata->document ? verify(metadata, role, root, outcome)
                           : rejected(outcome, "format", "%s: %s", role, flaw)) {
        return true;
    }
    clear_metadata(metadata);
    return false;
}

void clear_metadata(struct metadata *metadata) {
    json_decref(metadata->document);
    free(metadata->file.data);
    *metadata = (struct metadata){0};
}

bool check_expiry(const struct metadata *metadata, const char *role, const char *now, struct outcome *outcome) {
    return strcmp(metadata->expires, now) > 0 ||
           rejected(outcome, "expired", "%s expired at %s", role, metadata->expires);
}

bool check_description(json_t *description, const char *role, const struct bytes *file, struct outcome *outcome) {
    json_t *length = json_object_get(description, "length"), *hashes = json_object_get(description, "hashes");
    if (length && (size_t)json_integer_value(length) != file->length) {
        return rejected(outcome, "length", "%s has not the listed length", role);
    }
    return !hashes || hashes_match(hashes, file) || rejected(outcome, "hash", "%s has not the listed hashes", role);
}

json_t *description_of(const struct metadata *metadata, const char *role) {
    char name[32];
    snprintf(name, sizeof name, "%s.json", role);
    return json_object_get(json_object_get(metadata->content, "meta"), name);
}

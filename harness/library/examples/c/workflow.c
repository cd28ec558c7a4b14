// Sections 5.4 to 5.6: the latest timestamp, and what it leads to.

#include "workflow.h"

#include "fetch.h"
#include "store.h"
#include "text.h"

// The most bytes of files (steps 5.4.1, 5.5.1, 5.6.1). The last bounds what is listed.
enum { LONGEST_TIMESTAMP = 16 << 10, LONGEST_SNAPSHOT = 2 << 20, LONGEST_TARGETS = 5 << 20, LONGEST_LISTED = 64 << 20 };

void end_update(struct update *update) {
    clear_metadata(&update->root);
    clear_metadata(&update->timestamp);
    clear_metadata(&update->snapshot);
    clear_metadata(&update->targets);
}

bool has_consistent_snapshots(const struct update *update) {
    return json_is_true(json_object_get(update->root.content, "consistent_snapshot"));
}

bool read_stored(struct update *update, const char *role, struct bytes *file) {
    char *path = formatted("%s/%s.json", update->place->metadata_dir, role);
    bool good = read_file(path, file, update->outcome);
    free(path);
    return good;
}

bool store(struct update *update, const char *role, const struct metadata *metadata) {
    char *name = formatted("%s.json", role);
    bool good = write_file(update->place->metadata_dir, name, &metadata->file, update->outcome);
    free(name);
    return good;
}

bool delete_stored(struct update *update, const char *role) {
    char *path = formatted("%s/%s.json", update->place->metadata_dir, role);
    bool good = delete_file(path, update->outcome);
    free(path);
    return good;
}

// The stored file of a role. One that the current keys have not signed is as if there were none.
static bool load(struct update *update, const char *role, struct metadata *stored) {
    struct bytes file;
    struct outcome ignored = {0};
    *stored = (struct metadata){0};
    if (!read_stored(update, role, &file)) {
        return false;
    }
    if (file.data) {
        read_metadata(stored, role, file, update->root.content, &ignored);
    }
    return true;
}

static json_int_t listed_version(const struct metadata *metadata, const char *role) {
    return json_integer_value(json_object_get(description_of(metadata, role), "version"));
}

static bool replace_timestamp(struct update *update, struct metadata *stored) {
    struct metadata *new = &update->timestamp;
    if (stored->document && new->version < stored->version) {
        return rejected(update->outcome, "version", "timestamp is older than the one that was trusted");
    }
    if (stored->document && new->version == stored->version) {
        // Step 5.4.3.1: the new one is dropped. The old one may have expired by now.
        clear_metadata(new);
        *new = *stored;
        *stored = (struct metadata){0};
        return check_expiry(new, "timestamp", update->place->now, update->outcome);
    }
    if (stored->document && listed_version(new, "snapshot") < listed_version(stored, "snapshot")) {
        return rejected(update->outcome, "version", "timestamp lists an older snapshot than before");
    }
    return check_expiry(new, "timestamp", update->place->now, update->outcome) && store(update, "timestamp", new);
}

// Section 5.4.
static bool update_timestamp(struct update *update) {
    struct bytes file;
    struct metadata stored;
    if (!load(update, "timestamp", &stored)) {
        return false;
    }
    char *url = formatted("%s/timestamp.json", update->place->metadata_url);
    bool good = fetch(update->curl, url, LONGEST_TIMESTAMP, &file, NULL, update->outcome) &&
                read_metadata(&update->timestamp, "timestamp", file, update->root.content, update->outcome) &&
                replace_timestamp(update, &stored);
    free(url);
    clear_metadata(&stored);
    return good;
}

// Step 5.5.5: nothing that the stored snapshot lists is listed with a lower version, or no longer.
static bool check_rollback(const struct metadata *stored, const struct metadata *new, struct outcome *outcome) {
    json_t *old_meta = json_object_get(stored->content, "meta"), *new_meta = json_object_get(new->content, "meta");
    const char *name;
    json_t *old;
    json_object_foreach(old_meta, name, old) {
        // Of what is not listed the version is 0.
        json_t *listed = json_object_get(json_object_get(new_meta, name), "version");
        if (json_integer_value(listed) < json_integer_value(json_object_get(old, "version"))) {
            return rejected(outcome, "version", "snapshot lists %s older than before, or no longer", name);
        }
    }
    return true;
}

// Whether a stored file is the one that is described, so that it need not be fetched.
static bool is_current(const struct update *update, const struct metadata *stored, const char *role,
                       json_t *description) {
    struct outcome ignored = {0};
    return stored->document && check_description(description, role, &stored->file, &ignored) &&
           stored->version == json_integer_value(json_object_get(description, "version")) &&
           check_expiry(stored, role, update->place->now, &ignored);
}

static bool fetch_described(struct update *update, const char *role, json_t *description, size_t limit,
                            struct bytes *file) {
    json_t *length = json_object_get(description, "length");
    json_int_t version = json_integer_value(json_object_get(description, "version"));
    if (length) {
        json_int_t listed = json_integer_value(length);
        limit = listed < LONGEST_LISTED ? (size_t)listed : LONGEST_LISTED;
    }
    char *url = has_consistent_snapshots(update)
                    ? formatted("%s/%" JSON_INTEGER_FORMAT ".%s.json", update->place->metadata_url, version, role)
                    : formatted("%s/%s.json", update->place->metadata_url, role);
    bool good = fetch(update->curl, url, limit, file, NULL, update->outcome);
    free(url);
    return good;
}

// Sections 5.5 and 5.6: the file of a role that other metadata describes. What is stored stays until a new file has
// passed every check.
static bool update_described(struct update *update, const char *role, json_t *description, size_t limit,
                             struct metadata *new) {
    struct metadata stored;
    struct bytes file;
    if (!load(update, role, &stored)) {
        return false;
    }
    if (is_current(update, &stored, role, description)) {
        *new = stored;
        return true;
    }
    bool good = fetch_described(update, role, description, limit, &file);
    if (good && !(good = check_description(description, role, &file, update->outcome))) {
        free(file.data);
    }
    good = good && read_metadata(new, role, file, update->root.content, update->outcome);
    if (good && new->version != json_integer_value(json_object_get(description, "version"))) {
        good = rejected(update->outcome, "version", "%s has another version than is listed", role);
    }
    good = good && (!stored.document || check_rollback(&stored, new, update->outcome)) &&
           check_expiry(new, role, update->place->now, update->outcome) && store(update, role, new);
    clear_metadata(&stored);
    return good;
}

bool refresh(struct update *update) {
    return update_root(update) && update_timestamp(update) &&
           update_described(update, "snapshot", description_of(&update->timestamp, "snapshot"), LONGEST_SNAPSHOT,
                            &update->snapshot) &&
           update_described(update, "targets", description_of(&update->snapshot, "targets"), LONGEST_TARGETS,
                            &update->targets);
}

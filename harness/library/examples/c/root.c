// Sections 5.2 and 5.3: from the root that the client has to the latest one.

#include <stdint.h>

#include "fetch.h"
#include "quorum.h"
#include "store.h"
#include "text.h"
#include "workflow.h"

// The most bytes of a root, and the most new ones in one update (step 5.3.3).
enum { LONGEST = 512 << 10, MOST = 256 };

bool trust(struct update *update, const char *root_file) {
    struct bytes file;
    if (!read_file(root_file, &file, update->outcome)) {
        return false;
    }
    if (!file.data) {
        return failed(update->outcome, "there is no %s", root_file);
    }
    return read_metadata(&update->root, "root", file, NULL, update->outcome) && delete_stored(update, "timestamp") &&
           delete_stored(update, "snapshot") && delete_stored(update, "targets") &&
           store(update, "root", &update->root);
}

static bool load_root(struct update *update) {
    struct bytes file;
    if (!read_stored(update, "root", &file)) {
        return false;
    }
    if (!file.data) {
        return failed(update->outcome, "no root is trusted yet");
    }
    struct outcome broken = {0};
    return read_metadata(&update->root, "root", file, NULL, &broken) ||
           failed(update->outcome, "the stored root is broken: %s", broken.message);
}

// Steps 5.3.3 to 5.3.8: one root further, unless there is none.
static bool next_root(struct update *update, bool *is_latest) {
    json_int_t version = update->root.version + 1;
    char *url = formatted("%s/%" JSON_INTEGER_FORMAT ".root.json", update->place->metadata_url, version);
    struct bytes file;
    bool fetched = fetch(update->curl, url, LONGEST, &file, is_latest, update->outcome);
    free(url);
    struct metadata next;
    if (!fetched || *is_latest) {
        return fetched;
    }
    if (!read_metadata(&next, "root", file, update->root.content, update->outcome)) {
        return false;
    }
    if (next.version != version) {
        json_int_t found = next.version;
        clear_metadata(&next);
        return rejected(update->outcome, "version",
                        "the new root has version %" JSON_INTEGER_FORMAT ", not %" JSON_INTEGER_FORMAT, found, version);
    }
    clear_metadata(&update->root);
    update->root = next;
    return store(update, "root", &update->root);
}

// Step 5.3.11: whether keys or threshold of the role differ between the root that the update began with and the last.
static bool is_rotated(json_t *first_roles, const struct update *update, const char *role) {
    json_t *last_roles = json_object_get(update->root.content, "roles");
    return !same_role(json_object_get(first_roles, role), json_object_get(last_roles, role));
}

bool update_root(struct update *update) {
    if (!load_root(update)) {
        return false;
    }
    json_t *first_roles = json_incref(json_object_get(update->root.content, "roles"));
    bool good = true, is_latest = false;
    for (int i = 0; good && !is_latest && i < MOST && update->root.version < INT64_MAX; i++) {
        good = next_root(update, &is_latest);
    }
    good = good && check_expiry(&update->root, "root", update->place->now, update->outcome);
    if (good && (is_rotated(first_roles, update, "timestamp") || is_rotated(first_roles, update, "snapshot"))) {
        good = delete_stored(update, "timestamp") && delete_stored(update, "snapshot");
    }
    json_decref(first_roles);
    return good;
}

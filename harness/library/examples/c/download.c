// Section 5.7: fetching target files.

#include <string.h>

#include "canonical.h"
#include "digest.h"
#include "fetch.h"
#include "store.h"
#include "text.h"
#include "workflow.h"

// A target is held in memory until it is verified.
enum { LONGEST = 64 << 20 };

// Step 5.7.3.
static bool check_target(json_t *target, const char *path, const struct bytes *file, struct outcome *outcome) {
    if ((size_t)json_integer_value(json_object_get(target, "length")) != file->length) {
        return rejected(outcome, "length", "target %s has not the listed length", path);
    }
    return hashes_match(json_object_get(target, "hashes"), file) ||
           rejected(outcome, "hash", "target %s has not the listed hashes", path);
}

// Whether a copy that was downloaded before is as good as a new one.
static bool is_stored(struct update *update, json_t *target, const char *path, const char *name, bool *good) {
    char *stored = formatted("%s/%s", update->place->targets_dir, name);
    struct outcome ignored = {0};
    struct bytes file;
    *good = read_file(stored, &file, update->outcome);
    bool found = *good && file.data && check_target(target, path, &file, &ignored);
    if (*good) {
        free(file.data);
    }
    free(stored);
    return found;
}

static bool fetch_target(struct update *update, json_t *target, const char *path, const char *name) {
    struct bytes file;
    json_int_t listed = json_integer_value(json_object_get(target, "length"));
    const char *digest = digest_for_name(json_object_get(target, "hashes"));
    if (!digest) {
        return rejected(update->outcome, "hash", "of target %s no hash is listed that can be computed", path);
    }
    char *prefix = has_consistent_snapshots(update) ? formatted("%s.", digest) : formatted("%s", "");
    char *url = target_url(update->place->targets_url, prefix, path);
    size_t limit = listed < LONGEST ? (size_t)listed : LONGEST;
    bool good = fetch(update->curl, url, limit, &file, NULL, update->outcome);
    if (good) {
        good = check_target(target, path, &file, update->outcome) &&
               write_file(update->place->targets_dir, name, &file, update->outcome);
        free(file.data);
    }
    free(prefix);
    free(url);
    return good;
}

bool download(struct update *update, const char *path) {
    json_t *content = update->targets.content;
    json_t *target = json_object_get(json_object_get(content, "targets"), path);
    if (!target) {
        return json_object_get(content, "delegations")
                   ? unsupported(update->outcome, "delegations", "target %s may be delegated", path)
                   : rejected(update->outcome, "unknown-target", "there is no target %s", path);
    }
    char *name = file_name(path);
    bool good;
    if (!is_stored(update, target, path, name, &good) && good) {
        good = fetch_target(update, target, path, name);
    }
    free(name);
    return good;
}

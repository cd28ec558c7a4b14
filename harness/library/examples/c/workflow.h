// The update of a client (section 5).

#ifndef WORKFLOW_H
#define WORKFLOW_H

#include <stdbool.h>

#include <curl/curl.h>

#include "metadata.h"
#include "outcome.h"

// Where the client works, and when.
struct place {
    const char *now, *metadata_dir, *targets_dir, *metadata_url, *targets_url;
};

// One update. It begins with what is stored, and has the trusted metadata as far as it has come.
struct update {
    const struct place *place;
    CURL *curl;
    struct outcome *outcome;
    struct metadata root, timestamp, snapshot, targets;
};

// Section 5.2: begins with the root in this file, and an empty store.
bool trust(struct update *update, const char *root_file);

// Section 5.3: walks from the stored root to the latest.
bool update_root(struct update *update);

// Sections 5.3 to 5.6.
bool refresh(struct update *update);

// Section 5.7, after a refresh.
bool download(struct update *update, const char *path);

// Frees the metadata.
void end_update(struct update *update);

// Whether names of files have versions and digests (section 6.2).
bool has_consistent_snapshots(const struct update *update);

// Reads the stored file of a role. Without such a file `data` is NULL.
bool read_stored(struct update *update, const char *role, struct bytes *file);

// Stores metadata.
bool store(struct update *update, const char *role, const struct metadata *metadata);

// Deletes the stored file of a role, if there is one.
bool delete_stored(struct update *update, const char *role);

#endif

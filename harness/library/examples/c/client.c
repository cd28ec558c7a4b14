// The interface of the library: requests of the session protocol, and their answers.

#include <string.h>

#include "canonical.h"
#include "text.h"
#include "workflow.h"

// These four are all that the library exports.
#pragma GCC visibility push(default)
#include "tuf_client.h"
#pragma GCC visibility pop

// Nothing is kept from one request to the next but open connections.
struct TufClient {
    CURL *curl;
};

// The errors of JSON-RPC for a request that is itself wrong.
enum { NO_JSON = -32700, NO_REQUEST = -32600, UNKNOWN_METHOD = -32601, WRONG_PARAMS = -32602 };

struct TufClient *tuf_client_new(void) {
    struct TufClient *client = malloc(sizeof *client);
    if (!client || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(client);
        return NULL;
    }
    client->curl = curl_easy_init();
    if (!client->curl) {
        tuf_client_free(client);
        return NULL;
    }
    return client;
}

void tuf_client_free(struct TufClient *client) {
    curl_easy_cleanup(client->curl);
    curl_global_cleanup();
    free(client);
}

void tuf_client_release(char *answer) {
    free(answer);
}

static json_t *introduce(void) {
    // It claims what it has: neither delegations nor other keys.
    return json_pack("{si ss ss ss ss ss s[sssss] s[s] sb ss}", "protocol", 1, "name", "c-example", "version", "0.1.0",
                     "language", "C", "homepage", "https://example.org/", "issue_tracker",
                     "https://example.org/issues", "features", "consistent-snapshots", "consistent-snapshots:off",
                     "hash:sha512", "metapath-hashes", "threshold", "key_types", "ed25519", "clock", 1, "dialect",
                     "default");
}

static bool read_place(json_t *params, struct place *place) {
    place->now = text_of(json_object_get(params, "now"));
    place->metadata_dir = text_of(json_object_get(params, "metadata_dir"));
    place->targets_dir = text_of(json_object_get(params, "targets_dir"));
    place->metadata_url = text_of(json_object_get(params, "metadata_url"));
    place->targets_url = text_of(json_object_get(params, "targets_url"));
    return place->now && is_date_time(place->now) && place->metadata_dir && place->targets_dir &&
           place->metadata_url && place->targets_url;
}

static bool are_paths(json_t *targets) {
    json_t *path;
    size_t index;
    json_array_foreach(targets, index, path) {
        if (!text_of(path)) {
            return false;
        }
    }
    return json_is_array(targets);
}

// Does what a request asks for. NULL: its params are wrong.
static json_t *act(struct TufClient *client, const char *method, json_t *params) {
    struct place place;
    struct outcome outcome = {0};
    struct update update = {.place = &place, .curl = client->curl, .outcome = &outcome};
    const char *root = text_of(json_object_get(params, "root"));
    json_t *targets = json_object_get(params, "targets"), *path;
    size_t index;
    bool trusts = strcmp(method, "trust") == 0, downloads = strcmp(method, "download") == 0;
    if (!read_place(params, &place) || (trusts && !root) || (downloads && !are_paths(targets))) {
        return NULL;
    }
    bool good = trusts ? trust(&update, root) : refresh(&update);
    if (good && downloads) {
        json_array_foreach(targets, index, path) {
            if (!download(&update, text_of(path))) {
                break;
            }
        }
    }
    end_update(&update);
    return outcome_as_json(&outcome);
}

static json_t *result_of(struct TufClient *client, const char *method, json_t *params, int *error) {
    *error = WRONG_PARAMS;
    if (!json_is_object(params)) {
        return NULL;
    }
    if (strcmp(method, "initialize") == 0) {
        return introduce();
    }
    if (strcmp(method, "shutdown") == 0) {
        return json_object();
    }
    if (strcmp(method, "trust") == 0 || strcmp(method, "refresh") == 0 || strcmp(method, "download") == 0) {
        return act(client, method, params);
    }
    *error = UNKNOWN_METHOD;
    return NULL;
}

// The answer as text. Takes the result; without one it is the error.
static char *answer_as_text(json_t *id, json_t *result, int error) {
    json_t *answer = result ? json_pack("{ss sO so}", "jsonrpc", "2.0", "id", id, "result", result)
                            : json_pack("{ss sO? s{si ss}}", "jsonrpc", "2.0", "id", id, "error", "code", error,
                                        "message", "this is no request that the client knows");
    char *text = allocated(json_dumps(allocated(answer), JSON_COMPACT));
    json_decref(answer);
    return text;
}

char *tuf_client_call(struct TufClient *client, const char *text) {
    struct bytes line = {(char *)text, strlen(text)};
    char flaw[JSON_ERROR_TEXT_LENGTH];
    json_t *request = read_json(&line, flaw);
    json_t *id = json_object_get(request, "id"), *result = NULL;
    const char *version = text_of(json_object_get(request, "jsonrpc"));
    const char *method = text_of(json_object_get(request, "method"));
    int error = request ? NO_REQUEST : NO_JSON;
    if (!json_is_integer(id) && !json_is_string(id)) {
        id = NULL;
    }
    if (version && strcmp(version, "2.0") == 0 && method && id) {
        result = result_of(client, method, json_object_get(request, "params"), &error);
    }
    char *answer = answer_as_text(id, result, error);
    json_decref(request);
    return answer;
}

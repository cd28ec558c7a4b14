#include "fetch.h"

#include <string.h>

// How long one file may take.
enum { SECONDS = 20 };

struct transfer {
    struct bytes file;
    size_t room, limit;
    bool too_long;
};

static size_t receive(char *data, size_t size, size_t count, void *pointer) {
    struct transfer *transfer = pointer;
    size_t length = size * count, used = transfer->file.length;
    if (length > transfer->limit - used) {
        transfer->too_long = true;
        return 0;
    }
    if (length > transfer->room - used) {
        transfer->room = 2 * (used + length);
        transfer->file.data = allocated(realloc(transfer->file.data, transfer->room));
    }
    memcpy(transfer->file.data + used, data, length);
    transfer->file.length += length;
    return length;
}

// Nobody is asked but the server that the URL names: no redirection is followed and no proxy used. Sets all options
// anew; a connection that is open is used again.
static bool prepare(CURL *curl, const char *url, struct transfer *transfer) {
    curl_easy_reset(curl);
    return curl_easy_setopt(curl, CURLOPT_URL, url) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SECONDS) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_USERAGENT, "tuf-cookbook-c-example") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer) == CURLE_OK;
}

static bool judge(CURL *curl, CURLcode code, const char *url, bool too_long, bool *missing, struct outcome *outcome) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OUT_OF_MEMORY || code == CURLE_FAILED_INIT || code == CURLE_BAD_FUNCTION_ARGUMENT) {
        return failed(outcome, "cannot fetch %s: %s", url, curl_easy_strerror(code));
    }
    if (status == 404) {
        return missing ? (*missing = true) : rejected(outcome, "not-found", "there is no %s", url);
    }
    if (status != 0 && status != 200) {
        return rejected(outcome, "not-found", "the server answers with %ld to %s", status, url);
    }
    if (too_long) {
        return rejected(outcome, "length", "%s is too long", url);
    }
    return code == CURLE_OK || rejected(outcome, "not-found", "cannot fetch %s: %s", url, curl_easy_strerror(code));
}

bool fetch(CURL *curl, const char *url, size_t limit, struct bytes *file, bool *missing, struct outcome *outcome) {
    struct transfer transfer = {.limit = limit, .room = 1 << 12};
    if (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0) {
        return failed(outcome, "%s is neither http:// nor https://", url);
    }
    // An empty file has data too.
    transfer.file.data = allocated(malloc(transfer.room));
    if (!prepare(curl, url, &transfer)) {
        free(transfer.file.data);
        return failed(outcome, "cannot prepare to fetch %s", url);
    }
    CURLcode code = curl_easy_perform(curl);
    if (!judge(curl, code, url, transfer.too_long, missing, outcome) || (missing && *missing)) {
        free(transfer.file.data);
        return outcome->verdict == ACCEPTED;
    }
    *file = transfer.file;
    return true;
}

// Fetching files over HTTP.

#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>

#include <curl/curl.h>

#include "memory.h"
#include "outcome.h"

// Fetches a file of at most this many bytes. If `missing` is not NULL and the server has no such file, that is no
// refusal, but noted there.
bool fetch(CURL *curl, const char *url, size_t limit, struct bytes *file, bool *missing, struct outcome *outcome);

#endif

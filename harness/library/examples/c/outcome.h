// What came of a request.

#ifndef OUTCOME_H
#define OUTCOME_H

#include <stdbool.h>

#include <jansson.h>

enum verdict { ACCEPTED, REJECTED, UNSUPPORTED, FAILED };

// Begins as ACCEPTED, and is changed by the first function that does not succeed.
struct outcome {
    enum verdict verdict;
    // The reason of a refusal, or the feature that is not supported.
    const char *detail;
    char message[400];
};

// Each of these three notes what happened and returns false, so that a function can return what it returns.

// The client refuses what the repository serves, for this reason of the protocol.
bool rejected(struct outcome *outcome, const char *reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The client lacks this feature.
bool unsupported(struct outcome *outcome, const char *feature, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The client itself is in trouble. That is never a refusal.
bool failed(struct outcome *outcome, const char *format, ...) __attribute__((format(printf, 2, 3)));

// The outcome as the protocol wants it.
json_t *outcome_as_json(const struct outcome *outcome);

#endif

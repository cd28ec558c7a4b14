#include "outcome.h"

#include <stdarg.h>
#include <stdio.h>

static void note(struct outcome *outcome, enum verdict verdict, const char *detail, const char *format,
                 va_list arguments) {
    outcome->verdict = verdict;
    outcome->detail = detail;
    vsnprintf(outcome->message, sizeof outcome->message, format, arguments);
    // Names come from the repository, and may have been cut within a character.
    for (char *at = outcome->message; *at; at++) {
        if (*at < ' ' || *at > '~') {
            *at = '?';
        }
    }
}

bool rejected(struct outcome *outcome, const char *reason, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    note(outcome, REJECTED, reason, format, arguments);
    va_end(arguments);
    return false;
}

bool unsupported(struct outcome *outcome, const char *feature, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    note(outcome, UNSUPPORTED, feature, format, arguments);
    va_end(arguments);
    return false;
}

bool failed(struct outcome *outcome, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    note(outcome, FAILED, NULL, format, arguments);
    va_end(arguments);
    return false;
}

json_t *outcome_as_json(const struct outcome *outcome) {
    switch (outcome->verdict) {
    case ACCEPTED:
        return json_pack("{ss}", "outcome", "accepted");
    case REJECTED:
        return json_pack("{ss ss ss}", "outcome", "rejected", "reason", outcome->detail, "message", outcome->message);
    case UNSUPPORTED:
        return json_pack("{ss ss ss}", "outcome", "unsupported", "feature", outcome->detail, "message",
                         outcome->message);
    case FAILED:
        break;
    }
    return json_pack("{ss ss}", "outcome", "error", "message", outcome->message);
}

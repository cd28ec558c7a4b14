// Reads a line from standard input, where the next request could be.

#include <stdio.h>

#include "only_call.h"

char *tuf_client_call(struct TufClient *client, const char *request) {
    (void)client, (void)request;
    return getchar() == EOF ? "\"nothing to read\"" : "\"stolen\"";
}

// Answers each request with the request, so that it can be seen what arrived. Tells when it is freed.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tuf_client.h"

struct TufClient {
    int answers;
};

struct TufClient *tuf_client_new(void) {
    return calloc(1, sizeof(struct TufClient));
}

char *tuf_client_call(struct TufClient *client, const char *request) {
    client->answers++;
    return strdup(request);
}

void tuf_client_release(char *answer) {
    fprintf(stderr, "released %s\n", answer);
    free(answer);
}

void tuf_client_free(struct TufClient *client) {
    fprintf(stderr, "freed after %d answers\n", client->answers);
    free(client);
}

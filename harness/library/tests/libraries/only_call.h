// The other three functions, for a library of which only `tuf_client_call` is of interest. It answers with literals.

#include "tuf_client.h"

struct TufClient {
    char nothing;
};

struct TufClient *tuf_client_new(void) {
    static struct TufClient client;
    return &client;
}

void tuf_client_release(char *answer) {
    (void)answer;
}

void tuf_client_free(struct TufClient *client) {
    (void)client;
}

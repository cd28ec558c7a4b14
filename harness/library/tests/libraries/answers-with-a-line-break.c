// Answers with JSON that takes two lines.

#include "only_call.h"

char *tuf_client_call(struct TufClient *client, const char *request) {
    (void)client, (void)request;
    return "{\"jsonrpc\":\"2.0\",\n\"id\":1,\"result\":{}}";
}

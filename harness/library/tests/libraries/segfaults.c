// Writes where there is nothing.

#include "only_call.h"

char *tuf_client_call(struct TufClient *client, const char *request) {
    (void)client, (void)request;
    *(volatile char *)8 = 1;
    return 0;
}

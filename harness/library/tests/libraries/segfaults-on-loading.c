// Crashes before any of its functions is called.

#include "only_call.h"

__attribute__((constructor)) static void prepare(void) {
    *(volatile char *)8 = 1;
}

char *tuf_client_call(struct TufClient *client, const char *request) {
    (void)client, (void)request;
    return "{}";
}

// Answers with more than 1 MiB.

#include <string.h>

#include "only_call.h"

char *tuf_client_call(struct TufClient *client, const char *request) {
    (void)client, (void)request;
    static char answer[(1 << 20) + 2];
    memset(answer, ' ', sizeof answer - 1);
    return answer;
}

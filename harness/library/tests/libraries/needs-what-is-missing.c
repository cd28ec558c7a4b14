// Calls a function that no library has.

#include "only_call.h"

char *tuf_client_call(struct TufClient *client, const char *request) {
    (void)client, (void)request;
    extern char *no_library_has_this(void);
    return no_library_has_this();
}

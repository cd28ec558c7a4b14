// The interface between a TUF client in a shared library and the harness, which speaks the session protocol
// (harness/protocol/PROTOCOL.md) with it:
//
//     tuf-cookbook run --client ./libclient.so
//
// The library is loaded into a process of its own. That process calls tuf_client_new once, tuf_client_call and
// tuf_client_release in turn, and at the end tuf_client_free. There is one call at a time, all from one thread; the
// library may have threads of its own. The library is not unloaded.
//
// No exception, panic or long jump may leave a function: it ends the process. So do a crash and `exit`, and all of them
// are taken for errors of the client. What the library prints to standard output goes to standard error; on standard
// input there is nothing to read.

#ifndef TUF_CLIENT_H
#define TUF_CLIENT_H

// Made from src/interface.rs: UPDATE_HEADER=1 cargo test -p tuf-cookbook-library

// A client. What is in it is known to the library alone.
struct TufClient;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Makes a client. It is called once, before anything else.
//
// The caller owns what is returned, and gives it back to `tuf_client_free`. NULL: there is no client.
extern struct TufClient *tuf_client_new(void);

// Answers one request of the session protocol.
//
// `request` is one JSON text in UTF-8 without line breaks, at most 1 MiB long and ended by a NUL. It belongs to the
// caller, and is gone after the call.
//
// What is returned is of the same form. It belongs to the library, stays as it is until the caller gives it back to
// `tuf_client_release`, and is never NULL: a request that makes no sense is answered with a JSON-RPC error.
extern char *tuf_client_call(struct TufClient *client, const char *request);

// Takes an answer back. It is called once for each.
extern void tuf_client_release(char *answer);

// Takes a client back, after its last answer. It is not called when the client has broken these rules.
extern void tuf_client_free(struct TufClient *client);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* TUF_CLIENT_H */

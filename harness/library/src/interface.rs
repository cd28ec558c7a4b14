//! The interface that a client in a shared library exports. `tuf_client.h` is made from this file.

#![expect(unsafe_code, reason = "the declarations of foreign functions")]

use std::ffi::c_char;

/// A client. What is in it is known to the library alone.
pub enum TufClient {}

// Unwinding is forbidden. Declared as possible, it ends the host in a defined way when it happens nevertheless.
unsafe extern "C-unwind" {
    /// Makes a client. It is called once, before anything else.
    ///
    /// The caller owns what is returned, and gives it back to `tuf_client_free`. NULL: there is no client.
    pub fn tuf_client_new() -> *mut TufClient;

    /// Answers one request of the session protocol.
    ///
    /// `request` is one JSON text in UTF-8 without line breaks, at most 1 MiB long and ended by a NUL. It belongs to the
    /// caller, and is gone after the call.
    ///
    /// What is returned is of the same form. It belongs to the library, stays as it is until the caller gives it back to
    /// `tuf_client_release`, and is never NULL: a request that makes no sense is answered with a JSON-RPC error.
    pub fn tuf_client_call(client: *mut TufClient, request: *const c_char) -> *mut c_char;

    /// Takes an answer back. It is called once for each.
    pub fn tuf_client_release(answer: *mut c_char);

    /// Takes a client back, after its last answer. It is not called when the client has broken these rules.
    pub fn tuf_client_free(client: *mut TufClient);
}

/// The type of `tuf_client_new`.
pub(crate) type New = unsafe extern "C-unwind" fn() -> *mut TufClient;
/// The type of `tuf_client_call`.
pub(crate) type Call = unsafe extern "C-unwind" fn(*mut TufClient, *const c_char) -> *mut c_char;
/// The type of `tuf_client_release`.
pub(crate) type Release = unsafe extern "C-unwind" fn(*mut c_char);
/// The type of `tuf_client_free`.
pub(crate) type Free = unsafe extern "C-unwind" fn(*mut TufClient);

/// Compiles only if the types are those of the declarations, of which nothing is linked.
const _: (New, Call, Release, Free) = (tuf_client_new, tuf_client_call, tuf_client_release, tuf_client_free);

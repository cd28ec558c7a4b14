//! A client in Rust that panics. Its functions are declared so that no panic leaves them: the process is aborted.

#![expect(unsafe_code, reason = "functions for another program to call")]

use std::ffi::c_char;
use std::ptr::NonNull;

use library_host::TufClient;

/// Makes a client, of which nothing is ever looked at.
#[unsafe(no_mangle)]
pub extern "C" fn tuf_client_new() -> *mut TufClient {
    NonNull::dangling().as_ptr()
}

/// Panics.
#[unsafe(no_mangle)]
#[expect(clippy::panic, reason = "that is what it is for")]
pub extern "C" fn tuf_client_call(_client: *mut TufClient, _request: *const c_char) -> *mut c_char {
    panic!("a client panics")
}

/// Never called: there is no answer.
#[unsafe(no_mangle)]
pub extern "C" fn tuf_client_release(_answer: *mut c_char) {}

/// Has nothing to do.
#[unsafe(no_mangle)]
pub extern "C" fn tuf_client_free(_client: *mut TufClient) {}

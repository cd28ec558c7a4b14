//! A client under test: the session protocol through a C interface, on top of the public API of tough.
//!
//! A panic does not go beyond an `extern "C"` function: Rust ends the whole process.

use std::ffi::{CStr, CString, c_char};

pub mod exchange;
pub mod operations;

/// The client. There is nothing in it, since all that it knows is in its store.
pub struct TufClient {
    _private: u8,
}

/// Makes a client.
#[unsafe(no_mangle)]
pub extern "C" fn tuf_client_new() -> *mut TufClient {
    Box::into_raw(Box::new(TufClient { _private: 0 }))
}

/// Answers a request, or gives null if there is none.
///
/// # Safety
/// `request` is null or a text that ends with NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tuf_client_call(_client: *mut TufClient, request: *const c_char) -> *mut c_char {
    if request.is_null() {
        return std::ptr::null_mut();
    }
    // SAFETY: by the contract of this function.
    let request = unsafe { CStr::from_ptr(request) };
    let (answer, _) = exchange::answer(request.to_bytes());
    CString::new(answer).map_or(std::ptr::null_mut(), CString::into_raw)
}

/// Gives back the memory of an answer.
///
/// # Safety
/// `answer` is null, or comes from [`tuf_client_call`] and has not been given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tuf_client_release(answer: *mut c_char) {
    if !answer.is_null() {
        // SAFETY: by the contract of this function.
        drop(unsafe { CString::from_raw(answer) });
    }
}

/// Gives back the memory of a client.
///
/// # Safety
/// `client` is null, or comes from [`tuf_client_new`] and has not been given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tuf_client_free(client: *mut TufClient) {
    if !client.is_null() {
        // SAFETY: by the contract of this function.
        drop(unsafe { Box::from_raw(client) });
    }
}

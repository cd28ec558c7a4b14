//! Loads a library, and calls it. All the unsafe code of the host is here.

#![expect(unsafe_code, reason = "a library can be called in no other way")]

use std::ffi::{CStr, c_char};
use std::path::Path;
use std::ptr::NonNull;

use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};

use crate::architecture;
use crate::failure::Failure;
use crate::interface::{Call, Free, New, Release, TufClient};

/// A client in a library that was loaded. The library stays loaded until the process ends: it may have threads.
#[derive(Debug)]
pub(crate) struct Client {
    pointer: NonNull<TufClient>,
    call: Call,
    release: Release,
    free: Free,
}

impl Client {
    /// Loads the library in this file, and makes its client.
    pub(crate) fn load(path: &Path) -> Result<Self, Failure> {
        // A path without a slash would be searched for where libraries are installed.
        let path = path.canonicalize().map_err(|error| Failure::file(path, &error))?;
        architecture::check(&path)?;
        // Unresolved names are an error now, and not when they are first used.
        // SAFETY: what the library does while it is loaded is its own affair, and the reason for this process.
        let library = unsafe { Library::open(Some(&path), RTLD_NOW | RTLD_LOCAL) };
        let library = library.map_err(|error| Failure::NoLibrary(path.clone(), text(&error)))?;
        // SAFETY: the header says what the types of these four are, and the library promises to follow it.
        let (new, call, release, free): (New, Call, Release, Free) = unsafe {
            (
                function(&library, &path, "tuf_client_new")?,
                function(&library, &path, "tuf_client_call")?,
                function(&library, &path, "tuf_client_release")?,
                function(&library, &path, "tuf_client_free")?,
            )
        };
        // So that it is never unloaded, and the four stay valid.
        std::mem::forget(library);
        // SAFETY: it takes nothing, and is called first and once.
        let pointer = NonNull::new(unsafe { new() }).ok_or(Failure::NoClient)?;
        Ok(Self { pointer, call, release, free })
    }

    /// Has the client answer a request. Nothing if it answers NULL.
    pub(crate) fn call(&mut self, request: &CStr) -> Option<Vec<u8>> {
        // SAFETY: the client was made by this library and not freed; the request ends with a NUL and outlives the call;
        // there is one call at a time, since this needs a mutable reference.
        let answer: *mut c_char = unsafe { (self.call)(self.pointer.as_ptr(), request.as_ptr()) };
        if answer.is_null() {
            return None;
        }
        // SAFETY: the library promises that it ends with a NUL and stays as it is until it is released.
        let bytes = unsafe { CStr::from_ptr(answer) }.to_bytes().to_vec();
        // SAFETY: it is an answer of this library, and is released here alone.
        unsafe { (self.release)(answer) };
        Some(bytes)
    }

    /// Gives the client back.
    pub(crate) fn free(self) {
        // SAFETY: the client was made by this library, and this consumes it.
        unsafe { (self.free)(self.pointer.as_ptr()) };
    }
}

/// The function with this name.
///
/// # Safety
///
/// `F` has to be the type of a pointer to it.
unsafe fn function<F: Copy>(library: &Library, path: &Path, name: &'static str) -> Result<F, Failure> {
    // SAFETY: the caller knows the type.
    let found = unsafe { library.get::<F>(name) };
    found.map(|symbol| *symbol).map_err(|_| Failure::NoFunction(path.to_owned(), name))
}

/// What the dynamic linker has to say, which the error itself keeps to its source.
fn text(error: &libloading::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

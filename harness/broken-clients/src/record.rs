//! What the processes of a client leave for a test to read.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Whether this is the first process that comes here.
pub(crate) fn is_first(mark: &Path) -> bool {
    OpenOptions::new().write(true).create_new(true).open(mark).is_ok()
}

/// Notes the id of a process.
pub(crate) fn note_process(mark: &Path, id: u32) {
    add_line(&mark.with_extension("processes"), u64::from(id));
}

/// Notes how much was written by now.
pub(crate) fn note_written(mark: &Path, bytes: u64) {
    add_line(&mark.with_extension("written"), bytes);
}

fn add_line(file: &Path, number: u64) {
    let file = OpenOptions::new().append(true).create(true).open(file);
    // One write, so that the lines of two processes do not mix and none is half there. A test that needs it will miss it.
    let _ = file.and_then(|mut file| file.write_all(format!("{number}\n").as_bytes()));
}

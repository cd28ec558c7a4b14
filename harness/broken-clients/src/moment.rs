//! The moment in which a client misbehaves.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process;
use std::thread;
use std::time::Duration;

use crate::record;

/// How long a client hangs. Nobody should wait for it; but should the harness not end it, it ends some time.
const FOREVER: Duration = Duration::from_mins(10);

/// A client has done what it was asked for and has not answered yet.
#[derive(Debug)]
pub struct Moment {
    /// The folder in which it keeps metadata.
    pub metadata_dir: PathBuf,
    /// The base URL of metadata files.
    pub metadata_url: String,
    /// The number of the request. 0 over the command-line protocol.
    pub id: u64,
    /// The answer of a good client, as a line without its end. Empty over the command-line protocol.
    pub answer: String,
    pub(crate) mark: PathBuf,
}

/// What a client does after it misbehaved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It answers as a good client would.
    Answer,
    /// It does not answer, and waits for the next request.
    Nothing,
}

impl Moment {
    /// Writes to the standard output, now.
    pub fn write(&self, bytes: impl AsRef<[u8]>) {
        let mut output = io::stdout().lock();
        // Nobody may be reading any more.
        let _ = output.write_all(bytes.as_ref()).and_then(|()| output.flush());
    }

    /// The answer with one part of its text replaced.
    pub fn answer_with(&self, from: &str, to: &str) -> String {
        assert!(self.answer.contains(from), "there is no {from} in {}", self.answer);
        self.answer.replacen(from, to, 1)
    }

    /// Notes a process that was started, so that a test can see whether it is still there.
    pub fn note_process(&self, id: u32) {
        record::note_process(&self.mark, id);
    }

    /// Notes how much was written, so that a test can see how far it came.
    pub fn note_written(&self, bytes: u64) {
        record::note_written(&self.mark, bytes);
    }
}

/// Does nothing any more.
pub fn hang() -> ! {
    thread::sleep(FOREVER);
    process::exit(0)
}

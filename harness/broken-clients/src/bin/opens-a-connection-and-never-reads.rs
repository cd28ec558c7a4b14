//! A client that asks for files without end, reads no answer, and hangs.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use broken_clients::{connect, hang, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        let (mut stream, path) = connect(&moment.metadata_url).expect("the repository is there");
        stream.set_write_timeout(Some(Duration::from_secs(1))).expect("a timeout can be set");
        let request = format!("GET {path}/timestamp.json HTTP/1.1\r\nHost: repository\r\n\r\n");
        // Until the server does not read any more either.
        while stream.write_all(request.as_bytes()).is_ok() {}
        hang()
    })
}

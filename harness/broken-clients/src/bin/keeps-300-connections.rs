//! A client that answers well, and keeps more connections to the repository than that has room for.

use std::cell::RefCell;
use std::io::Write;
use std::process::ExitCode;

use broken_clients::{Then, connect, misbehave_once};

fn main() -> ExitCode {
    let connections = RefCell::new(Vec::new());
    misbehave_once(|moment| {
        // Which metadata files a client asks for may be judged. It asks for none.
        let targets_url = moment.metadata_url.replace("/metadata", "/targets");
        for _ in 0..300 {
            let (mut stream, path) = connect(&targets_url).expect("the repository is there");
            let request = format!("GET {path}/none HTTP/1.1\r\nHost: repository\r\n\r\n");
            stream.write_all(request.as_bytes()).expect("the request is short");
            connections.borrow_mut().push(stream);
        }
        Then::Answer
    })
}

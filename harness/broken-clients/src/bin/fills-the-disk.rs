//! A client that writes into its store without end.

use std::fs::File;
use std::io::Write;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        let mut file = File::create(moment.metadata_dir.join("log")).expect("it may write there");
        // 4 GiB, should nobody object.
        for written in 1..=1 << 12 {
            file.write_all(&vec![b'x'; 1 << 20]).expect("there is space");
            moment.note_written(written << 20);
            thread::sleep(Duration::from_millis(2));
        }
        Then::Answer
    })
}

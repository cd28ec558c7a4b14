//! A client that asks the repository for the same file again and again.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};
use reference::{HttpTransport, Transport};
use suite::observation::Area;

fn main() -> ExitCode {
    misbehave_once(|moment| {
        let repository = HttpTransport::new(&moment.metadata_url, &moment.metadata_url);
        for _ in 0..10_000 {
            repository.fetch(Area::Metadata, "timestamp.json", 1 << 20).expect("the repository answers");
        }
        Then::Answer
    })
}

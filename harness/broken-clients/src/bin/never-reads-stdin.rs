//! A client that reads nothing any more after its first root.

use std::process::ExitCode;

use broken_clients::{hang, misbehave_after};
use protocol::Method;

fn main() -> ExitCode {
    misbehave_after(Method::Trust, |moment| {
        moment.write(format!("{}\n", moment.answer));
        hang()
    })
}

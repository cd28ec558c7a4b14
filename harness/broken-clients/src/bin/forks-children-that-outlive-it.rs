//! A client that dies and leaves two children: one in its process group, and one in a session of its own.

use std::env;
use std::process::{self, Command, ExitCode, Stdio};

use broken_clients::{hang, misbehave_once};

/// What the children are told.
const CHILD: &str = "--child";
const LEAVE: &str = "--leave";

#[allow(clippy::zombie_processes, reason = "that nobody waits for them is the point")]
fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some(CHILD) {
        if env::args().nth(2).as_deref() == Some(LEAVE) {
            rustix::process::setsid().expect("it leads no group yet");
            // Now it has left.
            println!();
        }
        hang();
    }
    misbehave_once(|moment| {
        let this = env::current_exe().expect("a program knows where it is");
        for (further, output) in [(None, Stdio::inherit()), (Some(LEAVE), Stdio::piped())] {
            let mut command = Command::new(&this);
            let mut child =
                command.arg(CHILD).args(further).stdin(Stdio::null()).stdout(output).spawn().expect("it starts");
            moment.note_process(child.id());
            if let Some(output) = &mut child.stdout {
                std::io::Read::read_exact(output, &mut [0]).expect("it says that it has left");
            }
        }
        process::exit(4)
    })
}

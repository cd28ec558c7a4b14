//! A client as a child process: started in a group of its own, watched, and ended with all that belongs to it.

mod environment;
mod executable;
mod group;
pub(crate) mod live;
mod orphans;
mod running;
mod tail;

use std::process::Command;

pub(crate) use environment::set_environment;
pub(crate) use executable::resolve;
pub(crate) use running::{Bounds, End, Running, Streams, cause_of_exit};

/// A command as it could be typed, without what is set in its environment.
pub(crate) fn command_line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.fold("$".to_owned(), |line, word| format!("{line} {:?}", word.to_string_lossy()))
}

//! What happens when the program is told to end: by Ctrl-C, or by whoever started it.

use crate::failure::Failure;
use crate::output;

/// The exit status: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

/// From now on, being told to end takes the clients and their folders along.
///
/// # Errors
/// If the system does not allow it.
pub fn handle() -> Result<(), Failure> {
    let end = || {
        output::tell("\ninterrupted");
        adapter::end_all_and_exit(INTERRUPTED)
    };
    ctrlc::set_handler(end).map_err(|error| Failure::plain(format!("cannot take care of Ctrl-C: {error}")))
}

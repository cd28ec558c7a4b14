//! The host's own standard input and output, out of the library's reach.

use std::fs::File;
use std::io;

use rustix::fs::{Mode, OFlags, open};
use rustix::io::fcntl_dupfd_cloexec;
use rustix::stdio::{dup2_stdin, dup2_stdout, stderr, stdin, stdout};

/// Takes standard input and output away, for the protocol alone. From then on whoever in this process prints to
/// standard output prints to standard error, and whoever reads standard input reads nothing.
pub(crate) fn take() -> io::Result<(File, File)> {
    const NOT_STANDARD: i32 = 3;
    let requests = fcntl_dupfd_cloexec(stdin(), NOT_STANDARD)?;
    let answers = fcntl_dupfd_cloexec(stdout(), NOT_STANDARD)?;
    dup2_stdin(open("/dev/null", OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?)?;
    dup2_stdout(stderr())?;
    Ok((requests.into(), answers.into()))
}

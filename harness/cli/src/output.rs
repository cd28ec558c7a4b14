//! Where and how things are printed.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::failure::Failure;

/// For what is wrong.
pub const RED: Style = AnsiColor::Red.on_default().bold();

/// The number of columns where the terminal does not tell.
const DEFAULT_WIDTH: usize = 100;

/// Whether standard output is a terminal that shows colours, and the user wants them.
pub fn is_coloured() -> bool {
    AutoStream::choice(&io::stdout()) != ColorChoice::Never
}

/// The same for standard error.
pub fn is_coloured_error() -> bool {
    AutoStream::choice(&io::stderr()) != ColorChoice::Never
}

/// The number of columns of the terminal.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(terminal_size::Width(columns), _)| columns.into())
}

/// Writes a text to a file, or to standard output. That nobody reads standard output to its end is no error: the exit
/// status is the same then.
///
/// # Errors
/// If it cannot be written.
pub fn write(text: &str, file: Option<&Path>) -> Result<(), Failure> {
    if let Some(path) = file {
        return fs::write(path, text).map_err(|error| Failure::file(path, &error).about("cannot write"));
    }
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::plain(format!("cannot write the output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Makes sure that a file can be written, before the work is done that it is for. What it holds is left alone.
///
/// # Errors
/// If it cannot be written.
pub fn check(file: &Path) -> Result<(), Failure> {
    // Whoever reads a pipe would take it for the end if it were opened and closed.
    if fs::metadata(file).is_ok_and(|kind| !kind.is_file() && !kind.is_dir()) {
        return Ok(());
    }
    let opened = OpenOptions::new().append(true).create(true).open(file);
    opened.map(drop).map_err(|error| Failure::file(file, &error).about("cannot write"))
}

/// Tells something on standard error. If that cannot be written, there is nobody to tell.
pub fn tell(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Tells what is going on, if standard error is a terminal.
pub fn note(text: &str) {
    if io::IsTerminal::is_terminal(&io::stderr()) {
        tell(text);
    }
}

/// Writes a text at the end of a file.
///
/// # Errors
/// If it cannot be written.
pub fn append(text: &str, file: &Path) -> Result<(), Failure> {
    let opened = OpenOptions::new().append(true).create(true).open(file);
    opened.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| Failure::file(file, &error))
}

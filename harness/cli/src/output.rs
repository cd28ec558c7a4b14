//! Where and how things are printed.

use std::fs::File;
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

/// Writes a text to a file, or to standard output.
///
/// # Errors
/// If it cannot be written.
pub fn write(text: &str, file: Option<&Path>) -> Result<(), Failure> {
    match file {
        Some(path) => {
            let mut file = File::create(path).map_err(|error| Failure::file(path, &error))?;
            file.write_all(text.as_bytes()).map_err(|error| Failure::file(path, &error))
        }
        None => {
            let mut stdout = io::stdout().lock();
            stdout.write_all(text.as_bytes())?;
            Ok(stdout.flush()?)
        }
    }
}

//! `library-host PATH`: speaks the session protocol for the client in this shared library.

use std::env;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let (Some(path), None) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: library-host PATH");
        return ExitCode::from(2);
    };
    library_host::run(Path::new(&path)).into()
}

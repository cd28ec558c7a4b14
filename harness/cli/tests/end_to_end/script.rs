//! Clients under test that are a few lines for `/bin/sh`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::program::PROGRAM;

/// Accepts any root and nothing else.
pub const REFUSES: &str = r#"case " $* " in *" init "*) cp "$4" "$2/root.json"; exit 0;; esac; exit 1"#;

/// A client whose arguments are those of the protocol: `$2` is its metadata folder.
pub struct Script {
    file: PathBuf,
    _folder: TempDir,
}

impl Script {
    pub fn new(lines: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("client.sh");
        fs::write(&file, lines).unwrap();
        Self { file, _folder: folder }
    }

    /// The arguments that name it.
    pub fn arguments(&self) -> [&str; 4] {
        ["--client", "/bin/sh", "--client-arg", self.file.to_str().unwrap()]
    }
}

/// The arguments that name the reference client as a program of its own.
pub const REFERENCE: [&str; 4] = ["--client", PROGRAM, "--client-arg", "reference-client"];

/// Writes a script that can be run by its path.
///
/// It is another process that opens it for writing: otherwise a process that is started by another test at the same
/// moment could hold it open, and nobody can run what is open for writing.
pub fn write_program(path: &Path, lines: &str) {
    let text = path.with_extension("txt");
    fs::write(&text, format!("#!/bin/sh\n{lines}\n")).unwrap();
    assert!(Command::new("/bin/cp").arg(&text).arg(path).status().unwrap().success());
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

//! Released clients: how they are listed and installed. The Python here is a script that only pretends.

use std::path::Path;

use tempfile::TempDir;

use crate::program::{Ended, command};
use crate::script::write_program;

/// Answers what the program asks a Python, makes virtual environments that consist of itself, and installs packages
/// as `$1` says.
const PYTHON: &str = r#"case "$2$3" in
    -c*) echo 3 12;;
    -mvenv) mkdir -p "$4/bin"; cp "$0" "$4/bin/python";;
    -mpip) INSTALL;;
esac"#;

/// A machine with a Python and an empty cache.
struct Machine(TempDir);

impl Machine {
    fn new(install: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_program(&folder.path().join("python3"), &PYTHON.replace("INSTALL", install));
        Self(folder)
    }

    fn tuf_cookbook(&self, arguments: &[&str]) -> Ended {
        let path = format!("{}:/usr/bin:/bin", self.0.path().display());
        command(arguments).env("PATH", path).env("TUF_COOKBOOK_CACHE", self.cache()).output().unwrap().into()
    }

    /// The line about python-tuf in the list of clients.
    fn listed(&self) -> String {
        let list = self.tuf_cookbook(&["client", "list"]).good();
        list.lines().find(|line| line.starts_with("python-tuf ")).unwrap().to_owned()
    }

    fn cache(&self) -> impl AsRef<Path> + AsRef<std::ffi::OsStr> {
        self.0.path().join("cache")
    }
}

#[test]
fn a_client_is_installed_with_progress_and_listed_afterwards() {
    let machine = Machine::new("printf 'Collecting \\033[1mtuf\\nSuccessfully installed\\n'");
    assert!(machine.listed().ends_with(": not installed"));
    machine
        .tuf_cookbook(&["run", "--client", "python-tuf"])
        .assert_refused(&["`python-tuf` is not installed", "run `tuf-cookbook client install python-tuf` first"]);

    let ended = machine.tuf_cookbook(&["client", "install", "python-tuf"]);
    let progress = ["making a virtual environment with python3", "Collecting \\u{1b}[1mtuf", "Successfully installed"];
    assert_eq!(ended.stderr.lines().collect::<Vec<_>>(), progress);
    let stdout = ended.good();
    assert!(stdout.starts_with("python-tuf ") && stdout.contains("/cache/clients/python-tuf/"), "{stdout}");
    assert!(machine.listed().ends_with(": installed"));

    let again = machine.tuf_cookbook(&["client", "install", "python-tuf"]);
    assert_eq!(again.stderr, "");
    assert_eq!(again.good(), stdout);
}

#[test]
fn an_installation_that_fails_is_told_with_its_last_words_and_leaves_nothing() {
    let machine = Machine::new("echo 'no network' >&2; exit 1");
    machine.tuf_cookbook(&["client", "install", "python-tuf"]).assert_refused(&[
        "error: cannot install its packages (exit status: 1):\nno network",
        "help: check the network",
    ]);
    assert!(machine.listed().ends_with(": not installed"));
}

#[test]
fn a_client_that_is_not_known_cannot_be_installed() {
    Machine::new(":")
        .tuf_cookbook(&["client", "install", "../x"])
        .assert_refused(&["there is no released client `../x`"]);
}

#[test]
fn the_doctor_tells_what_is_missing_and_how_to_get_it() {
    let machine = Machine::new(":");
    let ended = machine.tuf_cookbook(&["client", "doctor", "python-tuf"]);
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    assert!(ended.stdout.contains("ok       python: python3 3.12\n"), "{}", ended.stdout);
    assert!(ended.stdout.contains("is not installed\n         run `tuf-cookbook client install python-tuf`\n"));

    let nothing = machine.0.path().join("nothing");
    let mut doctor = command(&["client", "doctor", "sigstore-java"]);
    let ended: Ended = doctor.env("PATH", nothing).env("TUF_COOKBOOK_CACHE", machine.cache()).output().unwrap().into();
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    assert!(ended.stdout.contains("missing  there is no `mvn` in PATH\n         install Maven and a JDK"));

    // Maven writes colours wherever it is asked.
    write_program(&machine.0.path().join("mvn"), "printf '\\033[0mApache Maven 3.9\\nJava home: /nowhere\\n'");
    let ended = machine.tuf_cookbook(&["client", "doctor", "sigstore-java"]);
    assert!(ended.stdout.contains("ok       mvn: Apache Maven 3.9\n"), "{}", ended.stdout);

    machine.tuf_cookbook(&["client", "install", "python-tuf"]).good();
    let ended = machine.tuf_cookbook(&["client", "doctor", "python-tuf"]);
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    assert!(ended.stdout.contains("missing  over the session transport: the client does not introduce itself"));
}

//! Runs the program to its end.

use std::process::{Command, Output, Stdio};

use judge::{ScenarioResult, Status};
use report::Report;

/// The path of the program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_tuf-cookbook");

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ended {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    /// What it printed, if all went well.
    pub fn good(self) -> String {
        assert_eq!(self.status, Some(0), "{self:#?}");
        self.stdout
    }

    /// Asserts that it ended with status 2, and that it said all of these.
    pub fn assert_refused(&self, said: &[&str]) {
        assert_eq!(self.status, Some(2), "{self:#?}");
        for text in said {
            assert!(self.stderr.contains(text), "not said: {text}\n{}", self.stderr);
        }
        assert_eq!(self.stdout, "", "a report although nothing was played");
    }
}

/// The program with these arguments, and with nothing to read.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).stdin(Stdio::null());
    for variable in ["CLICOLOR", "CLICOLOR_FORCE", "NO_COLOR", "TUF_COOKBOOK_CACHE"] {
        command.env_remove(variable);
    }
    command
}

/// Runs the program with these arguments.
pub fn tuf_cookbook(arguments: &[&str]) -> Ended {
    command(arguments).output().unwrap().into()
}

/// Plays scenarios and reads the report, whatever it says.
pub fn play(arguments: &[&str]) -> Report {
    let ended = tuf_cookbook(&[&["run", "--format", "json"], arguments].concat());
    let report = report::json::read(&ended.stdout).unwrap_or_else(|error| panic!("{error}\n{ended:#?}"));
    assert_eq!(ended.status, Some(report.verdict().code().into()), "{}", ended.stderr);
    report
}

/// The result of a scenario.
pub fn result<'a>(report: &'a Report, id: &str) -> &'a ScenarioResult {
    report.results.iter().find(|result| result.id.as_str() == id).unwrap_or_else(|| panic!("no result for {id}"))
}

/// The ids and statuses in a report.
pub fn statuses(report: &Report) -> Vec<(&str, Status)> {
    report.results.iter().map(|result| (result.id.as_str(), result.status)).collect()
}

//! What ends a command before it could do its work. The exit status is then 2.

use std::io::{self, ErrorKind};
use std::path::Path;

use adapter::StartError;
use adapter::released::{InstallError, ReleasedError};
use miette::{GraphicalReportHandler, GraphicalTheme};
use report::escape::single_line;
use repository::ForgeError;
use suite::{LoadError, Problem, ReadError};

use crate::output;

/// How many lines are shown of what a client printed that could not be started, and how much of each.
const SHOWN: usize = 12;
const LINE_LIMIT: usize = 2000;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Something that can be said in a sentence, with a remedy.
    Message {
        /// What went wrong.
        message: String,
        /// What a client printed, if it is about one: escaped, a line each.
        details: Vec<String>,
        /// What to do about it.
        help: Option<String>,
    },
    /// Problems in data files.
    Problems(Vec<Problem>),
}

impl Failure {
    /// A failure with a remedy.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Message { message: message.into(), details: Vec::new(), help: Some(help.into()) }
    }

    /// A failure for which there is no general remedy.
    pub fn plain(message: impl Into<String>) -> Self {
        Self::Message { message: message.into(), details: Vec::new(), help: None }
    }

    /// A file that could not be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Self {
        let help = match error.kind() {
            ErrorKind::NotFound => match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                Some(folder) if !folder.is_dir() => {
                    format!("there is no folder {}: make it, or name another one", folder.display())
                }
                _ => "check the path; a relative one starts from the current folder".to_owned(),
            },
            ErrorKind::PermissionDenied => "check who may read and write the file, and its folder".to_owned(),
            ErrorKind::IsADirectory => "name a file in it".to_owned(),
            _ => return Self::plain(format!("{}: {error}", path.display())),
        };
        Self::new(format!("{}: {error}", path.display()), help)
    }

    /// The same failure, with words in front that say what the file is for.
    #[must_use]
    pub fn about(self, what: &str) -> Self {
        match self {
            Self::Message { message, details, help } => {
                Self::Message { message: format!("{what} {message}"), details, help }
            }
            problems @ Self::Problems(_) => problems,
        }
    }

    /// A state that could not be made.
    pub fn forge(id: &suite::ScenarioId, (step, error): &(usize, ForgeError)) -> Self {
        match step {
            0 => Self::plain(format!("{id}, before the first step: {error}")),
            step => Self::plain(format!("{id}, step {step}: {error}")),
        }
    }

    /// What went wrong, in words.
    pub fn message(&self) -> String {
        match self {
            Self::Message { message, .. } => message.clone(),
            Self::Problems(problems) => {
                let messages: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
                messages.join("; ")
            }
        }
    }

    /// What to do about it, if that is known.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Message { help, .. } => help.clone(),
            Self::Problems(_) => None,
        }
    }

    /// Shows it on standard error.
    pub fn print(&self) {
        match self {
            Self::Message { message, details, help } => {
                output::tell(&format!("{}error:{} {message}", output::RED.render(), output::RED.render_reset()));
                for line in details {
                    output::tell(&format!("  | {line}"));
                }
                if let Some(help) = help {
                    output::tell(&format!("  help: {help}"));
                }
            }
            Self::Problems(problems) => print_problems(problems),
        }
    }
}

/// Shows problems in data files on standard error, each with the lines that it is about.
pub fn print_problems(problems: &[Problem]) {
    let handler = if output::is_coloured_error() {
        GraphicalReportHandler::new()
    } else {
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
    };
    for problem in problems {
        let mut text = String::new();
        if handler.render_report(&mut text, problem).is_ok() {
            output::tell(&text);
        }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Problems { problems } => Self::Problems(problems),
            LoadError::Read(error) => error.into(),
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        let help = "name a working copy of the suite with --suite: a folder with `scenarios` and `spec` in it";
        Self::new(error.to_string(), help)
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        let output = String::from_utf8_lossy(&error.output);
        let printed = output.lines().filter(|line| !line.trim().is_empty());
        let details = printed.take(SHOWN).map(|line| single_line(line, LINE_LIMIT)).collect();
        Self::Message { message: single_line(&error.message, LINE_LIMIT), details, help: error.help }
    }
}

impl From<InstallError> for Failure {
    fn from(error: InstallError) -> Self {
        Self::new(error.message, error.help)
    }
}

impl From<ReleasedError> for Failure {
    fn from(error: ReleasedError) -> Self {
        match error {
            ReleasedError::Broken(problem) => Self::Problems(vec![*problem]),
            ReleasedError::Unknown { .. } => {
                Self::new(error.to_string(), "see `tuf-cookbook client list`, or give the path of a client: `./name`")
            }
        }
    }
}

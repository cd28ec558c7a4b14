//! How a client that is a program is run, and how much it may use.

use std::path::PathBuf;
use std::time::Duration;

use suite::observation::Cause;

use crate::{StoreLimits, Trace};

/// The longest deadline. It keeps sums of times in range.
const LONGEST: Duration = Duration::from_hours(24);

/// How to run a client and how much it may use.
#[derive(Debug, Clone)]
pub struct ProgramOptions {
    /// The program: a path, or a bare name that is looked up in `PATH`.
    pub command: PathBuf,
    /// Arguments that come before those of the protocol.
    pub arguments: Vec<String>,
    /// How long it may take for one thing that it is asked to do; a day at most.
    pub deadline: Duration,
    /// How many bytes it may print meanwhile.
    pub output_limit: u64,
    /// How much it may keep.
    pub store_limits: StoreLimits,
    /// Who hears what is said.
    pub trace: Trace,
}

impl ProgramOptions {
    /// Options with the usual bounds: 30 seconds and 16 MiB of output for each thing that it is asked to do.
    pub fn new(command: impl Into<PathBuf>) -> Self {
        Self {
            command: command.into(),
            arguments: Vec::new(),
            deadline: Duration::from_secs(30),
            output_limit: 16 << 20,
            store_limits: StoreLimits::default(),
            trace: Trace::default(),
        }
    }

    /// How long it may take.
    pub(crate) fn deadline(&self) -> Duration {
        self.deadline.min(LONGEST)
    }

    /// That it took longer.
    pub(crate) fn late(&self) -> Cause {
        Cause::Deadline { milliseconds: u64::try_from(self.deadline.as_millis()).unwrap_or(u64::MAX) }
    }
}

//! Something that the client is told to do, and a moment in the middle of it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TargetPath;
use crate::observation::Task;

/// What a client is told to do, and the request at which something happens to it: it is killed, or another client comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum TaskAt {
    /// A refresh, and the number of the request, from 1.
    RefreshAt(usize),
    /// A download.
    DownloadAt {
        /// The number of the request, from 1.
        request: usize,
        /// The target files.
        targets: Vec<TargetPath>,
    },
}

impl TaskAt {
    /// What the client is told to do.
    pub fn task(&self) -> Task {
        match self {
            Self::RefreshAt(_) => Task::Refresh,
            Self::DownloadAt { targets, .. } => Task::Download(targets.clone()),
        }
    }

    /// The number of the request, from 1.
    pub const fn request(&self) -> usize {
        match self {
            Self::RefreshAt(request) | Self::DownloadAt { request, .. } => *request,
        }
    }
}

impl fmt::Display for TaskAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RefreshAt(_) => f.write_str("refresh"),
            Self::DownloadAt { targets, .. } => write!(f, "download {}", targets.join(", ")),
        }
    }
}

//! How something that a client was told to do ended, as it says itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Reason;

/// What `trust`, `refresh` and `download` are answered with. Each may carry a message for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Answer {
    /// It did what it was told.
    Accepted {
        /// For a person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// It refused on purpose, because of what the repository served.
    Rejected {
        /// Why, if it can tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
        /// For a person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// It lacks a feature that it did not claim either.
    Unsupported {
        /// The feature, by its id in the register.
        feature: String,
        /// For a person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// Anything else: a bug, a broken store. Never taken for a refusal.
    Error {
        /// What happened.
        message: String,
    },
}

impl Answer {
    /// It did what it was told.
    pub const ACCEPTED: Self = Self::Accepted { message: None };

    /// It refused on purpose.
    pub fn rejected(reason: Option<Reason>, message: impl Into<String>) -> Self {
        Self::Rejected { reason, message: Some(message.into()) }
    }

    /// Something broke.
    pub fn error(message: impl Into<String>) -> Self {
        Self::Error { message: message.into() }
    }

    /// The message, if there is one.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Accepted { message } | Self::Rejected { message, .. } | Self::Unsupported { message, .. } => {
                message.as_deref()
            }
            Self::Error { message } => Some(message),
        }
    }
}

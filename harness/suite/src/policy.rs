//! Questions that the text leaves open, and the answers in use.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::observation::Reason;

/// A question that the text leaves open.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// The question.
    pub question: String,
    /// The sections between which it is open.
    pub sections: Vec<String>,
    /// Where it is discussed.
    #[serde(default)]
    pub discussed: Vec<String>,
    /// Whose behaviour answers it.
    #[serde(default)]
    pub subject: Subject,
    /// The answers, the stricter or more literal reading first. None of them is wrong.
    #[serde(default)]
    pub answer: Vec<Answer>,
}

/// Whose behaviour answers a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The client's.
    #[default]
    Client,
    /// The repository's.
    Repository,
    /// Nobody's: the text contradicts itself, and nothing follows from it.
    Text,
}

/// A way to read the text.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answer {
    /// Its id within the policy, such as `refuse`.
    pub id: String,
    /// What whoever answers so does.
    pub means: String,
    /// What speaks for it in the text.
    pub argument: Option<String>,
    /// What is seen of whoever answers so, by the ids of scenarios that turn on the question. All of it has to be seen.
    /// Absent if no scenario tells it from other answers yet.
    #[serde(default)]
    pub seen: BTreeMap<String, Seen>,
}

/// What is seen in a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Every check of the scenario holds.
    Pass,
    /// A check does not hold.
    Fail,
    /// The last thing that the client was told to do was accepted.
    Accepted,
    /// The last thing that the client was told to do was rejected, and the control accepted.
    Rejected,
    /// The last thing that the client was told to do was rejected for this reason. A client that gives none has not
    /// answered.
    Reported(Reason),
}

/// The file of policies.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyFile {
    /// The policies.
    pub policy: Vec<Policy>,
}

impl Policy {
    /// The answer with this id.
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        self.answer.iter().find(|answer| answer.id == id)
    }
}

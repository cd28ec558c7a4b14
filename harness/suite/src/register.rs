//! The register: what the specification asks, what it leaves optional, and the attacks that it is about.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How strongly something is asked. The keywords of RFC 2119, and what the text implies without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Level {
    /// MUST, SHALL, REQUIRED.
    #[serde(rename = "MUST")]
    Must,
    /// MUST NOT, SHALL NOT.
    #[serde(rename = "MUST NOT")]
    MustNot,
    /// SHOULD, RECOMMENDED.
    #[serde(rename = "SHOULD")]
    Should,
    /// SHOULD NOT.
    #[serde(rename = "SHOULD NOT")]
    ShouldNot,
    /// MAY, OPTIONAL.
    #[serde(rename = "MAY")]
    May,
    /// A step of the workflow, or a property that follows from the text, without a keyword.
    #[serde(rename = "implied")]
    Implied,
}

impl Level {
    /// Whether not doing it is a failure rather than a warning. An optional thing that a client claims to
    /// support has to be supported correctly.
    pub const fn is_required(self) -> bool {
        !matches!(self, Self::Should | Self::ShouldNot)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Must => "MUST",
            Self::MustNot => "MUST NOT",
            Self::Should => "SHOULD",
            Self::ShouldNot => "SHOULD NOT",
            Self::May => "MAY",
            Self::Implied => "implied",
        })
    }
}

/// Who a requirement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The client.
    Client,
    /// The repository and those who run it.
    Repository,
}

/// One thing that the specification asks, in our own words.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Requirement {
    /// Its permanent id, such as `snapshot.rollback.delegated-version`.
    pub id: String,
    /// How strongly it is asked.
    pub level: Level,
    /// Of whom.
    pub actor: Actor,
    /// The section or the step of edition 1.0.34 that asks it, or the TAP. Absent if the text says nothing.
    pub section: Option<String>,
    /// The anchor of that section.
    pub anchor: Option<String>,
    /// What is asked.
    pub statement: String,
    /// The feature that it belongs to. Absent if it is unconditional.
    pub feature: Option<String>,
    /// The attack classes that it works against.
    #[serde(default)]
    pub mitigates: Vec<String>,
    /// How it can be observed from outside.
    pub observe: String,
}

/// Something that a deployment or a client may leave out.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Feature {
    /// Its id, such as `consistent-snapshots:off`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The section or TAP that describes it.
    pub section: String,
    /// Whether a client that says nothing is taken to support it.
    pub default: bool,
}

/// A class of attacks (section 1.5.2).
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AttackClass {
    /// Its id, which is the name of a folder of scenarios.
    pub id: String,
    /// Its name.
    pub title: String,
    /// One sentence on what the attacker wants.
    pub summary: String,
}

/// A file of requirements.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementFile {
    /// The requirements of one area.
    pub requirement: Vec<Requirement>,
}

/// The file of features.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeatureFile {
    /// The features.
    pub feature: Vec<Feature>,
}

/// The file of attack classes.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttackFile {
    /// The attack classes.
    pub attack: Vec<AttackClass>,
}

/// Everything that scenarios refer to by id.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Requirements by id.
    pub requirements: BTreeMap<String, Requirement>,
    /// Features by id.
    pub features: BTreeMap<String, Feature>,
    /// Attack classes by id.
    pub attacks: BTreeMap<String, AttackClass>,
    /// Open questions by id.
    pub policies: BTreeMap<String, Policy>,
}

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
}

/// The file of policies.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyFile {
    /// The policies.
    pub policy: Vec<Policy>,
}

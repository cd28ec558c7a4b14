//! The register: what the specification asks, what it leaves optional, and the attacks that it is about.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Policy;

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
    /// The open questions that touch it.
    #[serde(default)]
    pub policies: Vec<String>,
    /// Why no scenario can check it. Absent if one can, and for what is asked of repositories.
    pub excluded: Option<Exclusion>,
}

/// Why no scenario can check a requirement on a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Exclusion {
    /// The reason.
    pub why: Why,
    /// The question, if it is an open one.
    pub policy: Option<String>,
    /// The requirements that say the same in detail, if it is their sum.
    #[serde(default)]
    pub others: Vec<String>,
    /// The reason in words.
    pub note: String,
}

/// The kinds of reasons for which a requirement is not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// No behaviour seen from outside tells whether it is met.
    NotObservable,
    /// The text contradicts itself, or leaves open what is asked.
    OpenQuestion,
    /// It says in general what others say in detail.
    SumOfOthers,
    /// It is asked of those who integrate, ship or configure a client.
    NotAClientMatter,
    /// It belongs to an optional feature that no client under test claims, and that the reference client lacks too.
    NoImplementation,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotObservable => "not observable",
            Self::OpenQuestion => "open question",
            Self::SumOfOthers => "sum of others",
            Self::NotAClientMatter => "not a client matter",
            Self::NoImplementation => "no implementation",
        })
    }
}

/// An id that was used once. It is never given to anything else.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Withdrawn {
    /// The id.
    pub id: String,
    /// The requirements that took its place.
    #[serde(default)]
    pub now: Vec<String>,
    /// Why it is not used any more.
    pub why: String,
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
    /// The features that it makes no sense without.
    #[serde(default)]
    pub needs: Vec<String>,
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
    /// Ids of the area that are not used any more.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawn>,
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
    /// Ids of requirements that are not used any more.
    pub withdrawn: BTreeMap<String, Withdrawn>,
    /// The area that each requirement belongs to: the name of its file.
    pub(crate) areas: BTreeMap<String, String>,
}

impl Register {
    /// The area that a requirement belongs to: the name of its file, such as `timestamp`.
    pub fn area(&self, requirement: &str) -> &str {
        self.areas.get(requirement).map_or("", String::as_str)
    }

    /// The ids of the features that a client is taken to have if it does not say otherwise.
    pub fn default_features(&self) -> BTreeSet<String> {
        self.features.values().filter(|feature| feature.default).map(|feature| feature.id.clone()).collect()
    }
}

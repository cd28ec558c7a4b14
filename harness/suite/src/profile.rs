//! Profiles: the recipes of the cookbook. Each says which parts of the specification a situation asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use schemars::JsonSchema;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{KeyType, Register};

/// A profile, as its file has it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProfileFile {
    /// Its name in words.
    pub title: String,
    /// The profiles that it builds on, by their ids. What is said here wins over what is said there.
    #[serde(default)]
    pub extends: Vec<String>,
    /// The situation that it is for, in plain words.
    pub situation: String,
    /// The attack classes that it protects against.
    pub protects: Vec<String>,
    /// What it does without, a sentence each.
    #[serde(default)]
    pub gives_up: Vec<String>,
    /// Open questions that matter here and are left to the client, by their ids: no answer is held against it.
    #[serde(default)]
    pub leaves_open: BTreeSet<String>,
    /// Which optional features a client needs.
    #[serde(default)]
    pub features: ProfileFeatures,
    /// Which answers to open questions are right in this situation, by the ids of the questions.
    #[serde(default)]
    pub policies: BTreeMap<String, Decision>,
    /// What the repository is held to.
    #[serde(default)]
    pub bounds: Bounds,
    /// Where the choices come from.
    #[serde(default)]
    pub source: Vec<Source>,
}

/// Features in a profile, by their ids.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileFeatures {
    /// A client has to support them.
    #[serde(default)]
    pub required: BTreeSet<String>,
    /// A repository may use them, and a client may support them.
    #[serde(default)]
    pub allowed: BTreeSet<String>,
    /// A repository does not use them.
    #[serde(default)]
    pub forbidden: BTreeSet<String>,
}

/// The answers to a question that are right: one, or several that are equally good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(with = "OneOrMore")]
pub struct Decision(pub BTreeSet<String>);

/// How a decision is written.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it stands for the form in the schema")]
enum OneOrMore {
    One(String),
    More(BTreeSet<String>),
}

/// What the repository of a profile is held to. What is absent is not bounded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Bounds {
    /// At least so many signatures on root.
    pub root_threshold: Option<u32>,
    /// At least so many signatures on the top-level targets.
    pub targets_threshold: Option<u32>,
    /// At least so many signatures on snapshot.
    pub snapshot_threshold: Option<u32>,
    /// At least so many signatures on timestamp.
    pub timestamp_threshold: Option<u32>,
    /// At least so many signatures on delegated targets.
    pub delegated_threshold: Option<u32>,
    /// Root expires after so many days at most: `"365d"`.
    pub root_expiry: Option<String>,
    /// The top-level targets expire after so many days at most.
    pub targets_expiry: Option<String>,
    /// Snapshot expires after so many days at most.
    pub snapshot_expiry: Option<String>,
    /// Timestamp expires after so many days at most.
    pub timestamp_expiry: Option<String>,
    /// Delegated targets expire after so many days at most.
    pub delegated_expiry: Option<String>,
    /// The types of keys that are used.
    pub key_types: Option<Vec<KeyType>>,
    /// The hash algorithms that are used.
    pub hash_algorithms: Option<Vec<String>>,
    /// The number of hash bins, a power of two.
    pub bins: Option<u32>,
    /// The levels of delegation below the top-level targets, at most.
    pub delegation_depth: Option<u32>,
    /// How many delegated roles a client has to be able to visit.
    pub delegated_roles: Option<u32>,
    /// How many new roots a client has to be able to follow in one update.
    pub root_rotations: Option<u32>,
    /// The bytes of root metadata that a client has to accept.
    pub root_size: Option<u64>,
    /// The bytes of timestamp metadata that a client has to accept.
    pub timestamp_size: Option<u64>,
    /// The bytes of snapshot metadata that a client has to accept.
    pub snapshot_size: Option<u64>,
    /// The bytes of targets metadata that a client has to accept.
    pub targets_size: Option<u64>,
}

/// Where a choice comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name.
    pub title: String,
    /// Its address.
    pub url: String,
    /// What it is the source of.
    pub says: String,
}

/// A profile with everything that it builds on.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its id: the name of its file.
    pub id: String,
    /// What its file says, with what it extends merged in. `extends` and `source` are its own.
    pub file: ProfileFile,
}

impl Profile {
    /// Whether it asks a client for one of these requirements: it is unconditional, or belongs to a feature that the
    /// profile requires or allows.
    pub fn asks_for<'a>(&self, ids: impl IntoIterator<Item = &'a String>, register: &Register) -> bool {
        let features = &self.file.features;
        let applies = |feature: &String| features.required.contains(feature) || features.allowed.contains(feature);
        let known = ids.into_iter().filter_map(|id| register.requirements.get(id));
        known.into_iter().any(|requirement| requirement.feature.as_ref().is_none_or(applies))
    }
}

impl ProfileFile {
    /// What this says, and what `base` says where this says nothing.
    pub(crate) fn over(self, base: &Self) -> Self {
        let mut features = self.features;
        let said: BTreeSet<String> =
            features.required.iter().chain(&features.allowed).chain(&features.forbidden).cloned().collect();
        let rest = |of: &BTreeSet<String>| of.difference(&said).cloned().collect::<Vec<_>>();
        features.required.extend(rest(&base.features.required));
        features.allowed.extend(rest(&base.features.allowed));
        features.forbidden.extend(rest(&base.features.forbidden));
        let leaves_open = self.leaves_open.union(&base.leaves_open).filter(|id| !self.policies.contains_key(*id));
        let leaves_open: BTreeSet<String> = leaves_open.cloned().collect();
        let mut policies = base.policies.clone();
        policies.retain(|id, _| !self.leaves_open.contains(id));
        policies.extend(self.policies);
        let mut protects = self.protects;
        protects.extend(base.protects.iter().filter(|attack| !protects.contains(attack)).cloned().collect::<Vec<_>>());
        Self { features, policies, leaves_open, protects, bounds: self.bounds.over(&base.bounds), ..self }
    }
}

impl Bounds {
    fn over(self, base: &Self) -> Self {
        macro_rules! over {
            ($($field:ident),*) => { Self { $($field: self.$field.or_else(|| base.$field.clone()),)* } };
        }
        over!(
            root_threshold,
            targets_threshold,
            snapshot_threshold,
            timestamp_threshold,
            delegated_threshold,
            root_expiry,
            targets_expiry,
            snapshot_expiry,
            timestamp_expiry,
            delegated_expiry,
            key_types,
            hash_algorithms,
            bins,
            delegation_depth,
            delegated_roles,
            root_rotations,
            root_size,
            timestamp_size,
            snapshot_size,
            targets_size
        )
    }
}

impl<'de> Deserialize<'de> for Decision {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Answers;

        impl<'de> Visitor<'de> for Answers {
            type Value = Decision;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an answer, or a list of answers")
            }

            fn visit_str<E>(self, answer: &str) -> Result<Decision, E> {
                Ok(Decision(BTreeSet::from([answer.to_owned()])))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Decision, A::Error> {
                let mut answers = BTreeSet::new();
                while let Some(answer) = list.next_element()? {
                    answers.insert(answer);
                }
                Ok(Decision(answers))
            }
        }

        deserializer.deserialize_any(Answers)
    }
}

//! The files of the register, with the places of their entries.

use crate::dialect::{Dialect, DialectFile};
use crate::load::is_toml;
use crate::locate::Place;
use crate::parse::parse_data;
use crate::policy::{Policy, PolicyFile};
use crate::register::{AttackClass, AttackFile, Feature, FeatureFile, Requirement, RequirementFile, Withdrawn};
use crate::{Problem, Tree};

/// One file of the register.
pub(super) struct RegisterFile<'a> {
    /// Its path.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What it lists.
    pub entries: Entries,
    /// Ids of requirements that are not used any more.
    pub withdrawn: Vec<Withdrawn>,
}

/// The entries of a file of the register.
pub(super) enum Entries {
    Requirements(Vec<Requirement>),
    Features(Vec<Feature>),
    Attacks(Vec<AttackClass>),
    Policies(Vec<Policy>),
    Dialects(Vec<Dialect>),
}

impl Entries {
    /// The key of the tables that the entries are written in.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Requirements(_) => "requirement",
            Self::Features(_) => "feature",
            Self::Attacks(_) => "attack",
            Self::Policies(_) => "policy",
            Self::Dialects(_) => "dialect",
        }
    }

    /// The ids of the entries, in order.
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Self::Requirements(entries) => entries.iter().map(|entry| entry.id.as_str()).collect(),
            Self::Features(entries) => entries.iter().map(|entry| entry.id.as_str()).collect(),
            Self::Attacks(entries) => entries.iter().map(|entry| entry.id.as_str()).collect(),
            Self::Policies(entries) => entries.iter().map(|entry| entry.id.as_str()).collect(),
            Self::Dialects(entries) => entries.iter().map(|entry| entry.id.as_str()).collect(),
        }
    }

    /// The place of an entry.
    pub fn place(&self, index: usize) -> Place {
        Place::top(self.key()).index(index)
    }
}

/// The files of the register that can be read.
pub(super) fn read(tree: &Tree) -> Vec<RegisterFile<'_>> {
    let read = |(path, text)| {
        let (entries, withdrawn) = (entries(path, text)?.ok()?, withdrawn(path, text));
        Some(RegisterFile { path, text, entries, withdrawn })
    };
    tree.iter().map(|(path, text)| (path.as_str(), text.as_str())).filter_map(read).collect()
}

fn entries(path: &str, text: &str) -> Option<Result<Entries, Box<Problem>>> {
    Some(match path {
        "spec/features.toml" => parse_data(path, text).map(|file: FeatureFile| Entries::Features(file.feature)),
        "spec/attacks.toml" => parse_data(path, text).map(|file: AttackFile| Entries::Attacks(file.attack)),
        "spec/policies.toml" => parse_data(path, text).map(|file: PolicyFile| Entries::Policies(file.policy)),
        "spec/dialects.toml" => parse_data(path, text).map(|file: DialectFile| Entries::Dialects(file.dialect)),
        _ if path.starts_with("spec/requirements/") && is_toml(path) => {
            parse_data(path, text).map(|file: RequirementFile| Entries::Requirements(file.requirement))
        }
        _ => return None,
    })
}

fn withdrawn(path: &str, text: &str) -> Vec<Withdrawn> {
    if !path.starts_with("spec/requirements/") {
        return Vec::new();
    }
    parse_data(path, text).map_or_else(|_| Vec::new(), |file: RequirementFile| file.withdrawn)
}

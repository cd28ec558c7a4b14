//! The repositories of a scenario: the main one, and further ones that a client has in a map (TAP 4).

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Value, json};
use suite::{Dialect, MAIN, Mapping, Offset, RepositoryName, RoleName, Scenario, Serving, Setup};

use crate::keyring::Owner;
use crate::{Calendar, Files, ForgeError, World};

/// How many keys of each RSA size a repository takes, if no more are stated.
const RSA_KEYS: usize = 4;

/// What a client with a map is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several {
    /// The mapping, as the map file of TAP 4 has it.
    pub mapping: Value,
    /// The root of each repository that the client starts from.
    pub roots: BTreeMap<RepositoryName, Bytes>,
}

/// The repositories of a scenario.
pub(crate) struct Worlds {
    pub(crate) main: World,
    others: BTreeMap<RepositoryName, World>,
}

impl Worlds {
    /// All repositories before the first step.
    ///
    /// # Errors
    /// If the scenario sets one up in a way that cannot be made.
    pub fn new(scenario: &Scenario, dialect: &Dialect, calendar: &Calendar) -> Result<Self, ForgeError> {
        let main = World::new(&scenario.repository, dialect, calendar, &Owner::default())?;
        let mut others = BTreeMap::new();
        for (index, (name, setup)) in scenario.repositories.iter().enumerate() {
            let owner = Owner { repository: Some(name.clone()), rsa_keys_before: (index + 1) * RSA_KEYS };
            others.insert(name.clone(), World::new(setup, dialect, calendar, &owner)?);
        }
        Ok(Self { main, others })
    }

    /// One of them, the main one if no name is given.
    ///
    /// # Errors
    /// If there is none of this name.
    pub fn one(&mut self, name: Option<&RepositoryName>) -> Result<&mut World, ForgeError> {
        match name.filter(|name| *name != MAIN) {
            None => Ok(&mut self.main),
            Some(name) => {
                self.others.get_mut(name).ok_or_else(|| ForgeError::UnknownRepository { repository: name.clone() })
            }
        }
    }

    /// Sets the time of all.
    pub fn set_clock(&mut self, clock: Offset) {
        self.main.set_clock(clock);
        self.others.values_mut().for_each(|world| world.set_clock(clock));
    }

    /// The files that are shown: those of the main repository, and those of each other one in a folder of its name.
    pub fn files(&self) -> Files {
        let mut files = self.main.files().clone();
        for (repository, world) in &self.others {
            let Files { metadata, targets, answers } = world.files().clone();
            let named = |name: String| format!("{repository}/{name}");
            files.metadata.extend(metadata.into_iter().map(|(name, bytes)| (named(name), bytes)));
            files.targets.extend(targets.into_iter().map(|(name, bytes)| (named(name), bytes)));
            let answers = answers.into_iter().map(|((area, name), answers)| {
                ((area, named(name)), answers.into_iter().map(|answer| within(repository, answer)).collect())
            });
            files.answers.extend(answers);
        }
        files
    }

    /// What a client with a map is told; `None` if the scenario has none.
    ///
    /// # Errors
    /// If a repository has no first root.
    pub fn several(&self, scenario: &Scenario) -> Result<Option<Several>, ForgeError> {
        if !scenario.has_map() {
            return Ok(None);
        }
        let mut roots = BTreeMap::from([(MAIN.to_owned(), first_root(&self.main, &scenario.repository)?)]);
        for (name, world) in &self.others {
            let setup = scenario.repositories.get(name);
            let root = setup.map(|setup| first_root(world, setup)).transpose()?;
            roots.extend(root.map(|root| (name.clone(), root)));
        }
        Ok(Some(Several { mapping: scenario.mapping.iter().map(entry).collect(), roots }))
    }
}

/// An entry of the map, with the names that TAP 4 has for its members.
fn entry(mapping: &Mapping) -> Value {
    let Mapping { paths, repositories, threshold, terminating } = mapping;
    json!({ "paths": paths, "repositories": repositories, "threshold": threshold, "terminating": terminating })
}

/// The first root that a repository published.
///
/// # Errors
/// If there is none.
pub(crate) fn first_root(world: &World, setup: &Setup) -> Result<Bytes, ForgeError> {
    let version = setup.roles.get("root").and_then(|role| role.version).unwrap_or(1);
    world.version(&RoleName::from("root"), version)
}

/// An answer of a repository whose files are in a folder of its name.
fn within(repository: &str, answer: Serving) -> Serving {
    let lead = |to: String| match to.split_once('/') {
        Some((area, path)) => format!("{area}/{repository}/{path}"),
        None => to,
    };
    match answer {
        Serving::Redirect(to) => Serving::Redirect(lead(to)),
        Serving::RedirectAway(to) => Serving::RedirectAway(lead(to)),
        other => other,
    }
}

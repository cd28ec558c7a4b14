//! The repository as it is, and as the client is shown it.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use bytes::Bytes;
use serde_json::{Map, Value};
use suite::observation::Area;
use suite::{Change, Dialect, Offset, RoleName, Serving, Setup, Tampering, TargetPath, TargetsMapping};

use crate::document;
use crate::envelope::tamper;
use crate::keyring::Owner;
use crate::publish::Repository;
use crate::{Calendar, Files, ForgeError};

/// How many worlds are remembered as they were before the first step. When there are more, all are forgotten.
const REMEMBERED: usize = 1 << 10;

/// Two states that are the same until an attacker comes: that of the repository, and that which is shown.
#[derive(Clone)]
pub struct World {
    honest: Repository,
    /// `None` for as long as they are the same.
    attacked: Option<Repository>,
}

impl World {
    /// The world before the first step. Most scenarios begin with the same repository, and so do an attack and its
    /// control: each is made once.
    ///
    /// # Errors
    /// If the scenario sets the repository up in a way that cannot be made.
    pub fn new(setup: &Setup, dialect: &Dialect, calendar: &Calendar, owner: &Owner) -> Result<Self, ForgeError> {
        static MADE: LazyLock<Mutex<HashMap<String, World>>> = LazyLock::new(Mutex::default);
        let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let Calendar::Free { start } = calendar else { return Self::anew(setup, dialect, calendar, owner) };
        let what = format!("{setup:?} {dialect:?} {start:?} {owner:?}");
        if let Some(world) = made().get(&what) {
            return Ok(world.clone());
        }
        let world = Self::anew(setup, dialect, calendar, owner)?;
        let mut made = made();
        if made.len() >= REMEMBERED {
            made.clear();
        }
        made.insert(what, world.clone());
        Ok(world)
    }

    fn anew(setup: &Setup, dialect: &Dialect, calendar: &Calendar, owner: &Owner) -> Result<Self, ForgeError> {
        let honest = Repository::new(setup, dialect, calendar.clone(), owner.clone())?;
        Ok(Self { honest, attacked: None })
    }

    /// The repository changes. What it shows afterwards is its own state again.
    ///
    /// # Errors
    /// If the change cannot be made.
    pub fn repository(&mut self, change: &Change) -> Result<(), ForgeError> {
        self.attacked = None;
        apply(&mut self.honest, change)
    }

    /// The attacker changes what is shown. The repository does not know of it.
    ///
    /// # Errors
    /// If the change cannot be made.
    pub fn attacker(&mut self, change: &Change) -> Result<(), ForgeError> {
        if let Change::Restore(_) = change {
            self.attacked = None;
            return Ok(());
        }
        apply(self.attacked.get_or_insert_with(|| self.honest.clone()), change)
    }

    /// What a client is told that is to start from a targets role (TAP 13), with what is left out left out.
    ///
    /// # Errors
    /// If a key cannot be made.
    pub fn targets_mapping(&mut self, mapping: &TargetsMapping) -> Result<Map<String, Value>, ForgeError> {
        let mut told = Map::new();
        told.extend(mapping.role.as_ref().map(|role| ("targets_rolename".to_owned(), role.clone().into())));
        told.insert("threshold".to_owned(), mapping.threshold.unwrap_or(1).into());
        if let Some(names) = &mapping.keys {
            let mut keys = Map::new();
            document::list_keys(names, &mut keys, &mut self.honest.keyring)?;
            told.insert("keys".to_owned(), keys.into());
        }
        Ok(told)
    }

    /// Sets the time at which what is published from now on is published.
    pub fn set_clock(&mut self, clock: Offset) {
        self.honest.clock = clock;
        if let Some(attacked) = &mut self.attacked {
            attacked.clock = clock;
        }
    }

    /// The files that are shown.
    pub fn files(&self) -> &Files {
        &self.seen().files
    }

    /// The current file of a role, as it is shown.
    ///
    /// # Errors
    /// If none is.
    pub fn shown(&self, role: &RoleName) -> Result<Bytes, ForgeError> {
        current(self.seen(), role)
    }

    fn seen(&self) -> &Repository {
        self.attacked.as_ref().unwrap_or(&self.honest)
    }

    /// A version of a role, as the repository published it.
    ///
    /// # Errors
    /// If there was none.
    pub fn version(&self, role: &RoleName, version: u64) -> Result<Bytes, ForgeError> {
        self.honest.version(role, version)
    }
}

fn apply(repository: &mut Repository, change: &Change) -> Result<(), ForgeError> {
    match change {
        Change::Publish(roles) => repository.publish(roles, &std::collections::BTreeMap::new())?,
        Change::Forge(forgeries) => repository.publish(&[], forgeries)?,
        Change::Rotate(rotations) => {
            for (role, rotation) in rotations {
                repository.model.rotate(role, rotation)?;
            }
        }
        Change::RotateFile(rotations) => {
            for (role, rotation) in rotations {
                repository.rotate_file(role, rotation)?;
            }
        }
        Change::Add(roles) => {
            for (role, targets) in roles {
                repository.model.targets_role(role)?.targets.extend(targets.clone());
            }
        }
        Change::Remove(roles) => {
            for (role, targets) in roles {
                remove_targets(repository, role, targets)?;
            }
        }
        Change::Delegate(delegation) => repository.model.delegate(delegation)?,
        Change::Revoke(revocation) => repository.model.revoke(revocation)?,
        Change::ConsistentSnapshot(is_on) => repository.model.consistent_snapshot = *is_on,
        Change::Tamper(roles) => {
            for (role, tampering) in roles {
                tamper_current(repository, role, tampering)?;
            }
        }
        Change::Replay(roles) => {
            for (role, version) in roles {
                let bytes = repository.version(role, *version)?;
                let name = repository.name(role)?.clone();
                repository.files.metadata.insert(name, bytes);
            }
        }
        Change::Substitute(roles) => substitute(repository, roles)?,
        Change::Withhold(withheld) => {
            for role in &withheld.metadata {
                let name = repository.name(role)?.clone();
                repository.files.metadata.remove(&name);
            }
            for path in &withheld.targets {
                for name in repository.target_names(path, "withhold")? {
                    repository.files.targets.remove(&name);
                }
            }
        }
        Change::Replace(targets) => {
            for (path, content) in targets {
                for name in repository.target_names(path, "replace")? {
                    repository.files.targets.insert(name, Bytes::copy_from_slice(content.as_bytes()));
                }
            }
        }
        Change::Serve(files) => {
            for (file, answers) in files {
                serve(repository, file, answers)?;
            }
        }
        // The repository has nothing to do with what a client was told of it, and for itself there is nothing to undo:
        // every one of its changes shows its own state.
        Change::TargetsRole(_) | Change::Restore(_) => {}
    }
    Ok(())
}

/// From now on a file is served otherwise.
fn serve(repository: &mut Repository, file: &str, answers: &[Serving]) -> Result<(), ForgeError> {
    let mut resolved = Vec::new();
    for answer in answers {
        resolved.push(match answer {
            Serving::Redirect(to) => Serving::Redirect(address(repository, to)?),
            Serving::RedirectAway(to) => Serving::RedirectAway(address(repository, to)?),
            other => other.clone(),
        });
    }
    for path in repository.paths(file)? {
        repository.files.answers.insert(path, resolved.clone());
    }
    Ok(())
}

/// Where a redirect to a file leads.
fn address(repository: &Repository, file: &str) -> Result<String, ForgeError> {
    let path = repository.paths(file)?.into_iter().next();
    let (area, name) = path.ok_or_else(|| ForgeError::UnknownTarget { path: file.to_owned(), what: "redirect to" })?;
    Ok(match area {
        Area::Metadata => format!("metadata/{name}"),
        Area::Targets => format!("targets/{name}"),
    })
}

fn remove_targets(repository: &mut Repository, role: &RoleName, targets: &[TargetPath]) -> Result<(), ForgeError> {
    for path in targets {
        let removed = repository.model.targets_role(role)?.targets.remove(path);
        if removed.is_none() {
            return Err(ForgeError::UnknownTarget { path: path.clone(), what: "remove" });
        }
    }
    Ok(())
}

fn current(repository: &Repository, role: &RoleName) -> Result<Bytes, ForgeError> {
    let name = repository.name(role)?;
    let bytes = repository.files.metadata.get(name).cloned();
    bytes.ok_or_else(|| ForgeError::UnknownRole { role: role.clone() })
}

fn tamper_current(repository: &mut Repository, role: &RoleName, tampering: &Tampering) -> Result<(), ForgeError> {
    let bytes = current(repository, role)?;
    // What is no JSON any more can only be altered as bytes.
    let file = serde_json::from_slice::<Value>(&bytes).unwrap_or(Value::Null);
    let bytes = tamper(role, file, tampering, &mut repository.keyring)?;
    let name = repository.name(role)?.clone();
    repository.files.metadata.insert(name, bytes);
    Ok(())
}

fn substitute(
    repository: &mut Repository,
    roles: &std::collections::BTreeMap<RoleName, RoleName>,
) -> Result<(), ForgeError> {
    // All are read before any is written, so that two can be swapped.
    let mut substitutes = Vec::new();
    for (role, other) in roles {
        substitutes.push((repository.name(role)?.clone(), current(repository, other)?));
    }
    repository.files.metadata.extend(substitutes);
    Ok(())
}

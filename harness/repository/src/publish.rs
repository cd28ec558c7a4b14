//! Publishing: new versions of roles, signed and put in place.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use serde_json::Value;
use suite::observation::Area;
use suite::{Forgery, KeyName, Offset, RoleName, Setup, TargetPath};

use crate::document::{self, Description, Head};
use crate::envelope::{edit_members, sign, tamper};
use crate::keyring::{Keyring, Owner};
use crate::model::{Authority, Delegated, Model};
use crate::{Calendar, Files, ForgeError, rotate_file, time};

/// A repository: what it knows, what is in force, and the files that it shows.
#[derive(Clone)]
pub struct Repository {
    pub(crate) model: Model,
    pub(crate) keyring: Keyring,
    pub(crate) clock: Offset,
    pub(crate) files: Files,
    calendar: Calendar,
    /// Who may sign for the top-level roles, as the last published root says.
    in_force: BTreeMap<RoleName, Authority>,
    /// The delegations of each role, as its last published version says.
    delegations: BTreeMap<RoleName, Vec<Delegated>>,
    /// Who may sign for a targets role after its rotate files (TAP 8), and how many of these there are.
    pub(crate) rotated: BTreeMap<RoleName, (u64, Authority)>,
    consistent_snapshot: bool,
    versions: BTreeMap<RoleName, u64>,
    /// The current file name of each role.
    names: BTreeMap<RoleName, String>,
    /// The current file names of each target file: several if it has several hashes.
    target_names: BTreeMap<TargetPath, BTreeSet<String>>,
    /// What the next snapshot will describe.
    targets_metadata: BTreeMap<String, Description>,
    /// What the next timestamp will describe.
    snapshot_metadata: BTreeMap<String, Description>,
    history: BTreeMap<(RoleName, u64), Bytes>,
}

impl Repository {
    /// The repository that a scenario starts from, with every role published once.
    ///
    /// # Errors
    /// If the scenario sets it up in a way that cannot be made.
    pub fn new(setup: &Setup, dialect: &suite::Dialect, calendar: Calendar, owner: Owner) -> Result<Self, ForgeError> {
        let mut repository = Self {
            model: Model::new(setup, dialect)?,
            keyring: Keyring::new(&setup.keys, dialect, owner),
            clock: Offset::START,
            files: Files::default(),
            calendar,
            in_force: BTreeMap::new(),
            delegations: BTreeMap::new(),
            rotated: BTreeMap::new(),
            consistent_snapshot: false,
            versions: BTreeMap::new(),
            names: BTreeMap::new(),
            target_names: BTreeMap::new(),
            targets_metadata: BTreeMap::new(),
            snapshot_metadata: BTreeMap::new(),
            history: BTreeMap::new(),
        };
        repository.publish(&["root".to_owned(), "targets".to_owned()], &BTreeMap::new())?;
        Ok(repository)
    }

    /// Publishes these roles, the forged ones, every role that describes one of them, and delegated roles that
    /// have just come into being.
    ///
    /// # Errors
    /// If a role does not exist or a forgery cannot be made.
    pub fn publish(&mut self, roles: &[RoleName], forgeries: &BTreeMap<RoleName, Forgery>) -> Result<(), ForgeError> {
        let asked: BTreeSet<&RoleName> = roles.iter().chain(forgeries.keys()).collect();
        for role in &asked {
            let exists = self.model.authorities.contains_key(*role) || self.model.targets_roles.contains_key(*role);
            if !exists {
                return Err(ForgeError::UnknownRole { role: (*role).clone() });
            }
        }
        let plain = Forgery::default();
        let forgery = |role: &str| forgeries.get(role).unwrap_or(&plain);
        let is_asked = |role: &str| asked.iter().any(|name| *name == role);
        if is_asked("root") {
            self.publish_role("root", forgery("root"))?;
            self.bring_root_into_force();
        }
        let targets_roles = self.targets_roles_to_publish(&asked);
        for role in &targets_roles {
            self.publish_role(role, forgery(role))?;
        }
        let is_described = !targets_roles.is_empty() || is_asked("snapshot");
        if is_described {
            self.publish_role("snapshot", forgery("snapshot"))?;
        }
        if is_described || is_asked("timestamp") {
            self.publish_role("timestamp", forgery("timestamp"))?;
        }
        Ok(())
    }

    /// The targets roles to publish, whose delegations are brought into force: those that were asked for and those
    /// that have just come into being. All delegations have to be known before the first delegated role is signed.
    fn targets_roles_to_publish(&mut self, asked: &BTreeSet<&RoleName>) -> Vec<RoleName> {
        let mut waiting: Vec<RoleName> = asked.iter().map(|role| (*role).clone()).collect();
        waiting.push("targets".to_owned());
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        while let Some(role) = waiting.pop() {
            let Some(targets_role) = self.model.targets_roles.get(&role).cloned() else { continue };
            if !seen.insert(role.clone()) {
                continue;
            }
            if asked.contains(&role) || !self.versions.contains_key(&role) {
                for (path, content) in &targets_role.targets {
                    self.put_target(path, &Bytes::copy_from_slice(content.as_bytes()));
                }
                self.delegations.insert(role.clone(), targets_role.delegations);
                found.push(role.clone());
            }
            waiting.extend(self.delegations.get(&role).into_iter().flatten().flat_map(Delegated::roles));
        }
        found
    }

    fn publish_role(&mut self, role: &str, forgery: &Forgery) -> Result<(), ForgeError> {
        let role = role.to_owned();
        let version = forgery.version.unwrap_or_else(|| self.next_version(&role));
        let expires = forgery.expires.unwrap_or_else(|| self.clock.plus(self.model.lifetime(&role)));
        let expires = time::format(self.calendar.date(expires)?);
        let head = Head { version, expires, spec_version: self.model.spec_version.clone() };
        let mut signed = self.signed_part(&role, &head)?;
        edit_members(&role, &mut signed, &forgery.set, &forgery.remove)?;
        let signers = forgery.keys.clone().unwrap_or_else(|| self.signers(&role));
        let file = sign(&role, &signed, &signers, &mut self.keyring)?;
        let bytes = tamper(&role, file, &forgery.after, &mut self.keyring)?;
        self.put(&role, version, forgery.named.unwrap_or(version), bytes);
        Ok(())
    }

    fn next_version(&self, role: &str) -> u64 {
        match self.versions.get(role) {
            Some(version) => version.saturating_add(1),
            None => self.model.first_versions.get(role).copied().unwrap_or(1),
        }
    }

    fn signed_part(&mut self, role: &RoleName, head: &Head) -> Result<Value, ForgeError> {
        match role.as_str() {
            "root" => document::root(&self.model, head, &mut self.keyring),
            "timestamp" => document::describing("timestamp", &self.model, head, &self.snapshot_metadata),
            "snapshot" => document::describing("snapshot", &self.model, head, &self.targets_metadata),
            _ => {
                let targets_role = self.model.targets_role(role)?.clone();
                document::targets(&self.model, head, &targets_role, &mut self.keyring)
            }
        }
    }

    /// The keys that an honest repository signs a role with: all that are in force for it. A new root is signed by
    /// the keys of its predecessor as well (section 6.1).
    fn signers(&self, role: &str) -> Vec<KeyName> {
        if let Some((_, authority)) = self.rotated.get(role) {
            return authority.keys.clone();
        }
        let in_force = self.in_force.get(role).into_iter();
        let next = self.model.authorities.get(role).filter(|_| role == "root").into_iter();
        let delegated = self.delegations.values().flatten().flat_map(|delegated| delegated.authorities(role));
        let mut keys = Vec::new();
        for key in in_force.chain(next).chain(delegated).flat_map(|authority| &authority.keys) {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        keys
    }

    fn bring_root_into_force(&mut self) {
        self.in_force.clone_from(&self.model.authorities);
        let is_switched = self.consistent_snapshot != self.model.consistent_snapshot;
        self.consistent_snapshot = self.model.consistent_snapshot;
        if is_switched {
            self.rename_current_files();
        }
    }

    /// After consistent snapshots were switched on or off, the current files are there under both names.
    fn rename_current_files(&mut self) {
        for (role, old_name) in self.names.clone() {
            if rotate_file::is_name(&role) {
                continue;
            }
            let Some(bytes) = self.files.metadata.get(&old_name).cloned() else { continue };
            let name = self.file_name(&role, self.versions.get(&role).copied().unwrap_or(1));
            self.files.metadata.insert(name.clone(), bytes);
            self.names.insert(role, name);
        }
        let contents: Vec<_> = self.model.targets_roles.values().flat_map(|role| role.targets.clone()).collect();
        for (path, content) in contents {
            self.put_target(&path, &content.into());
        }
    }

    /// Who may sign for a role, as what is published says; of several delegations the first counts.
    pub(crate) fn authority(&self, role: &str) -> Option<&Authority> {
        let delegated =
            || self.delegations.values().flatten().find_map(|delegated| delegated.authorities(role).into_iter().next());
        let rotated = self.rotated.get(role).map(|(_, authority)| authority);
        rotated.or_else(|| self.in_force.get(role)).or_else(delegated)
    }

    /// Puts a rotate file in place. It has its version in its name, and no other with consistent snapshots.
    pub(crate) fn put_rotate_file(&mut self, name: &RoleName, description: Description) {
        self.files.metadata.insert(name.clone(), description.bytes.clone());
        self.names.insert(name.clone(), name.clone());
        self.history.insert((name.clone(), description.version), description.bytes.clone());
        self.targets_metadata.insert(name.clone(), description);
    }

    fn put(&mut self, role: &RoleName, version: u64, named: u64, bytes: Bytes) {
        let name = self.file_name(role, named);
        self.files.metadata.insert(name.clone(), bytes.clone());
        self.names.insert(role.clone(), name);
        self.versions.insert(role.clone(), version);
        self.history.insert((role.clone(), version), bytes.clone());
        let description = Description { version, bytes, always_hashed: false };
        match role.as_str() {
            "root" | "timestamp" => {}
            "snapshot" => {
                self.snapshot_metadata.insert("snapshot.json".to_owned(), description);
            }
            _ => {
                self.targets_metadata.insert(format!("{role}.json"), description);
            }
        }
    }

    /// The name of a metadata file (sections 5.3.3, 5.4.1 and 6.2.1).
    fn file_name(&self, role: &str, version: u64) -> String {
        match role {
            "root" => format!("{version}.root.json"),
            "timestamp" => "timestamp.json".to_owned(),
            _ if self.consistent_snapshot => format!("{version}.{role}.json"),
            _ => format!("{role}.json"),
        }
    }

    /// Puts a target file in place, under the names that section 5.7.3 gives it.
    fn put_target(&mut self, path: &TargetPath, content: &Bytes) {
        let names: BTreeSet<String> = if self.consistent_snapshot {
            let hashes = document::hashes(content, &self.model.algorithms).unwrap_or_default();
            let (folder, file) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, file)| (folder, file));
            let slash = if path.contains('/') { "/" } else { "" };
            let digests = hashes.as_object().into_iter().flat_map(|hashes| hashes.values()).filter_map(Value::as_str);
            digests.map(|digest| format!("{folder}{slash}{digest}.{file}")).collect()
        } else {
            BTreeSet::from([path.clone()])
        };
        for name in &names {
            self.files.targets.insert(name.clone(), content.clone());
        }
        self.target_names.entry(path.clone()).or_default().extend(names);
    }

    /// The current file name of a role.
    pub(crate) fn name(&self, role: &RoleName) -> Result<&String, ForgeError> {
        self.names.get(role).ok_or_else(|| ForgeError::UnknownRole { role: role.clone() })
    }

    /// The bytes of a version of a role.
    pub(crate) fn version(&self, role: &RoleName, version: u64) -> Result<Bytes, ForgeError> {
        let unknown = || ForgeError::UnknownVersion { role: role.clone(), version };
        self.history.get(&(role.clone(), version)).cloned().ok_or_else(unknown)
    }

    /// The paths of a file below the base URLs, as it is named in a list of requests.
    pub(crate) fn paths(&self, file: &str) -> Result<Vec<(Area, String)>, ForgeError> {
        if let Some(path) = file.strip_prefix("targets/") {
            let names = self.target_names(&path.to_owned(), "serve")?;
            return Ok(names.into_iter().map(|name| (Area::Targets, name)).collect());
        }
        let unversioned = file.split_once('.').filter(|(version, rest)| {
            !self.consistent_snapshot && *rest != "root.json" && version.bytes().all(|byte| byte.is_ascii_digit())
        });
        Ok(vec![(Area::Metadata, unversioned.map_or(file, |(_, rest)| rest).to_owned())])
    }

    /// The file names of a target file.
    pub(crate) fn target_names(&self, path: &TargetPath, what: &'static str) -> Result<BTreeSet<String>, ForgeError> {
        let unknown = || ForgeError::UnknownTarget { path: path.clone(), what };
        self.target_names.get(path).cloned().ok_or_else(unknown)
    }
}

//! What a repository knows: roles, keys, delegations, target files; what is staged and what is in force.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use suite::{
    AgreeingRole, Delegation, Dialect, KeyName, Lifetime, Revocation, RoleName, RoleSetup, Rotation, Setup, TargetPath,
};

use crate::ForgeError;

/// The four roles that every root lists.
pub const TOP_LEVEL: [&str; 4] = ["root", "timestamp", "snapshot", "targets"];

/// More bins than this take too long to sign for a test.
const BIN_BITS_LIMIT: u32 = 8;

/// Who may sign for a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// The names of its keys.
    pub keys: Vec<KeyName>,
    /// How many of them have to sign.
    pub threshold: u32,
}

/// Which target paths a delegation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Those that match a pattern.
    Paths(Vec<String>),
    /// Those whose hash starts with a prefix.
    Prefixes(Vec<String>),
    /// Every bin those whose hash starts with its number, of so many bits.
    Succinct(u32),
    /// Neither is stated.
    Unstated,
}

/// A role that is delegated to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub role: RoleName,
    /// Who may sign for it.
    pub authority: Authority,
}

/// A delegation of a targets role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegated {
    /// The delegated role, the prefix of the names of bins, or the name of a delegation to several roles.
    pub role: RoleName,
    /// The role and who may sign for it. Several, in order, if they have to agree; for bins, one for all of them.
    pub members: Vec<Member>,
    /// How many of several roles have to agree (TAP 3).
    pub agreement: Option<u32>,
    /// What it is for.
    pub selector: Selector,
    /// Whether later delegations are ignored for what it is for.
    pub terminating: bool,
}

impl Delegated {
    /// The names of the roles that it delegates to.
    pub fn roles(&self) -> Vec<RoleName> {
        match self.selector {
            Selector::Succinct(bits) => (0..1u32 << bits).map(|bin| bin_name(&self.role, bits, bin)).collect(),
            _ => self.members.iter().map(|member| member.role.clone()).collect(),
        }
    }

    /// Who may sign for one of its roles: several if the role is listed more than once.
    pub fn authorities(&self, role: &str) -> Vec<&Authority> {
        let is_bin = matches!(self.selector, Selector::Succinct(_)) && self.roles().iter().any(|name| name == role);
        let members = self.members.iter().filter(|member| is_bin || member.role == role);
        members.map(|member| &member.authority).collect()
    }
}

/// What a targets role says.
#[derive(Debug, Clone, Default)]
pub struct TargetsRole {
    /// Its target files, with their content.
    pub targets: BTreeMap<TargetPath, String>,
    /// Its delegations, in order.
    pub delegations: Vec<Delegated>,
}

/// What a repository knows of itself. Changes are staged here; publishing brings them into force.
#[derive(Debug, Clone)]
pub struct Model {
    /// Whether file names carry versions and digests, as the next root will say.
    pub consistent_snapshot: bool,
    /// Whether timestamp and snapshot list hashes.
    pub hashes: bool,
    /// Whether timestamp and snapshot list lengths.
    pub lengths: bool,
    /// The version of the specification that metadata says it was written to.
    pub spec_version: String,
    /// The hash algorithms.
    pub algorithms: Vec<String>,
    /// Who may sign for the top-level roles, as the next root will say.
    pub authorities: BTreeMap<RoleName, Authority>,
    /// The targets role and all delegated roles.
    pub targets_roles: BTreeMap<RoleName, TargetsRole>,
    /// How long versions stay valid, where that is not the default.
    pub lifetimes: BTreeMap<RoleName, Lifetime>,
    /// First versions, where that is not 1.
    pub first_versions: BTreeMap<RoleName, u64>,
}

impl Model {
    /// The repository that a scenario starts from.
    ///
    /// # Errors
    /// If the scenario sets it up in a way that makes no sense.
    pub fn new(setup: &Setup, dialect: &Dialect) -> Result<Self, ForgeError> {
        let algorithms = setup.hash_algorithms.clone().unwrap_or_else(|| vec!["sha256".to_owned()]);
        if let Some(name) = algorithms.iter().find(|name| !["sha256", "sha512"].contains(&name.as_str())) {
            return Err(ForgeError::HashAlgorithm { name: name.clone() });
        }
        let mut model = Self {
            consistent_snapshot: setup.consistent_snapshot.unwrap_or(dialect.consistent_snapshot),
            hashes: setup.hashes.unwrap_or(dialect.hashes),
            lengths: setup.lengths.unwrap_or(dialect.lengths),
            spec_version: dialect.spec_version.clone(),
            algorithms,
            authorities: BTreeMap::new(),
            targets_roles: BTreeMap::new(),
            lifetimes: BTreeMap::new(),
            first_versions: BTreeMap::new(),
        };
        for role in TOP_LEVEL {
            let setup = setup.roles.get(role).cloned().unwrap_or_default();
            model.authorities.insert(role.to_owned(), authority(role, setup.keys.as_ref(), setup.threshold));
        }
        let targets = TargetsRole { targets: setup.targets.clone(), delegations: Vec::new() };
        model.targets_roles.insert("targets".to_owned(), targets);
        for delegation in &setup.delegations {
            model.delegate(delegation)?;
        }
        for (role, setup) in &setup.roles {
            model.set_up_role(role, setup)?;
        }
        Ok(model)
    }

    fn set_up_role(&mut self, role: &RoleName, setup: &RoleSetup) -> Result<(), ForgeError> {
        let is_top_level = TOP_LEVEL.contains(&role.as_str());
        if !is_top_level && !self.targets_roles.contains_key(role) {
            return Err(ForgeError::UnknownRole { role: role.clone() });
        }
        if !is_top_level && (setup.keys.is_some() || setup.threshold.is_some()) {
            let problem = "state its keys and threshold with the delegation".to_owned();
            return Err(ForgeError::Delegation { role: role.clone(), problem });
        }
        self.lifetimes.extend(setup.lifetime.map(|lifetime| (role.clone(), lifetime)));
        self.first_versions.extend(setup.version.map(|version| (role.clone(), version)));
        Ok(())
    }

    /// How long a version of a role stays valid.
    pub fn lifetime(&self, role: &str) -> Lifetime {
        self.lifetimes.get(role).copied().unwrap_or(match role {
            "root" => Lifetime::days(365),
            "snapshot" => Lifetime::days(30),
            "timestamp" => Lifetime::days(7),
            _ => Lifetime::days(90),
        })
    }

    /// Adds a delegation, and the roles that it delegates to where they do not exist.
    ///
    /// # Errors
    /// If the delegating role does not exist or the delegation makes no sense.
    pub fn delegate(&mut self, delegation: &Delegation) -> Result<(), ForgeError> {
        let role = &delegation.role;
        let selector = selector(delegation)?;
        let (members, agreement) = members(delegation)?;
        let delegated =
            Delegated { role: role.clone(), members, agreement, selector, terminating: delegation.terminating };
        for name in delegated.roles() {
            self.lifetimes.extend(delegation.lifetime.map(|lifetime| (name.clone(), lifetime)));
            self.targets_roles.entry(name).or_default();
        }
        for AgreeingRole { role, targets, lifetime, .. } in &delegation.roles {
            self.lifetimes.extend(lifetime.map(|lifetime| (role.clone(), lifetime)));
            self.targets_role(role)?.targets.extend(targets.clone());
        }
        for (path, content) in &delegation.targets {
            let name = match delegated.selector {
                Selector::Succinct(bits) => bin_name(role, bits, bin_of(path, bits)),
                _ => role.clone(),
            };
            self.targets_role(&name)?.targets.insert(path.clone(), content.clone());
        }
        self.targets_role(&delegation.by)?.delegations.push(delegated);
        Ok(())
    }

    /// Takes a delegation back. The delegated role goes on existing.
    ///
    /// # Errors
    /// If there is no such delegation.
    pub fn revoke(&mut self, revocation: &Revocation) -> Result<(), ForgeError> {
        let delegations = &mut self.targets_role(&revocation.by)?.delegations;
        let place = delegations.iter().position(|delegated| delegated.role == revocation.role);
        let Some(place) = place else { return Err(ForgeError::UnknownRole { role: revocation.role.clone() }) };
        delegations.remove(place);
        Ok(())
    }

    /// Gives a role other keys.
    ///
    /// # Errors
    /// If there is no such role.
    pub fn rotate(&mut self, role: &RoleName, rotation: &Rotation) -> Result<(), ForgeError> {
        let authority = match self.authorities.get_mut(role) {
            Some(authority) => authority,
            None => self
                .targets_roles
                .iter_mut()
                .filter(|(delegator, _)| rotation.by.as_ref().is_none_or(|by| by == *delegator))
                .flat_map(|(_, targets_role)| &mut targets_role.delegations)
                .flat_map(|delegated| &mut delegated.members)
                .find(|member| member.role == *role)
                .map(|member| &mut member.authority)
                .ok_or_else(|| ForgeError::UnknownRole { role: role.clone() })?,
        };
        authority.keys.clone_from(&rotation.keys);
        authority.threshold = rotation.threshold.unwrap_or(authority.threshold);
        Ok(())
    }

    /// A targets role, to be changed.
    ///
    /// # Errors
    /// If it does not exist.
    pub fn targets_role(&mut self, role: &RoleName) -> Result<&mut TargetsRole, ForgeError> {
        self.targets_roles.get_mut(role).ok_or_else(|| ForgeError::UnknownRole { role: role.clone() })
    }
}

fn authority(role: &str, keys: Option<&Vec<KeyName>>, threshold: Option<u32>) -> Authority {
    let keys = keys.cloned().unwrap_or_else(|| vec![role.to_owned()]);
    Authority { keys, threshold: threshold.unwrap_or(1) }
}

/// The roles that are delegated to, and how many of them have to agree if there are several.
fn members(delegation: &Delegation) -> Result<(Vec<Member>, Option<u32>), ForgeError> {
    let Delegation { role, keys, threshold, roles, agreement, .. } = delegation;
    let error = |problem: &str| ForgeError::Delegation { role: role.clone(), problem: problem.to_owned() };
    let member = |role: &RoleName, keys: &Option<Vec<KeyName>>, threshold: Option<u32>| Member {
        role: role.clone(),
        authority: authority(role, keys.as_ref(), threshold),
    };
    if roles.is_empty() {
        let single = vec![member(role, keys, *threshold)];
        return if agreement.is_none() { Ok((single, None)) } else { Err(error("`agreement` needs `roles`")) };
    }
    let is_of_one =
        keys.is_some() || threshold.is_some() || !delegation.targets.is_empty() || delegation.lifetime.is_some();
    if is_of_one || delegation.succinct.is_some() {
        return Err(error("state keys, threshold, targets and lifetime for each of its `roles`, and no `succinct`"));
    }
    let all = u32::try_from(roles.len()).unwrap_or(u32::MAX);
    let members = roles.iter().map(|one| member(&one.role, &one.keys, one.threshold)).collect();
    Ok((members, Some(agreement.unwrap_or(all))))
}

fn selector(delegation: &Delegation) -> Result<Selector, ForgeError> {
    let error = |problem: &str| ForgeError::Delegation { role: delegation.role.clone(), problem: problem.to_owned() };
    match (&delegation.paths, &delegation.path_hash_prefixes, &delegation.succinct) {
        (Some(paths), None, None) => Ok(Selector::Paths(paths.clone())),
        (None, Some(prefixes), None) => Ok(Selector::Prefixes(prefixes.clone())),
        (None, None, Some(succinct)) if (1..=BIN_BITS_LIMIT).contains(&succinct.bit_length) => {
            Ok(Selector::Succinct(succinct.bit_length))
        }
        (None, None, Some(_)) => Err(error("state a `bit-length` from 1 to 8")),
        (None, None, None) => Ok(Selector::Unstated),
        _ => Err(error("state one of `paths`, `path-hash-prefixes` and `succinct`")),
    }
}

/// The bin that a target path falls into (TAP 15): the leading bits of its SHA-256.
fn bin_of(path: &str, bits: u32) -> u32 {
    let digest = Sha256::digest(path);
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) >> (32 - bits)
}

/// The name of a bin (TAP 15): the prefix and the number, in as many hexadecimal digits as the largest one has.
fn bin_name(prefix: &str, bits: u32, bin: u32) -> RoleName {
    let digits = bits.div_ceil(4) as usize;
    format!("{prefix}-{bin:0digits$x}")
}

//! The roles that a scenario has, from the start or later.

use std::collections::BTreeSet;

use crate::{Action, Change, Delegation, Variant, of_repository};

/// The top-level roles (section 2.1).
const TOP_LEVEL: [&str; 4] = ["root", "timestamp", "snapshot", "targets"];

/// The names of all roles that a scenario has at some time.
pub(super) struct RoleNames {
    names: BTreeSet<String>,
    bin_prefixes: BTreeSet<String>,
    /// The names of delegations to several roles (TAP 3).
    groups: BTreeSet<String>,
    /// The names of further repositories (TAP 4), whose roles are called by them as well: `left/timestamp`.
    repositories: BTreeSet<String>,
}

impl RoleNames {
    /// The roles of a scenario.
    pub fn of(variant: &Variant) -> Self {
        let repositories = variant.scenario.repositories.keys().cloned().collect();
        let names = TOP_LEVEL.map(ToOwned::to_owned).into();
        let mut roles = Self { names, bin_prefixes: BTreeSet::new(), groups: BTreeSet::new(), repositories };
        for delegation in variant.scenario.setups().flat_map(|setup| &setup.delegations) {
            roles.add(delegation);
        }
        for step in &variant.plan.steps {
            match &step.action {
                Action::Repository(change) | Action::Attack(change) | Action::Control(change) => roles.add_from(change),
                _ => {}
            }
        }
        roles
    }

    /// Whether there is a role of this name. Bins are called as their prefix, a hyphen and a number (TAP 15).
    pub fn contains(&self, name: &str) -> bool {
        let name = self.without_repository(name);
        let is_bin = name.rsplit_once('-').is_some_and(|(prefix, number)| {
            self.bin_prefixes.contains(prefix) && !number.is_empty() && number.chars().all(|c| c.is_ascii_hexdigit())
        });
        is_bin || self.names.contains(name) || self.bin_prefixes.contains(name) || self.has_rotate_file(name)
    }

    /// A name without the repository in front of it.
    pub fn without_repository<'n>(&self, name: &'n str) -> &'n str {
        of_repository(name, self.repositories.iter()).1
    }

    /// Whether this is the name of a rotate file of a role (TAP 8): `rotate/ROLE.rotate.VERSION`.
    pub fn has_rotate_file(&self, name: &str) -> bool {
        let named = name.strip_prefix("rotate/").and_then(|name| name.rsplit_once(".rotate."));
        named.is_some_and(|(role, version)| {
            self.names.contains(role) && version.parse::<u64>().is_ok_and(|number| number.to_string() == version)
        })
    }

    /// Whether there is something of this name to take back: a role, or a delegation to several.
    pub fn contains_delegation(&self, name: &str) -> bool {
        self.contains(name) || self.groups.contains(name)
    }

    /// All names, and the prefixes of bins.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().chain(&self.bin_prefixes).map(String::as_str)
    }

    fn add(&mut self, delegation: &Delegation) {
        let names = match delegation {
            Delegation { succinct: Some(_), .. } => &mut self.bin_prefixes,
            Delegation { roles, .. } if !roles.is_empty() => &mut self.groups,
            _ => &mut self.names,
        };
        names.insert(delegation.role.clone());
        self.names.extend(delegation.roles.iter().map(|role| role.role.clone()));
    }

    fn add_from(&mut self, change: &Change) {
        match change {
            Change::Delegate(delegation) => self.add(delegation),
            Change::Forge(forged) => {
                for value in forged.values().flat_map(|forgery| forgery.set.values()) {
                    self.add_named(value);
                }
            }
            _ => {}
        }
    }

    /// Delegations that are written into metadata by hand: every `name` in them may be that of a role (section 4.5), and
    /// every `rolename` (TAP 3).
    fn add_named(&mut self, value: &serde_json::Value) {
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| self.add_named(item)),
            serde_json::Value::Object(members) => {
                for (key, member) in members {
                    let names = match key.as_str() {
                        "name" | "rolename" => &mut self.names,
                        "name_prefix" => &mut self.bin_prefixes,
                        _ => {
                            self.add_named(member);
                            continue;
                        }
                    };
                    names.extend(member.as_str().map(ToOwned::to_owned));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REVOKED, tree};
    use super::*;
    use crate::parse_scenario;

    #[test]
    fn delegated_roles_and_bins_are_known_beside_the_top_level_roles() {
        let file = parse_scenario(REVOKED, &tree()[REVOKED]).unwrap();
        let roles = RoleNames::of(&file.variants[0]);
        assert!(["root", "targets", "project", "bin", "bin-0", "bin-f"].into_iter().all(|name| roles.contains(name)));
        assert!(roles.contains("rotate/project.rotate.1") && !roles.contains("rotate/projects.rotate.1"));
        assert!(!["projects", "bin-", "bin-x", "box-0"].into_iter().any(|name| roles.contains(name)));
    }
}

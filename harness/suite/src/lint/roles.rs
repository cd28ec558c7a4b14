//! Roles are named that exist.

use super::role_names::RoleNames;
use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::nearest::suggest;
use crate::{Action, Change, Delegation, PlannedStep, Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::roles",
    summary: "Each role that a scenario names is one of the four, or something delegates to it.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let mut search = Search { roles: RoleNames::of(variant), findings: Vec::new() };
    let others = variant.scenario.repositories.iter();
    let others = others.map(|(name, setup)| (setup, Place::top("repositories").key(name)));
    for (setup, place) in std::iter::once((&variant.scenario.repository, Place::top("repository"))).chain(others) {
        search.keys(setup.roles.keys(), &place.clone().key("roles"));
        for (index, delegation) in setup.delegations.iter().enumerate() {
            search.delegation(delegation, &place.clone().key("delegations").index(index));
        }
    }
    for step in &variant.plan.steps {
        let place = Place::step(step.number);
        match &step.action {
            Action::Repository(change) => search.change(change, &place),
            Action::Attack(change) => search.change(change, &place.clone().key("attack")),
            Action::Control(change) => search.change(change, &place.clone().key("control")),
            Action::Damage(files) => search.keys(files.keys(), &place.clone().key("damage")),
            _ => {}
        }
        search.expectations(step, &place);
    }
    search.findings
}

struct Search {
    roles: RoleNames,
    findings: Vec<Finding>,
}

impl Search {
    fn change(&mut self, change: &Change, place: &Place) {
        let at = |verb: &str| place.clone().key(verb);
        match change {
            Change::Publish(roles) => self.list(roles, &at("publish")),
            Change::Rotate(rotated) => {
                self.keys(rotated.keys(), &at("rotate"));
                for (role, rotation) in rotated {
                    self.one(rotation.by.as_deref(), &at("rotate").key(role).key("by"));
                }
            }
            Change::RotateFile(rotated) => self.keys(rotated.keys(), &at("rotate-file")),
            Change::Add(added) => self.keys(added.keys(), &at("add")),
            Change::Remove(removed) => self.keys(removed.keys(), &at("remove")),
            Change::Delegate(delegation) => self.delegation(delegation, &at("delegate")),
            Change::Revoke(revocation) => {
                self.one(Some(&revocation.by), &at("revoke").key("by"));
                if !self.roles.contains_delegation(&revocation.role) {
                    self.one(Some(&revocation.role), &at("revoke").key("role"));
                }
            }
            Change::Forge(forged) => self.keys(forged.keys(), &at("forge")),
            Change::Tamper(tampered) => self.keys(tampered.keys(), &at("tamper")),
            Change::Replay(replayed) => self.keys(replayed.keys(), &at("replay")),
            Change::Substitute(substituted) => {
                self.keys(substituted.keys(), &at("substitute"));
                for (role, other) in substituted {
                    self.one(Some(other), &at("substitute").key(role));
                }
            }
            Change::Withhold(withheld) => self.list(&withheld.metadata, &at("withhold").key("metadata")),
            Change::TargetsRole(mapping) => self.one(mapping.role.as_deref(), &at("targets-role").key("role")),
            Change::ConsistentSnapshot(_) | Change::Replace(_) | Change::Serve(_) | Change::Restore(_) => {}
        }
    }

    fn delegation(&mut self, delegation: &Delegation, place: &Place) {
        self.one(Some(&delegation.by), &place.clone().key("by"));
    }

    fn expectations(&mut self, step: &PlannedStep, place: &Place) {
        self.keys(step.expect.trusted.keys(), &place.clone().key("trusted"));
        self.list(&step.expect.not_trusted, &place.clone().key("not-trusted"));
    }

    fn keys<'a>(&mut self, roles: impl Iterator<Item = &'a String>, table: &Place) {
        for role in roles.filter(|role| !self.roles.contains(role)).collect::<Vec<_>>() {
            let (message, help) = self.unknown(role);
            self.findings.push(Finding::key(table.clone().key(role), message, help));
        }
    }

    fn list(&mut self, roles: &[String], list: &Place) {
        for (index, role) in roles.iter().enumerate() {
            self.one(Some(role), &list.clone().index(index));
        }
    }

    fn one(&mut self, role: Option<&str>, place: &Place) {
        if let Some(role) = role.filter(|role| !self.roles.contains(role)) {
            let (message, help) = self.unknown(role);
            self.findings.push(Finding::value(place.clone(), message, help));
        }
    }

    fn unknown(&self, role: &str) -> (String, String) {
        let known: Vec<_> = self.roles.iter().collect();
        let otherwise = format!("this scenario has `{}`; to add one, delegate to it", known.join("`, `"));
        (format!("there is no role `{role}`"), suggest(role, known, &otherwise))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{MATRIX, REPLAY, REVOKED, accepts, caught};
    use super::*;

    #[test]
    fn an_unknown_role_is_caught_in_an_expectation() {
        let found = caught(&CHECK, REPLAY, "snapshot = 1,", "snapshots = 1,");
        assert_eq!(found, ["16: snapshots: there is no role `snapshots`"]);
        let found = caught(&CHECK, REVOKED, "not-trusted = [\"bin-3\"]", "not-trusted = [\"bins-3\"]");
        assert_eq!(found, ["43: \"bins-3\": there is no role `bins-3`"]);
    }

    #[test]
    fn an_unknown_role_is_caught_in_each_verb() {
        for (verb, piece) in [
            ("publish = [\"root\", \"x\"]", "\"x\""),
            ("rotate.x.keys = [\"a\"]", "x"),
            ("rotate.root = { keys = [\"a\"], by = \"x\" }", "\"x\""),
            ("add.x = {}", "x"),
            ("remove.x = []", "x"),
            ("delegate = { by = \"x\", role = \"new\" }", "\"x\""),
            ("revoke = { role = \"x\" }", "\"x\""),
            ("forge.x = {}", "x"),
            ("tamper.x = {}", "x"),
            ("targets-role = { role = \"x\" }", "\"x\""),
            ("attack.replay.x = 1", "x"),
            ("control.substitute.root = \"x\"", "\"x\""),
            ("withhold.metadata = [\"x\"]", "\"x\""),
        ] {
            let found = caught(&CHECK, REPLAY, "publish = [\"timestamp\"]", verb);
            assert_eq!(found, [format!("12: {piece}: there is no role `x`")], "{verb}");
        }
    }

    #[test]
    fn an_unknown_role_is_caught_in_the_setup() {
        let found = caught(&CHECK, REVOKED, "role = \"project\"", "role = \"project\"\nby = \"target\"");
        assert_eq!(found, ["19: \"target\": there is no role `target`"]);
    }

    #[test]
    fn a_role_of_one_variant_is_traced_to_its_placeholder() {
        let found = caught(&CHECK, MATRIX, "snapshot = {", "snapshots = {");
        assert_eq!(found[0], "15: \"${role}\": there is no role `snapshots` in rollback/replayed[role=snapshots]");
    }

    #[test]
    fn a_role_that_is_delegated_to_later_is_accepted() {
        let delegate = "delegate = { role = \"new\" }\n\n[[step]]\npublish = [\"new\"]";
        assert!(accepts(&CHECK, REPLAY, "publish = [\"timestamp\"]", delegate));
        let several = "delegate = { role = \"all\", roles = [{ role = \"a\" }, { role = \"b\" }] }\n\n[[step]]\n\
            publish = [\"b\"]\n\n[[step]]\nrevoke = { role = \"all\" }";
        assert!(accepts(&CHECK, REPLAY, "publish = [\"timestamp\"]", several));
        let as_a_role = several.replace("publish = [\"b\"]", "publish = [\"all\"]");
        assert!(!accepts(&CHECK, REPLAY, "publish = [\"timestamp\"]", &as_a_role));
    }
}

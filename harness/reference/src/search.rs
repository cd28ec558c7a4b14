//! Step 5.6.7: the pre-order depth-first search for the role that describes a target.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use suite::observation::Reason;

use crate::fault::Fault;
use crate::key::Keys;
use crate::metadata::{Candidate, TargetFile, Targets};
use crate::quorum::Quorum;
use crate::refusal::Refusal;
use crate::store::Store;
use crate::transport::Transport;
use crate::updater::Updater;
use crate::workflow::TrustedTargets;

/// The search for one target.
pub(crate) struct Search<'a> {
    trusted: &'a TrustedTargets,
    pub(crate) path: &'a str,
    /// The names of the roles that were visited (step 5.6.7.1).
    visited: BTreeSet<String>,
    /// How many roles were visited.
    count: usize,
}

/// Faults of roles that a delegated role delegates to, and what they are everywhere.
const NESTED: [(Fault, Fault); 5] = [
    (Fault::SkipNestedSignatures, Fault::SkipDelegatedSignatures),
    (Fault::ReuseNestedUnverified, Fault::ReuseDelegatedUnverified),
    (Fault::SkipNestedHash, Fault::SkipDelegatedHash),
    (Fault::SkipNestedVersionMatch, Fault::SkipDelegatedVersionMatch),
    (Fault::SkipNestedExpiry, Fault::SkipDelegatedExpiry),
];

/// What a part of the search ended with.
pub(crate) enum Found {
    File(TargetFile),
    /// No role in this part describes the target: the search goes on.
    Nothing,
    /// As before, but the search is over: after a terminating delegation, or at the limit of roles.
    Stop,
}

impl Search<'_> {
    /// The target as a role describes it.
    fn described_by<'t>(&self, targets: &'t Targets) -> Option<&'t TargetFile> {
        if self.trusted.root().faults.has(Fault::TargetNameIgnoresCase) {
            return targets.files.iter().find(|(path, _)| path.eq_ignore_ascii_case(self.path)).map(|(_, file)| file);
        }
        targets.files.get(self.path)
    }
}

impl<T: Transport, S: Store> Updater<T, S> {
    /// How the target is described by the first role that is trusted for it. A role that cannot be fetched or verified
    /// ends the search.
    pub(crate) fn find(&mut self, trusted: &TrustedTargets, path: &str) -> Result<TargetFile, Refusal> {
        let mut search = Search { trusted, path, visited: BTreeSet::from([trusted.role().to_owned()]), count: 1 };
        match self.explore(&mut search, trusted.targets(), true)? {
            Found::File(file) => Ok(file),
            Found::Nothing | Found::Stop => {
                let message = format!("no trusted role describes the target {path:?}");
                Err(Refusal::new(Reason::UnknownTarget, "fetch.unknown-target", message))
            }
        }
    }

    /// Searches a role and then its delegations. `is_selected` tells whether the role is trusted for the target.
    fn explore(&mut self, search: &mut Search<'_>, targets: &Targets, is_selected: bool) -> Result<Found, Refusal> {
        let faults = self.faults;
        let own = search.described_by(targets).filter(|_| is_selected).cloned();
        let own = match own {
            Some(file) if !faults.has(Fault::DelegateesFirst) => return Ok(Found::File(file)),
            own => own,
        };
        let found = self.explore_delegations(search, targets)?;
        Ok(match (found, own) {
            (Found::Nothing | Found::Stop, Some(own)) => Found::File(own),
            (found, _) => found,
        })
    }

    /// Step 5.6.7.2.
    fn explore_delegations(&mut self, search: &mut Search<'_>, targets: &Targets) -> Result<Found, Refusal> {
        let faults = self.faults;
        let Some(delegations) = &targets.delegations else { return Ok(Found::Nothing) };
        if faults.has(Fault::NoNestedDelegations)
            && search.count > 1
            && !std::ptr::eq(targets, search.trusted.targets())
        {
            return Ok(Found::Nothing);
        }
        let mut candidates = delegations.candidates(search.path, faults);
        if faults.has(Fault::MostSpecificFirst) {
            candidates.sort_by_key(|candidate| Reverse(candidate.longest));
        }
        if faults.has(Fault::TerminatingFirst) {
            candidates.sort_by_key(|candidate| !candidate.terminating);
        }
        if faults.has(Fault::LastDelegationFirst) {
            candidates.reverse();
        }
        if faults.has(Fault::BreadthFirst) {
            let single = candidates.iter().filter(|candidate| candidate.selected && candidate.minimum.is_none());
            for role in single.flat_map(|candidate| &candidate.roles) {
                let delegated = self.delegated(search, &role.name, role.quorum)?;
                if let Some(file) = delegated.files.get(search.path) {
                    return Ok(Found::File(file.clone()));
                }
            }
        }
        let mut last = Found::Nothing;
        for candidate in candidates {
            // Section 4.5: the path has to be one of those that every role on the way was given.
            if !candidate.selected && !faults.has(Fault::IgnoreSelectors) && !faults.has(Fault::OnlyLastSelector) {
                if candidate.terminating && faults.has(Fault::TerminatingWithoutMatch) {
                    return Ok(Found::Stop);
                }
                continue;
            }
            if candidate.terminating && faults.has(Fault::TerminatingIsNotSearched) {
                return Ok(Found::Stop);
            }
            let is_selected = candidate.selected || faults.has(Fault::IgnoreSelectors);
            match self.ask(search, &candidate, is_selected) {
                Ok(Found::Nothing) => {}
                Ok(Found::Stop) if faults.has(Fault::TerminatingStopsOnlySiblings) => {}
                Ok(Found::File(file)) if faults.has(Fault::LastResultWins) => last = Found::File(file),
                Ok(found) => return Ok(found),
                Err(_) if faults.has(Fault::SkipFailingDelegatees) => {}
                Err(refusal) => return Err(refusal),
            }
            // Step 5.6.7.2.1: after a terminating delegation and its descendants nothing else is searched.
            // Where several roles have to agree, they have said already whether the search goes on.
            let ends = candidate.terminating && candidate.minimum.is_none();
            if ends && !faults.has(Fault::IgnoreTerminating) && matches!(last, Found::Nothing)
                || faults.has(Fault::EveryDelegationTerminates)
            {
                return Ok(Found::Stop);
            }
        }
        Ok(last)
    }

    /// What a delegation leads to: what its role says of the target, or what its roles agree on.
    fn ask(&mut self, search: &mut Search<'_>, candidate: &Candidate<'_>, is_selected: bool) -> Result<Found, Refusal> {
        match (candidate.minimum, candidate.roles.first()) {
            (None, Some(role)) => self.visit(search, &role.name, role.quorum, is_selected),
            (minimum, _) => self.agree(search, candidate, minimum.unwrap_or(1), is_selected),
        }
    }

    /// Step 5.6.7.1. A role that was visited before is skipped, through whichever delegation it is reached. At the
    /// limit of roles the search goes to section 5.7, which finds no metadata about the target.
    pub(crate) fn visit(
        &mut self,
        search: &mut Search<'_>,
        role: &str,
        quorum: Quorum<'_>,
        is_selected: bool,
    ) -> Result<Found, Refusal> {
        if !search.visited.insert(role.to_owned()) && !self.faults.has(Fault::ForgetVisitedRoles) {
            return Ok(Found::Nothing);
        }
        if search.count >= self.limits.visited_roles && !self.faults.has(Fault::VisitRolesWithoutLimit) {
            return Ok(Found::Stop);
        }
        search.count += 1;
        let targets = self.delegated(search, role, quorum)?;
        self.explore(search, &targets, is_selected)
    }

    /// The metadata of a delegated role, verified for the role that delegates to it.
    fn delegated(&mut self, search: &Search<'_>, role: &str, quorum: Quorum<'_>) -> Result<Targets, Refusal> {
        let remembers = self.faults.has(Fault::RememberVerdicts);
        if let Some(targets) = self.remembered.get(role)
            && remembers
        {
            return Ok(targets.clone());
        }
        let same_name = search.trusted.targets().delegations.as_ref().and_then(|top| top.quorum(role));
        let quorum = same_name.filter(|_| self.faults.has(Fault::KeysByRoleName)).unwrap_or(quorum);
        let keys = self.mistaken_keys(search, quorum.keys);
        let rotated = self.rotated(search.trusted.snapshot(), role, Quorum { keys: &keys, ..quorum })?;
        let mut need = search.trusted.need_delegated(role, rotated.quorum())?;
        if !search.trusted.targets().delegations.as_ref().is_some_and(|top| top.have(quorum)) {
            need.faults =
                NESTED.into_iter().fold(
                    need.faults,
                    |faults, (nested, everywhere)| {
                        if faults.has(nested) { faults.with(everywhere) } else { faults }
                    },
                );
        }
        let targets = self.obtain::<Targets>(&need, self.limits.targets, |_, _| Ok(()))?.content;
        self.note_keys(&targets);
        if remembers {
            self.remembered.insert(role.to_owned(), targets.clone());
        }
        Ok(targets)
    }

    /// The keys that identifiers are looked up among: those of the role that delegates (TAP 12), or what a client with a
    /// fault takes for these.
    fn mistaken_keys<'k>(&mut self, search: &Search<'_>, keys: &'k Keys) -> Cow<'k, Keys> {
        if self.faults.has(Fault::OneTableOfKeys) {
            return Cow::Owned(self.key_table.clone());
        }
        if self.faults.has(Fault::KeysOfRootFirst) {
            let mut keys = keys.clone();
            keys.overwrite(search.trusted.root().root.content.keys());
            return Cow::Owned(keys);
        }
        if self.faults.has(Fault::OneIdentifierPerKey) {
            return Cow::Owned(keys.only_first(&mut self.keyids_met));
        }
        Cow::Borrowed(keys)
    }

    /// Takes down the keys in delegations, for the fault of one table for all of them.
    pub(crate) fn note_keys(&mut self, targets: &Targets) {
        if let Some(delegations) = &targets.delegations {
            self.key_table.overwrite(delegations.keys());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::test_repository::{Play, Repository};

    const TARGET: &str = "x/y.txt";

    fn all(terminating: bool) -> Value {
        json!({ "paths": ["x/*"], "terminating": terminating })
    }

    fn describe(repository: &mut Repository, role: &str) {
        repository.add(role, TARGET, &format!("by {role}"));
        repository.publish(role);
    }

    /// Downloads the target; gives its content, or the requirement that was not met, and the roles that were requested.
    fn search(change: impl FnOnce(&mut Repository)) -> (String, String) {
        let mut play = Play::honest();
        play.change(|repository| {
            change(repository);
            repository.release("targets");
        });
        play.refresh().unwrap();
        let outcome = match play.client.download("2030-01-01T12:00:00Z".parse().unwrap(), &[TARGET.to_owned()]) {
            Ok(()) => play.downloaded(TARGET).unwrap(),
            Err(refusal) => refusal.requirement.to_owned(),
        };
        let roles = play
            .requests()
            .iter()
            .filter_map(|path| path.strip_prefix("1.")?.strip_suffix(".json").map(str::to_owned))
            .collect::<Vec<_>>();
        (outcome, roles.join(" "))
    }

    fn found(outcome: &str, roles: &str) -> (String, String) {
        (outcome.to_owned(), roles.to_owned())
    }

    #[test]
    fn the_search_goes_depth_first_in_order_of_appearance() {
        let result = search(|repository| {
            repository.delegate("targets", "b", 5, all(false));
            repository.delegate("targets", "a", 6, all(false));
            repository.delegate("b", "c", 7, all(false));
            repository.publish("b");
            describe(repository, "a");
        });
        assert_eq!(result, found("by a", "b c a"));
    }

    #[test]
    fn the_first_role_that_describes_the_target_decides() {
        let result = search(|repository| {
            repository.delegate("targets", "a", 5, all(false));
            repository.delegate("targets", "b", 6, all(false));
            repository.delegate("a", "c", 7, all(false));
            describe(repository, "c");
            describe(repository, "a");
            describe(repository, "b");
        });
        assert_eq!(result, found("by a", "a"));
    }

    #[test]
    fn nothing_is_searched_after_a_terminating_delegation_and_its_descendants() {
        let result = search(|repository| {
            repository.delegate("targets", "a", 5, all(false));
            repository.delegate("a", "b", 6, all(true));
            repository.delegate("b", "c", 7, all(false));
            repository.delegate("targets", "d", 8, all(false));
            repository.publish("a");
            repository.publish("b");
            describe(repository, "d");
        });
        assert_eq!(result, found("fetch.unknown-target", "a b c"));
    }

    #[test]
    fn a_terminating_delegation_of_other_paths_has_no_effect() {
        let result = search(|repository| {
            repository.delegate("targets", "a", 5, json!({ "paths": ["z/*"], "terminating": true }));
            repository.delegate("targets", "b", 6, all(false));
            describe(repository, "b");
        });
        assert_eq!(result, found("by b", "b"));
    }

    #[test]
    fn a_path_has_to_be_given_to_every_role_on_the_way() {
        let result = search(|repository| {
            repository.delegate("targets", "a", 5, json!({ "paths": ["z/*"] }));
            repository.delegate("a", "b", 6, all(false));
            describe(repository, "b");
            repository.publish("a");
        });
        assert_eq!(result, found("fetch.unknown-target", ""));
    }

    #[test]
    fn a_role_that_cannot_be_verified_or_fetched_ends_the_search() {
        let unsigned = search(|repository| {
            repository.delegate("targets", "a", 5, all(false));
            repository.delegate("targets", "b", 6, all(false));
            describe(repository, "b");
            repository.signers.insert("a".to_owned(), vec![4]);
            repository.publish("a");
        });
        assert_eq!(unsigned, found("delegated.signature.quorum", "a"));
        let missing = search(|repository| {
            repository.delegate("targets", "a", 5, all(false));
            repository.metadata.remove("1.a.json");
        });
        assert_eq!(missing, found("delegated.missing", "a"));
    }

    #[test]
    fn a_circle_of_delegations_ends() {
        let result = search(|repository| {
            repository.delegate("targets", "a", 5, all(false));
            repository.delegate("a", "b", 6, all(false));
            repository.delegate("b", "a", 5, all(false));
            repository.publish("a");
            repository.publish("b");
            repository.delegate("targets", "c", 7, all(false));
            describe(repository, "c");
        });
        assert_eq!(result, found("by c", "a b c"));
    }

    #[test]
    fn the_number_of_roles_is_bounded() {
        let (outcome, roles) = search(|repository| {
            for number in 0..50 {
                repository.delegate("targets", &format!("r{number}"), 5, all(false));
            }
            describe(repository, "r49");
        });
        assert_eq!(outcome, "fetch.unknown-target");
        assert_eq!(roles.split(' ').count(), 31);
    }

    #[test]
    fn a_role_is_verified_for_each_role_that_delegates_to_it() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.delegate("targets", "good", 5, json!({ "paths": ["1"] }));
            repository.delegate("targets", "bad", 6, json!({ "paths": ["2"] }));
            repository.delegate("good", "shared", 7, json!({ "paths": ["1"] }));
            repository.delegate("bad", "shared", 8, json!({ "paths": ["2"] }));
            repository.add("shared", "1", "one");
            repository.add("shared", "2", "two");
            for role in ["good", "bad", "shared"] {
                repository.publish(role);
            }
            repository.release("targets");
        });
        assert_eq!(play.download(&["1", "2"]).unwrap_err().requirement, "delegated.signature.quorum");
        assert_eq!((play.downloaded("1"), play.downloaded("2")), (Some("one".to_owned()), None));
    }
}

//! A map of repositories is about repositories that there are (TAP 4).

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::nearest::suggest;
use crate::{Action, MAIN, Suite, TaskAt, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::repositories",
    summary: "Repositories beside the main one have a `[[mapping]]`, and each that is named exists.",
    inspect: Inspect::Variant(inspect),
};

/// The names of the folders that every repository has on a server.
const AREAS: [&str; 2] = ["metadata", "targets"];

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let (scenario, mut findings) = (&variant.scenario, Vec::new());
    let known = || scenario.repositories.keys().map(String::as_str).chain([MAIN]);
    let mut exists = |name: &str, place: Place| {
        if !known().any(|other| other == name) {
            let help = suggest(name, known(), "add it as `[repositories.NAME]`");
            findings.push(Finding::value(place, format!("there is no repository `{name}`"), help));
        }
    };
    for (index, mapping) in scenario.mapping.iter().enumerate() {
        for (at, name) in mapping.repositories.iter().enumerate() {
            exists(name, Place::top("mapping").index(index).key("repositories").index(at));
        }
    }
    for step in &variant.plan.steps {
        if let Some(name) = &step.repository {
            exists(name, Place::step(step.number).key("repository"));
        }
    }
    for name in scenario.repositories.keys() {
        let place = Place::top("repositories").key(name);
        if name == MAIN || AREAS.contains(&name.as_str()) {
            let message = format!("`{name}` has another meaning");
            findings.push(Finding::key(place, message, "give the repository another name"));
        } else if !scenario.has_map() {
            let help = "add a `[[mapping]]`, with `paths` and `repositories`";
            findings.push(Finding::key(place, "no map leads a client to the repository", help));
        }
    }
    for step in variant.plan.steps.iter().filter(|_| scenario.has_map()) {
        let verb = match step.action {
            Action::Refresh(_) => "refresh",
            Action::Kill(TaskAt::RefreshAt(_)) => "kill",
            Action::SecondClient(TaskAt::RefreshAt(_)) => "second-client",
            Action::Damage(_) => "damage",
            _ => continue,
        };
        let help = "have it `download` something: which repositories it asks is told by the path";
        let message = "with a map it is not said which repository is meant";
        findings.push(Finding::key(Place::step(step.number).key(verb), message, help));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HONEST, accepts, caught};
    use super::*;

    const ADD: &str = "add = { targets = { \"readme.txt\" = \"welcome\" } }";

    #[test]
    fn a_repository_that_does_not_exist_is_caught() {
        let found = caught(&CHECK, HONEST, ADD, &format!("{ADD}\nrepository = \"left\""));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("there is no repository `left`"), "{found:?}");
        assert!(accepts(&CHECK, HONEST, ADD, &format!("{ADD}\nrepository = \"main\"")));
    }
    #[test]
    fn a_repository_without_a_map_and_a_refresh_with_one_are_caught() {
        let beside = format!("{ADD}\n\n[repositories.left]");
        let found = caught(&CHECK, HONEST, ADD, &beside);
        assert!(found.len() == 1 && found[0].contains("no map leads a client to the repository"), "{found:?}");
        let mapped = format!("{beside}\n\n[[mapping]]\npaths = [\"*\"]\nrepositories = [\"left\"]");
        let found = caught(&CHECK, HONEST, ADD, &mapped);
        assert!(
            !found.is_empty() && found.iter().all(|one| one.contains("it is not said which repository")),
            "{found:?}"
        );
    }
}

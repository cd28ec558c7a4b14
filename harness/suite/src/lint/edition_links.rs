//! An edition is linked to what is in the register.

use std::collections::BTreeSet;

use super::names::unknown;
use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Edition, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::edition-links",
    summary: "Links of an edition lead from sentences that are there to requirements of the register, and addresses are unique.",
    inspect: Inspect::Edition(inspect),
};

fn inspect(edition: &Edition, suite: &Suite) -> Vec<Finding> {
    let (known, withdrawn) = (&suite.register.requirements, &suite.register.withdrawn);
    let (mut findings, mut addresses) = (Vec::new(), BTreeSet::new());
    for (index, entry) in edition.passage.iter().enumerate() {
        let place = Place::top("passage").index(index);
        if !addresses.insert(&entry.at) {
            let message = format!("there are two passages `{}`", entry.at);
            findings.push(Finding::value(place.clone().key("at"), message, "write the edition again"));
        }
        let links = [("requirements", &entry.requirements), ("without", &entry.without)];
        for (key, (name, sentences)) in
            links.into_iter().flat_map(|(key, links)| links.iter().map(move |link| (key, link)))
        {
            let place = place.clone().key(key).key(name);
            if let Some(sentence) = sentences.iter().find(|place| !(1..=entry.sentences.len()).contains(*place)) {
                let help = format!("the passage has {} sentences, counted from 1", entry.sentences.len());
                findings.push(Finding::value(place.clone(), format!("there is no sentence {sentence}"), help));
            }
            if key == "requirements" && !known.contains_key(name) && !withdrawn.contains_key(name) {
                findings.push(unknown(place, name, known, "requirement", "spec/requirements"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{caught, problems_of, tree};
    use super::*;

    const EDITION: &str = "spec/editions/1.0.0.toml";

    #[test]
    fn a_link_to_nothing_is_caught() {
        let found = caught(&CHECK, EDITION, "timestamp.rollback.lower-version", "timestamp.rollback.version");
        assert!(found[0].contains("there is no requirement `timestamp.rollback.version`"), "{found:?}");
    }

    #[test]
    fn a_sentence_that_is_not_there_is_caught() {
        let found = caught(&CHECK, EDITION, "version\" = [1]", "version\" = [1, 3]");
        assert!(found[0].contains("there is no sentence 3"), "{found:?}");
    }

    #[test]
    fn an_address_that_stands_twice_is_caught() {
        let found = caught(&CHECK, EDITION, "at = \"update-timestamp/1\"", "at = \"update-timestamp\"");
        assert!(found[0].contains("there are two passages `update-timestamp`"), "{found:?}");
    }

    #[test]
    fn the_example_is_accepted() {
        assert!(problems_of(&CHECK, &tree()).is_empty());
    }
}

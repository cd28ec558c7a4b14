//! A scenario lies in the folder of its attack class, or in `honest`.

use super::names::unknown;
use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{ScenarioFile, Suite};

/// The folder of scenarios without an attack.
const HONEST: &str = "honest";

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::folder",
    summary: "A scenario lies in `scenarios/<attack>/`, or in `scenarios/honest/` if it has no attack.",
    inspect: Inspect::File(inspect),
};

fn inspect(file: &ScenarioFile, suite: &Suite) -> Vec<Finding> {
    if file.path.split('/').count() != 3 {
        let message = "a scenario lies in a folder of `scenarios`, and not deeper";
        return vec![Finding::bytes(0..0, message, "move the file to `scenarios/<attack>/<slug>.toml`")];
    }
    let Some(scenario) = file.variants.first().map(|variant| &variant.scenario) else { return Vec::new() };
    let (class, place) = (file.class(), Place::top("attack"));
    match &scenario.attack {
        Some(attack) if !suite.register.attacks.contains_key(attack) => {
            vec![unknown(place, attack, &suite.register.attacks, "attack class", "spec/attacks.toml")]
        }
        Some(attack) if attack != class => {
            let message = format!("the attack is `{attack}`, but the file lies in the folder `{class}`");
            vec![Finding::value(place, message, format!("move the file to `scenarios/{attack}/`, or correct `attack`"))]
        }
        None if class != HONEST => {
            let message = format!("the file lies in the folder `{class}`, but states no attack");
            let help = format!("add `attack = \"{class}\"`, or move the file to `scenarios/{HONEST}/`");
            vec![Finding::key(Place::top("title"), message, help)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HONEST, REPLAY, caught, problems_of, tree};
    use super::*;

    #[test]
    fn an_unknown_attack_class_is_caught() {
        let found = caught(&CHECK, REPLAY, "attack = \"rollback\"", "attack = \"rolback\"");
        assert_eq!(found, ["3: \"rolback\": there is no attack class `rolback`"]);
    }

    #[test]
    fn a_file_in_the_folder_of_another_attack_is_caught() {
        let found = caught(&CHECK, REPLAY, "attack = \"rollback\"", "attack = \"wrong-software\"");
        let message = "the attack is `wrong-software`, but the file lies in the folder `rollback`";
        assert_eq!(found, [format!("3: \"wrong-software\": {message}")]);
    }

    #[test]
    fn an_honest_scenario_in_the_folder_of_an_attack_is_caught() {
        let found = caught(&CHECK, REPLAY, "attack = \"rollback\"\n", "");
        assert_eq!(found, ["2: title: the file lies in the folder `rollback`, but states no attack"]);
    }

    #[test]
    fn a_file_in_a_folder_of_a_folder_is_caught() {
        let mut tree = tree();
        let text = tree[HONEST].clone();
        tree.insert("scenarios/honest/more/first.toml".to_owned(), text);
        assert_eq!(problems_of(&CHECK, &tree).len(), 1);
    }

    #[test]
    fn the_examples_lie_in_the_right_folders() {
        assert!(problems_of(&CHECK, &tree()).is_empty());
    }
}

//! What the matrix declares is used.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{ScenarioFile, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::matrix",
    summary: "Each axis of the matrix, and each of its parameters, stands somewhere as `${…}`.",
    inspect: Inspect::File(inspect),
};

fn inspect(file: &ScenarioFile, _: &Suite) -> Vec<Finding> {
    let Some(first) = file.variants.first() else { return Vec::new() };
    let mut findings = Vec::new();
    for (name, axis) in &first.scenario.matrix {
        let place = Place::top("matrix").key(name);
        if !file.text.contains(&format!("${{{name}}}")) && !file.text.contains(&format!("${{{name}.")) {
            let help = format!("write `${{{name}}}` where the variants differ, or remove the axis");
            findings.push(Finding::key(place, format!("the axis `{name}` is not used"), help));
            continue;
        }
        for (label, parameter) in axis.parameters() {
            let placeholder = format!("${{{name}.{parameter}}}");
            if !file.text.contains(&placeholder) {
                let help = format!("write `{placeholder}` where it belongs, or remove the parameter");
                let place = place.clone().key(label).key(parameter);
                findings.push(Finding::key(place, format!("the parameter `{parameter}` is not used"), help));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{MATRIX, REPLAY, accepts, caught};
    use super::*;

    #[test]
    fn an_axis_that_is_not_used_is_caught() {
        let matrix = "[matrix]\nrole = [\"snapshot\", \"targets\"]\n\n[[step]]\npublish";
        let found = caught(&CHECK, REPLAY, "[[step]]\npublish", matrix);
        assert_eq!(found, ["12: role: the axis `role` is not used"]);
    }

    #[test]
    fn a_parameter_that_is_not_used_is_caught_in_each_value() {
        let found = caught(&CHECK, MATRIX, "\"${role.lifetime}\"", "\"7d\"");
        let message = "lifetime: the parameter `lifetime` is not used";
        assert_eq!(found, [format!("12: {message}"), format!("13: {message}")]);
    }

    #[test]
    fn an_axis_of_which_only_a_parameter_is_used_is_accepted() {
        let matrix =
            "[matrix.wait]\nshort = { time = \"+1d\" }\n\n[[step]]\nclock = \"${wait.time}\"\n\n[[step]]\npublish";
        assert!(accepts(&CHECK, REPLAY, "[[step]]\npublish", matrix));
    }
}

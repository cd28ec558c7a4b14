//! Something that is asked with a keyword is asked somewhere.

use super::register_file::{Entries, RegisterFile};
use super::{Check, Finding, Inspect};
use crate::{Level, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::register-sections",
    summary: "A requirement at the level MUST or SHOULD names the section that asks it.",
    inspect: Inspect::Register(inspect),
};

fn inspect(file: &RegisterFile<'_>, _: &[RegisterFile<'_>], _: &Suite) -> Vec<Finding> {
    let Entries::Requirements(requirements) = &file.entries else { return Vec::new() };
    let mut findings = Vec::new();
    for (index, requirement) in requirements.iter().enumerate() {
        let place = file.entries.place(index);
        let help = "add `section = \"5.4.3.1\"`, or the TAP: `section = \"TAP 15\"`";
        match &requirement.section {
            Some(section) if section.trim().is_empty() => {
                findings.push(Finding::value(place.key("section"), "the section is empty", help));
            }
            None if !matches!(requirement.level, Level::May | Level::Implied) => {
                let message = format!("the level is {}, but no section is named that asks it", requirement.level);
                findings.push(Finding::value(place.key("level"), message, help));
            }
            _ => {}
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REQUIREMENTS, accepts, caught};
    use super::*;

    #[test]
    fn a_must_without_a_section_is_caught() {
        let found = caught(&CHECK, REQUIREMENTS, "section = \"5.4.3.1\"\n", "");
        assert_eq!(found, ["5: \"MUST\": the level is MUST, but no section is named that asks it"]);
    }

    #[test]
    fn an_empty_section_is_caught() {
        let found = caught(&CHECK, REQUIREMENTS, "section = \"5.4.3.1\"", "section = \"\"");
        assert_eq!(found, ["7: \"\": the section is empty"]);
    }

    #[test]
    fn what_follows_from_the_text_needs_no_section() {
        assert!(accepts(&CHECK, REQUIREMENTS, "section = \"5\"\n", ""));
    }
}

//! A requirement that is not checked says why in a way that holds.

use super::names::unknown;
use super::register_file::{Entries, RegisterFile};
use super::{Check, Finding, Inspect};
use crate::{Actor, Suite, Why};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::exclusion",
    summary: "An exclusion is of a requirement on clients; it names the open question, or requirements that are checked instead.",
    inspect: Inspect::Register(inspect),
};

fn inspect(file: &RegisterFile<'_>, _: &[RegisterFile<'_>], suite: &Suite) -> Vec<Finding> {
    let Entries::Requirements(requirements) = &file.entries else { return Vec::new() };
    let (known, policies) = (&suite.register.requirements, &suite.register.policies);
    let mut findings = Vec::new();
    for (index, requirement) in requirements.iter().enumerate() {
        let Some(excluded) = &requirement.excluded else { continue };
        let place = file.entries.place(index).key("excluded");
        if requirement.actor == Actor::Repository {
            let help = "remove it: what is asked of repositories is outside of what is played";
            findings.push(Finding::value(place.clone(), "a requirement on repositories needs no exclusion", help));
        }
        match (&excluded.policy, excluded.why) {
            (None, Why::OpenQuestion) => {
                let help = "add `policy = \"…\"`, one of `spec/policies.toml`";
                findings.push(Finding::value(place.clone(), "the open question is not named", help));
            }
            (Some(policy), _) if !policies.contains_key(policy) => {
                findings.push(unknown(place.clone().key("policy"), policy, policies, "policy", "spec/policies.toml"));
            }
            _ => {}
        }
        if excluded.why == Why::NoImplementation && requirement.feature.is_none() {
            let help = "write a scenario, or say what feature it belongs to";
            findings.push(Finding::value(place.clone(), "what is unconditional is implemented", help));
        }
        if excluded.why == Why::SumOfOthers && excluded.others.is_empty() {
            let help = "add `others = [\"…\"]`: the requirements that say the same in detail";
            findings.push(Finding::value(place.clone(), "the others are not named", help));
        }
        for (position, other) in excluded.others.iter().enumerate() {
            let place = place.clone().key("others").index(position);
            match known.get(other) {
                None => findings.push(unknown(place, other, known, "requirement", "spec/requirements")),
                Some(other) if other.excluded.is_some() => {
                    let help = "name requirements that can be checked";
                    findings.push(Finding::value(place, format!("`{}` is excluded itself", other.id), help));
                }
                Some(_) => {}
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REQUIREMENTS, accepts, caught};
    use super::*;

    const OBSERVE: &str = "observe = \"";

    fn excluded(exclusion: &str) -> Vec<String> {
        caught(&CHECK, REQUIREMENTS, OBSERVE, &format!("excluded = {exclusion}\n{OBSERVE}"))
    }

    #[test]
    fn an_open_question_has_to_be_named_and_known() {
        assert!(excluded("{ why = \"open-question\", note = \"It is open.\" }")[0].contains("is not named"));
        let found = excluded("{ why = \"open-question\", policy = \"none\", note = \"It is open.\" }");
        assert!(found[0].contains("there is no policy `none`"));
    }

    #[test]
    fn a_sum_names_what_it_is_the_sum_of() {
        assert!(excluded("{ why = \"sum-of-others\", note = \"All.\" }")[0].contains("the others are not named"));
        let itself = "{ why = \"sum-of-others\", others = [\"timestamp.rollback.lower-version\"], note = \"All.\" }";
        assert!(excluded(itself)[0].contains("is excluded itself"));
    }

    #[test]
    fn what_cannot_be_observed_needs_a_note_only() {
        let to = format!("excluded = {{ why = \"not-observable\", note = \"Nobody sees it.\" }}\n{OBSERVE}");
        assert!(accepts(&CHECK, REQUIREMENTS, OBSERVE, &to));
    }
}

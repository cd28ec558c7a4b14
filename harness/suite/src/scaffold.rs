//! A new scenario to start from: it lints, it plays, and its comments teach the format.

use crate::lint::{is_kebab_case, schema_line};
use crate::nearest::nearest;
use crate::register::{Actor, Register, Requirement};

/// The folder of scenarios without an attack.
const HONEST: &str = "honest";

/// The longest name of a scenario: with the words around it, it has to fit into a title.
const LONGEST: usize = 60;

/// Why there is nothing to start from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScaffoldError {
    /// The class is neither an attack class nor `honest`.
    #[error("there is no attack class `{class}`: {help}")]
    Class {
        /// What was asked for.
        class: String,
        /// What to ask for instead.
        help: String,
    },
    /// The name cannot be that of a scenario.
    #[error("`{slug}` is not a name of lower-case words joined by hyphens, of at most {LONGEST} characters")]
    Slug {
        /// What was asked for.
        slug: String,
    },
    /// The register has no requirement that a scenario could cover.
    #[error("the register has no requirement of clients that a scenario could cover; add one to `spec/requirements`")]
    NoRequirement,
}

/// The text of a new scenario, for `scenarios/<class>/<slug>.toml`.
///
/// # Errors
/// If the class is unknown or the name is not one.
pub fn scaffold(class: &str, slug: &str, register: &Register) -> Result<String, ScaffoldError> {
    let is_honest = class == HONEST;
    if !is_honest && !register.attacks.contains_key(class) {
        let known = register.attacks.keys().map(String::as_str).chain([HONEST]);
        let help = match nearest(class, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("choose one of `{}`", known.collect::<Vec<_>>().join("`, `")),
        };
        return Err(ScaffoldError::Class { class: class.to_owned(), help });
    }
    if !is_kebab_case(slug) || slug.len() > LONGEST {
        return Err(ScaffoldError::Slug { slug: slug.to_owned() });
    }
    let requirement = requirement(class, register).ok_or(ScaffoldError::NoRequirement)?;
    let schema = schema_line(&format!("scenarios/{class}/{slug}.toml")).unwrap_or_default();
    let template = if is_honest { include_str!("scaffold/honest.toml") } else { include_str!("scaffold/attack.toml") };
    Ok(template
        .replace("#:schema", &schema)
        .replace("CLASS", class)
        .replace("WORDS", &slug.replace('-', " "))
        .replace("REQUIREMENT", &requirement.id))
}

/// A requirement of clients that works against the class, rather one that always applies; if there is none, any
/// that always applies.
fn requirement<'a>(class: &str, register: &'a Register) -> Option<&'a Requirement> {
    let of_clients = register.requirements.values().filter(|requirement| requirement.actor == Actor::Client);
    let mitigates = |requirement: &Requirement| requirement.mitigates.iter().any(|attack| attack == class);
    of_clients
        .filter(|requirement| mitigates(requirement) || requirement.feature.is_none())
        .min_by_key(|requirement| (!mitigates(requirement), requirement.feature.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{lint, testing};
    use crate::{Suite, format};

    #[test]
    fn a_new_scenario_of_each_class_lints_and_is_laid_out() {
        let mut tree = testing::tree();
        let register = Suite::from_tree(&tree).unwrap().register;
        for class in register.attacks.keys().map(String::as_str).chain(["honest"]) {
            let path = format!("scenarios/{class}/brand-new.toml");
            let text = scaffold(class, "brand-new", &register).unwrap();
            assert_eq!(format(&path, &text).unwrap(), text);
            tree.insert(path, text);
        }
        let problems: Vec<_> = lint(&tree).into_iter().filter(|problem| problem.code != "lint::title").collect();
        assert!(problems.is_empty(), "{problems:#?}");
    }

    #[test]
    fn a_new_scenario_lints_in_the_real_suite() {
        let suite = Suite::embedded().unwrap();
        for class in suite.register.attacks.keys().map(String::as_str).chain(["honest"]) {
            let mut tree = crate::embedded::tree();
            let text = scaffold(class, "brand-new", &suite.register).unwrap();
            tree.insert(format!("scenarios/{class}/brand-new.toml"), text);
            let problems = lint(&tree);
            assert!(problems.is_empty(), "{problems:#?}");
        }
    }

    #[test]
    fn an_unknown_class_gets_the_nearest_one() {
        let register = Suite::from_tree(&testing::tree()).unwrap().register;
        let error = scaffold("rolback", "a", &register).unwrap_err();
        assert_eq!(error.to_string(), "there is no attack class `rolback`: did you mean `rollback`?");
        let error = scaffold("theft", "a", &register).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no attack class `theft`: choose one of `rollback`, `wrong-software`, `honest`"
        );
    }

    #[test]
    fn a_name_that_would_leave_the_folder_is_refused() {
        let register = Suite::from_tree(&testing::tree()).unwrap().register;
        for slug in ["../a", "A", "", &"a".repeat(61)] {
            assert_eq!(scaffold("honest", slug, &register), Err(ScaffoldError::Slug { slug: slug.to_owned() }));
        }
        assert_eq!(scaffold("honest", "a", &Register::default()), Err(ScaffoldError::NoRequirement));
    }
}

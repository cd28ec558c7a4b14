//! What a data file must be beyond its form, so that it can be played, judged and read.
//!
//! One check per file. A check looks at a scenario file as it is written, at each of its variants, or at the
//! register, and tells what it found and where.

mod attack;
mod client_action;
mod clock;
mod covers;
mod download;
mod edition_links;
mod exclusion;
mod finding;
mod folder;
mod matrix;
mod meanwhile;
mod names;
mod needs;
mod pointer;
mod policy;
mod policy_answers;
mod profile_bounds;
mod profile_extends;
mod profile_features;
mod profile_names;
mod profile_policies;
mod register_file;
mod register_ids;
mod register_links;
mod register_sections;
mod repositories;
mod request_names;
mod role_names;
mod roles;
mod schema_line;
mod serving;
mod slug;
mod story;
mod targets;
#[cfg(test)]
pub(crate) mod testing;
mod title;
mod tombstones;
mod trust;

pub(crate) use names::is_kebab_case;
pub(crate) use schema_line::schema_line;

use crate::load::{edition_of, is_toml, profile_of};
use crate::parse::parse_data;
use crate::{Edition, Problem, ProfileFile, ScenarioFile, Suite, Tree, Variant};
use finding::{Finding, LIMIT, locate};
use register_file::RegisterFile;

/// One rule.
#[derive(Debug)]
pub struct Check {
    /// Its name, such as `lint::unknown-requirement`.
    pub code: &'static str,
    /// What it asks for, in one sentence.
    pub summary: &'static str,
    inspect: Inspect,
}

/// What a check looks at.
#[derive(Debug)]
enum Inspect {
    /// Any data file, as text.
    Text(fn(path: &str, text: &str) -> Option<Finding>),
    /// A scenario file as it is written, and the suite that it belongs to.
    File(fn(&ScenarioFile, &Suite) -> Vec<Finding>),
    /// One variant of a scenario.
    Variant(fn(&Variant, &Suite) -> Vec<Finding>),
    /// One file of the register, among all of them.
    Register(fn(&RegisterFile<'_>, &[RegisterFile<'_>], &Suite) -> Vec<Finding>),
    /// An edition of the text.
    Edition(fn(&Edition, &Suite) -> Vec<Finding>),
    /// A profile, with its id, as its file has it.
    Profile(fn(&str, &ProfileFile, &Suite) -> Vec<Finding>),
}

/// Every check, in the order in which they are made.
pub const CHECKS: &[Check] = &[
    schema_line::CHECK,
    register_ids::CHECK,
    register_links::CHECK,
    register_sections::CHECK,
    exclusion::CHECK,
    tombstones::CHECK,
    policy_answers::CHECK,
    edition_links::CHECK,
    profile_names::CHECK,
    profile_extends::CHECK,
    profile_features::CHECK,
    profile_bounds::CHECK,
    profile_policies::CHECK,
    folder::CHECK,
    slug::CHECK,
    title::CHECK,
    story::CHECK,
    covers::CHECK,
    needs::CHECK,
    policy::CHECK,
    attack::CHECK,
    client_action::CHECK,
    trust::CHECK,
    meanwhile::CHECK,
    download::CHECK,
    targets::CHECK,
    roles::CHECK,
    repositories::CHECK,
    clock::CHECK,
    pointer::CHECK,
    request_names::CHECK,
    serving::CHECK,
    matrix::CHECK,
];

/// Everything that is wrong with these data files, by file and place. First the files have to be readable:
/// while one of the register is not, nothing else is looked at, because everything refers to it.
pub fn lint(tree: &Tree) -> Vec<Problem> {
    let (suite, mut problems) = Suite::from_tree_lossy(tree);
    if !problems.iter().any(|problem| problem.file.starts_with("spec/")) {
        problems.extend(CHECKS.iter().flat_map(|check| check.problems(&suite, tree)));
    }
    problems.sort_by(|a, b| {
        let place = |problem: &Problem| problem.span.as_ref().map(|span| (span.start, span.end));
        (&a.file, place(a), a.code).cmp(&(&b.file, place(b), b.code))
    });
    problems
}

impl Check {
    fn problems(&self, suite: &Suite, tree: &Tree) -> Vec<Problem> {
        match self.inspect {
            Inspect::Text(inspect) => {
                let toml = tree.iter().filter(|(path, _)| is_toml(path));
                let found = toml.filter_map(|(path, text)| Some((path, text, inspect(path, text)?)));
                found.map(|(path, text, finding)| finding.problem(self.code, path, text)).collect()
            }
            Inspect::File(inspect) => {
                let found = |file| locate(self.code, file, vec![(None, inspect(file, suite))]);
                suite.files.iter().flat_map(found).collect()
            }
            Inspect::Variant(inspect) => {
                let found = |file: &ScenarioFile| {
                    let variants = file.variants.iter();
                    locate(self.code, file, variants.map(|variant| (Some(variant), inspect(variant, suite))).collect())
                };
                suite.files.iter().flat_map(found).collect()
            }
            Inspect::Register(inspect) => {
                let files = register_file::read(tree);
                let found = files.iter().flat_map(|file| {
                    let findings = inspect(file, &files, suite).into_iter().take(LIMIT);
                    findings.map(|finding| finding.problem(self.code, file.path, file.text))
                });
                found.collect()
            }
            Inspect::Edition(inspect) => self.each(tree, |path, text| {
                let is_edition = edition_of(path).is_some();
                is_edition.then(|| Some(inspect(&parse_data(path, text).ok()?, suite))).flatten()
            }),
            Inspect::Profile(inspect) => {
                self.each(tree, |path, text| Some(inspect(profile_of(path)?, &parse_data(path, text).ok()?, suite)))
            }
        }
    }

    /// The problems of each file in which something was found.
    fn each(&self, tree: &Tree, inspect: impl Fn(&str, &str) -> Option<Vec<Finding>>) -> Vec<Problem> {
        let files = tree.iter().filter_map(|(path, text)| Some((path, text, inspect(path, text)?)));
        let problems = files.flat_map(|(path, text, findings)| {
            findings.into_iter().take(LIMIT).map(|finding| finding.problem(self.code, path, text))
        });
        problems.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_worked_examples_are_without_a_problem() {
        let problems = lint(&testing::tree());
        assert!(problems.is_empty(), "{problems:#?}");
    }

    #[test]
    fn an_empty_suite_is_without_a_problem() {
        assert!(lint(&Tree::new()).is_empty());
    }

    #[test]
    fn each_check_has_a_code_of_its_own_and_a_summary_in_one_sentence() {
        let codes: BTreeSet<_> = CHECKS.iter().map(|check| check.code).collect();
        assert_eq!(codes.len(), CHECKS.len());
        assert!(CHECKS.iter().all(|check| check.code.starts_with("lint::") && check.summary.ends_with('.')));
    }

    #[test]
    fn a_file_full_of_mistakes_is_not_told_in_full() {
        let mut tree = testing::tree();
        let names: Vec<_> = (0..20_000).map(|number| format!("\"role-{number}\"")).collect();
        let text = tree[testing::REPLAY].replace("[\"timestamp\"]", &format!("[{}]", names.join(", ")));
        tree.insert(testing::REPLAY.to_owned(), text);
        assert_eq!(lint(&tree).len(), LIMIT);
    }

    proptest::proptest! {
        #[test]
        fn no_change_of_a_file_makes_it_panic(
            path in proptest::sample::select(testing::tree().into_keys().collect::<Vec<_>>()),
            at in 0.0..1.0,
            removed in 0_usize..20,
            added in "[\\[\\]\"'{}$#=.,\n a-zé0-9\u{1b}]{0,6}",
        ) {
            let mut tree = testing::tree();
            let mut characters: Vec<char> = tree[&path].chars().collect();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a file")]
            let start = (at * characters.len() as f64) as usize;
            let end = (start + removed).min(characters.len());
            characters.splice(start..end, added.chars());
            tree.insert(path, characters.into_iter().collect());
            for problem in lint(&tree) {
                let source = &tree[&problem.file];
                proptest::prop_assert!(problem.span.clone().is_none_or(|span| source.get(span).is_some()));
                let shown = format!("{:?}", miette::Report::new(problem));
                proptest::prop_assert!(shown.contains("help: "));
            }
        }
    }

    #[test]
    fn a_broken_register_is_told_before_everything_that_follows_from_it() {
        let mut tree = testing::tree();
        tree.insert("spec/features.toml".to_owned(), "[[feature]]\n".to_owned());
        let problems = lint(&tree);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].file, "spec/features.toml");
    }
}

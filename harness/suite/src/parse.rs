//! Reading one data file: from its text to what it says, or to the place where it goes wrong.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::diagnose::diagnose;
use crate::locate::{Part, Place};
use crate::template::{self, Rendered};
use crate::{Plan, Problem, Scenario, ScenarioId, StepError, Variant};

/// A scenario file with its variants.
#[derive(Debug, Clone)]
pub struct ScenarioFile {
    /// Its path relative to the suite, such as `scenarios/rollback/timestamp-replay.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its variants, in the order of the matrix; one if it has none.
    pub variants: Vec<Variant>,
}

impl ScenarioFile {
    /// Its id without variants, such as `rollback/timestamp-replay`.
    pub fn id(&self) -> String {
        self.path.trim_start_matches("scenarios/").trim_end_matches(".toml").to_owned()
    }

    /// Where in the text a place in the data of one of its variants is.
    pub fn locate(&self, id: &ScenarioId, place: &Place, part: Part) -> Option<Range<usize>> {
        let rendered = self.render(id)?;
        Some(rendered.source_span(&place.find(&rendered.text, part)?))
    }

    /// The text of one of its variants.
    pub(crate) fn render(&self, id: &ScenarioId) -> Option<Rendered> {
        let index = self.variants.iter().position(|variant| variant.id == *id)?;
        template::render_all(&self.text).ok()?.into_iter().nth(index)
    }

    /// The name of the folder that it lies in.
    pub fn class(&self) -> &str {
        class_and_slug(&self.path).0
    }

    /// The name of the file, without its ending.
    pub fn slug(&self) -> &str {
        class_and_slug(&self.path).1
    }
}

/// Reads a scenario file and all its variants.
///
/// # Errors
/// The first problem, at its place in the file.
pub fn parse_scenario(path: &str, text: &str) -> Result<ScenarioFile, Box<Problem>> {
    let rendered = template::render_all(text).map_err(|error| {
        let mut problem = Problem::new(path, text, "scenario::matrix", error.message);
        problem.span = error.span;
        Box::new(problem.help(error.help))
    })?;
    let (mut variants, mut failures) = (Vec::new(), Vec::new());
    for rendered in &rendered {
        match parse_variant(path, text, rendered) {
            Ok(variant) => variants.push(variant),
            Err(problem) => failures.push((rendered, problem)),
        }
    }
    let Some((_, first)) = failures.first() else {
        return Ok(ScenarioFile { path: path.to_owned(), text: text.to_owned(), variants });
    };
    let concerns_all = variants.is_empty() && failures.iter().all(|(_, problem)| problem.message == first.message);
    let (rendered, mut problem) = failures.swap_remove(0);
    if !concerns_all {
        problem.message = format!("{} in the variant {}", problem.message, rendered.name());
    }
    Err(problem)
}

fn parse_variant(path: &str, text: &str, rendered: &Rendered) -> Result<Variant, Box<Problem>> {
    let scenario: Scenario = toml::from_str(&rendered.text).map_err(|error| {
        let diagnosis = diagnose(&rendered.text, &error);
        let code = if diagnosis.is_syntax { "scenario::syntax" } else { "scenario::data" };
        let mut problem = Problem::new(path, text, code, diagnosis.message);
        problem.span = diagnosis.span.map(|span| rendered.source_span(&span));
        Box::new(problem.help(diagnosis.help))
    })?;
    let plan = Plan::new(&scenario).map_err(|error| {
        let (place, help) = place_and_remedy(&error);
        let mut problem = Problem::new(path, text, "scenario::step", error.to_string());
        problem.span = place.find(&rendered.text, Part::Key).map(|span| rendered.source_span(&span));
        Box::new(problem.help(help))
    })?;
    let (class, slug) = class_and_slug(path);
    let id = ScenarioId::new(class, slug, &rendered.labels);
    Ok(Variant { id, file: path.to_owned(), scenario, plan })
}

fn place_and_remedy(error: &StepError) -> (Place, String) {
    match error {
        StepError::NoVerb { number } => (
            Place::step(*number),
            "say what happens, such as `publish = [\"targets\"]` or `refresh = \"accept\"`; or remove the step"
                .to_owned(),
        ),
        StepError::SeveralVerbs { number, verbs } => {
            let second = verbs.get(1).copied().unwrap_or_default();
            (Place::step(*number).key(second), format!("put a `[[step]]` before `{second}`: a step does one thing"))
        }
        StepError::NoChangeMeanwhile { number } => (
            Place::step(*number).key("at-request"),
            "put it on a step in which the repository or the attacker changes what is shown".to_owned(),
        ),
        StepError::NoChangeInRepository { number } => (
            Place::step(*number).key("repository"),
            "put it on a step in which a repository or the attacker changes what is shown".to_owned(),
        ),
        StepError::ExpectsOfNobody { number, key } => (
            Place::step(*number).key(key),
            format!("move `{key}` to the step with the `refresh` or `download` that it is about"),
        ),
    }
}

/// Reads a file of the register.
pub(crate) fn parse_data<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Box<Problem>> {
    toml::from_str(text).map_err(|error| {
        let diagnosis = diagnose(text, &error);
        let code = if diagnosis.is_syntax { "data::syntax" } else { "data::data" };
        let mut problem = Problem::new(path, text, code, diagnosis.message);
        problem.span = diagnosis.span;
        Box::new(problem.help(diagnosis.help))
    })
}

fn class_and_slug(path: &str) -> (&str, &str) {
    let mut names = path.strip_suffix(".toml").unwrap_or(path).rsplit('/');
    let (slug, class) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    (class, slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATRIX: &str = r#"
title = "A ${role} is refused"
covers = []
story = ""
[matrix]
role = ["snapshot", "targets"]
[[step]]
attack.replay = { "${role}" = 1 }
[[step]]
refresh = "reject"
"#;

    #[test]
    fn a_file_with_a_matrix_has_a_variant_for_each_value() {
        let file = parse_scenario("scenarios/rollback/replay.toml", MATRIX).unwrap();
        let ids: Vec<_> = file.variants.iter().map(|variant| variant.id.as_str()).collect();
        assert_eq!(ids, ["rollback/replay[role=snapshot]", "rollback/replay[role=targets]"]);
        assert_eq!((file.class(), file.slug()), ("rollback", "replay"));
    }

    #[test]
    fn a_place_in_a_variant_is_found_in_the_file() {
        let file = parse_scenario("scenarios/rollback/replay.toml", MATRIX).unwrap();
        let place = Place::step(1).key("attack").key("replay").key("targets");
        let span = file.locate(&file.variants[1].id, &place, Part::Key).unwrap();
        assert_eq!(&MATRIX[span], "\"${role}\"");
    }

    #[test]
    fn a_problem_of_one_variant_names_it() {
        let text =
            MATRIX.replace("\"targets\"", "\"x]\"").replace("{ \"${role}\" = 1 }", "{ timestamp = \"${role}\" }");
        let problem = parse_scenario("scenarios/rollback/replay.toml", &text).unwrap_err();
        assert!(problem.message.ends_with("in the variant [role=snapshot]"), "{}", problem.message);
    }
}

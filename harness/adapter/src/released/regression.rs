//! Releases with a known vulnerability, and those that mend it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::Problem;

use super::CLIENTS;

const FILE: &str = "regressions.toml";

/// All regressions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RegressionFile {
    /// One entry for each advisory and pair of releases.
    regression: Vec<Regression>,
}

/// A vulnerability that the suite tells from its fix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Regression {
    /// The released client, or the variant of one, that is vulnerable.
    pub vulnerable: String,
    /// The one that is not.
    pub fixed: String,
    /// The id of the advisory.
    pub advisory: String,
    /// Where it is published.
    #[schemars(extend("pattern" = "^https://"))]
    pub link: String,
    /// The ids of scenarios that the vulnerable one fails and the fixed one passes.
    pub scenarios: Vec<String>,
    /// What was wrong, in a sentence.
    pub summary: String,
}

/// The known regressions.
///
/// # Errors
/// If their file is broken.
pub fn regressions() -> Result<Vec<Regression>, Box<Problem>> {
    let path = format!("harness/clients/{FILE}");
    let text = CLIENTS.get_file(FILE).and_then(include_dir::File::contents_utf8).unwrap_or_default();
    let file: RegressionFile = toml::from_str(text).map_err(|error| {
        let problem = Problem::new(&path, text, "regression::syntax", error.message());
        Box::new(match error.span() {
            Some(span) => problem.at(span),
            None => problem,
        })
    })?;
    Ok(file.regression)
}

#[cfg(test)]
mod tests {
    use suite::Suite;

    use super::*;
    use crate::released;

    #[test]
    fn every_regression_names_releases_and_scenarios_that_there_are() {
        let suite = Suite::embedded().unwrap();
        let regressions = regressions().unwrap();
        assert!(!regressions.is_empty());
        for regression in regressions {
            assert!(released::find(&regression.vulnerable).is_ok(), "{}", regression.vulnerable);
            assert!(released::find(&regression.fixed).is_ok(), "{}", regression.fixed);
            assert!(!regression.scenarios.is_empty(), "{}", regression.advisory);
            for id in &regression.scenarios {
                assert!(suite.variants().any(|variant| variant.id.as_str() == id), "{id}");
            }
        }
    }
}

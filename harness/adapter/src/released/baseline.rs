//! The known deviations of a client.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::Problem;

/// The known deviations of one client. Strict: an entry that no longer holds, or that matches nothing, fails a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Baseline {
    /// The deviations.
    #[serde(default)]
    pub deviation: Vec<Deviation>,
}

/// A result that is known and explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Deviation {
    /// The id of a scenario, or a glob over ids.
    pub scenario: String,
    /// The status that these scenarios have.
    pub status: DeviationStatus,
    /// Why the client deviates.
    pub reason: String,
    /// Where that is discussed or documented: an `https` address.
    #[schemars(extend("pattern" = "^https://"))]
    pub link: String,
}

/// The statuses that can be known. A pass needs no entry, and what is not supported is a matter of the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeviationStatus {
    /// A check does not hold.
    Fail,
    /// The client refuses the control too.
    Inconclusive,
    /// The client crashes, hangs or breaks the protocol.
    Error,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(path: &str, text: &str) -> Result<Self, Box<Problem>> {
        let baseline: Self = toml::from_str(text).map_err(|error| {
            let problem = Problem::new(path, text, "baseline::syntax", error.message());
            Box::new(match error.span() {
                Some(span) => problem.at(span),
                None => problem,
            })
        })?;
        for Deviation { scenario, reason, link, .. } in &baseline.deviation {
            let (missing, remedy) = if reason.trim().is_empty() {
                ("reason", "say in a sentence or two what the client does instead, and why that is known")
            } else if !link.starts_with("https://") {
                ("link", "give the `https` address of an issue or of documentation")
            } else {
                continue;
            };
            let message = format!("the deviation in `{scenario}` has no {missing}");
            return Err(Box::new(Problem::new(path, text, "baseline::unexplained", message).help(remedy)));
        }
        Ok(baseline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"
[[deviation]]
scenario = "rollback/*"
status = "fail"
reason = "It does not look."
link = "https://example.org/1"
"#;

    #[test]
    fn an_entry_has_a_scenario_a_status_a_reason_and_a_link() {
        let baseline = Baseline::parse("b.toml", ENTRY).unwrap();
        let [entry] = baseline.deviation.as_slice() else { panic!("one entry") };
        assert_eq!((entry.scenario.as_str(), entry.status), ("rollback/*", DeviationStatus::Fail));
        assert_eq!(Baseline::parse("b.toml", "").unwrap(), Baseline::default());
    }

    #[test]
    fn a_pass_cannot_be_a_deviation() {
        let text = ENTRY.replace("fail", "pass");
        let problem = Baseline::parse("b.toml", &text).unwrap_err();
        assert_eq!(&text[problem.span.clone().unwrap()], "\"pass\"");
    }

    #[test]
    fn an_entry_without_an_explanation_is_refused() {
        let problem = Baseline::parse("b.toml", &ENTRY.replace("It does not look.", " ")).unwrap_err();
        assert_eq!(problem.message, "the deviation in `rollback/*` has no reason");
        let problem = Baseline::parse("b.toml", &ENTRY.replace("https:", "http:")).unwrap_err();
        assert_eq!(problem.message, "the deviation in `rollback/*` has no link");
    }
}

//! What a change of the scenarios or of the register means for clients: two reports of the same clients, compared.

use std::collections::{BTreeMap, BTreeSet};

use judge::{Conformance, ScenarioResult, Status};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::Suite;

use crate::terminal::page::{BOLD, GREEN, Page, RED, YELLOW};
use crate::{ExitVerdict, Report, Style, escape};

/// What differs between two reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Impact {
    /// The clients that are in both reports.
    pub clients: Vec<ClientImpact>,
    /// Clients that are only in the report from before.
    pub only_before: Vec<String>,
    /// Clients that are only in the report from after.
    pub only_after: Vec<String>,
}

/// What differs for one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ClientImpact {
    /// The name of the client, with its versions if they differ.
    pub client: String,
    /// Whether it conformed before, its known deviations aside.
    pub before: bool,
    /// Whether it conforms now.
    pub after: bool,
    /// The profiles of which it has another verdict now.
    pub profiles: Vec<ProfileImpact>,
    /// The scenarios that ended in another way, or are new or gone.
    pub scenarios: Vec<ScenarioImpact>,
}

/// Another verdict. Absent where there is no such profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProfileImpact {
    /// The id of the profile.
    pub profile: String,
    /// The verdict before.
    pub before: Option<Conformance>,
    /// The verdict now.
    pub after: Option<Conformance>,
}

/// Another result. Absent where the scenario was not played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScenarioImpact {
    /// The id of the scenario.
    pub scenario: String,
    /// The requirements that it covers.
    pub covers: Vec<String>,
    /// The status before.
    pub before: Option<Status>,
    /// The status now.
    pub after: Option<Status>,
}

impl Impact {
    /// Whether every client conforms to what it conformed to before, and to nothing else.
    pub fn is_none(&self) -> bool {
        self.clients.iter().all(|client| client.before == client.after && client.profiles.is_empty())
    }
}

/// Compares the reports from before and after, each with the suite that its clients played.
pub fn impact((before, old): (&[Report], &Suite), (after, new): (&[Report], &Suite)) -> Impact {
    let named = |report: &Report| report.client.name.clone();
    let find = |reports: &[Report], name: &str| reports.iter().position(|report| report.client.name == name);
    let clients = before.iter().filter_map(|report| {
        let other = &after[find(after, &report.client.name)?];
        Some(client_impact((report, old), (other, new)))
    });
    Impact {
        clients: clients.collect(),
        only_before: before.iter().map(named).filter(|name| find(after, name).is_none()).collect(),
        only_after: after.iter().map(named).filter(|name| find(before, name).is_none()).collect(),
    }
}

fn client_impact((before, old): (&Report, &Suite), (after, new): (&Report, &Suite)) -> ClientImpact {
    let (old_name, new_name) = (before.client.full_name(), after.client.full_name());
    let verdicts = |report: &Report, suite: &Suite| -> BTreeMap<String, Conformance> {
        let verdict = |profile| judge::verdict(profile, suite, &report.client.features, &report.results).conformance;
        suite.profiles.values().map(|profile| (profile.id.clone(), verdict(profile))).collect()
    };
    let (old_verdicts, new_verdicts) = (verdicts(before, old), verdicts(after, new));
    let profiles: BTreeSet<&String> = old_verdicts.keys().chain(new_verdicts.keys()).collect();
    let profiles = profiles.into_iter().map(|profile| ProfileImpact {
        profile: profile.clone(),
        before: old_verdicts.get(profile).copied(),
        after: new_verdicts.get(profile).copied(),
    });
    let (old_results, new_results) = (judge::by_id(&before.results), judge::by_id(&after.results));
    let ids: BTreeSet<&str> = old_results.keys().chain(new_results.keys()).copied().collect();
    let scenarios = ids.into_iter().map(|id| {
        let (old, new) = (old_results.get(id), new_results.get(id));
        let covers = |result: &&&ScenarioResult| result.covers.iter().map(|covered| covered.id.clone()).collect();
        ScenarioImpact {
            scenario: id.to_owned(),
            covers: new.or(old).as_ref().map(covers).unwrap_or_default(),
            before: old.map(|result| result.status),
            after: new.map(|result| result.status),
        }
    });
    ClientImpact {
        client: if old_name == new_name { new_name } else { format!("{old_name} → {new_name}") },
        before: before.verdict() == ExitVerdict::Conformant,
        after: after.verdict() == ExitVerdict::Conformant,
        profiles: profiles.filter(|impact| impact.before != impact.after).collect(),
        scenarios: scenarios.filter(|impact| impact.before != impact.after).collect(),
    }
}

/// Lays it out for a person.
pub fn terminal(impact: &Impact, style: Style) -> String {
    let mut page = Page::new(style);
    for client in &impact.clients {
        page.gap();
        let (paint, whole) = match (client.before, client.after) {
            (true, false) => (RED, "no longer conforms"),
            (false, true) => (GREEN, "conforms now"),
            (true, true) => (BOLD, "still conforms"),
            (false, false) => (BOLD, "still does not conform"),
        };
        page.headed(paint, &client.client, whole);
        for profile in &client.profiles {
            let paint = if profile.after == Some(Conformance::Conformant) { GREEN } else { YELLOW };
            let (before, after) = (conformance(profile.before), conformance(profile.after));
            page.coloured_line(paint, 2, &format!("{}: {before} → {after}", profile.profile));
        }
        for scenario in &client.scenarios {
            let (before, after) = (status(scenario.before), status(scenario.after));
            let text = format!("{}: {before} → {after} ({})", scenario.scenario, scenario.covers.join(", "));
            page.paragraph(2, 2, &text);
        }
    }
    page.gap();
    for (names, report) in [(&impact.only_before, "before"), (&impact.only_after, "after")] {
        if !names.is_empty() {
            page.paragraph(0, 2, &format!("only in the report from {report}: {}", names.join(", ")));
        }
    }
    page.line(0, &closing(impact));
    page.finish()
}

/// Lays it out as Markdown.
pub fn markdown(impact: &Impact) -> String {
    let mut text =
        format!("{}.\n\n| Client | As a whole | Profiles | Scenarios |\n|---|---|---|---|\n", closing(impact));
    let whole = |conforms| if conforms { "conforms" } else { "does not conform" };
    for client in &impact.clients {
        let profiles = client.profiles.iter().map(|profile| {
            format!("`{}`: {} → {}", profile.profile, conformance(profile.before), conformance(profile.after))
        });
        let scenarios = client.scenarios.iter().map(|scenario| {
            format!("`{}`: {} → {}", scenario.scenario, status(scenario.before), status(scenario.after))
        });
        text += &format!(
            "| {} | {} → {} | {} | {} |\n",
            escape::single_line(&client.client, 200).replace(['|', '<', '`'], " "),
            whole(client.before),
            whole(client.after),
            profiles.collect::<Vec<_>>().join("<br>"),
            scenarios.collect::<Vec<_>>().join("<br>"),
        );
    }
    text
}

/// Writes it as JSON, indented.
///
/// # Errors
/// None that is known.
pub fn json(impact: &Impact) -> Result<String, serde_json::Error> {
    Ok(escape::json(&serde_json::to_string_pretty(impact)?) + "\n")
}

fn closing(impact: &Impact) -> String {
    let differs = |client: &&ClientImpact| client.before != client.after || !client.profiles.is_empty();
    match impact.clients.iter().filter(differs).count() {
        0 => format!("nothing changes for any of {} clients", impact.clients.len()),
        count => format!("the verdict changes for {count} of {} clients", impact.clients.len()),
    }
}

fn conformance(verdict: Option<Conformance>) -> &'static str {
    verdict.map_or("not asked", crate::words::conformance)
}

fn status(status: Option<Status>) -> &'static str {
    match status {
        None => "not played",
        Some(Status::Pass) => "pass",
        Some(Status::Fail) => "fail",
        Some(Status::Inconclusive) => "inconclusive",
        Some(Status::Unsupported) => "unsupported",
        Some(Status::Error) => "error",
    }
}

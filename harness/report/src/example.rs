//! Results that the tests of every format share.

use std::collections::BTreeMap;

use judge::{Check, CheckKind, Conformance, Obstacles, ProfileVerdict, Requirement, ScenarioResult, Status, Verdict};
use suite::observation::{Area, Asked, Cause, Observation, Outcome, Request, Run, StoredFile};
use suite::{Level, RunKind, ScenarioId};

use crate::matrix::{MatrixReport, MatrixSetting, NotPlayed, NotPlayedReason};
use crate::{BaselineSummary, Client, Deviation, Report, Resources, Setting, Tool};

pub fn id(class: &str, slug: &str) -> ScenarioId {
    ScenarioId::new(class, slug, &BTreeMap::new())
}

pub fn report(results: Vec<ScenarioResult>) -> Report {
    Report::new(setting(), results, None, None)
}

pub fn all_pass() -> Report {
    let names = [("honest", "first-refresh"), ("honest", "root-rotation"), ("rollback", "timestamp-replay")];
    let resources = Resources { wall_milliseconds: 1234, harness_cpu_milliseconds: 56, client_cpu_milliseconds: 2100 };
    let results = names.map(|(class, slug)| pass(class, slug)).to_vec();
    Report::new(setting(), results, None, Some(resources))
}

pub fn one_failure() -> Report {
    let mut failure = accepted_replay("rollback", "timestamp-replay");
    failure.id = ScenarioId::new("rollback", "timestamp-replay", &[("role".into(), "timestamp".into())].into());
    report(vec![pass("honest", "first-refresh"), failure, pass("rollback", "snapshot-replay")])
}

pub fn refuses_everything() -> Report {
    let mut honest = accepted_replay("honest", "first-refresh");
    honest.title = "An honest repository is accepted".into();
    honest.timeline = vec!["repository: publish timestamp".into(), "client: refresh, should accept".into()];
    honest.checks = vec![check("step-2.outcome", 2, CheckKind::Outcome, ("accepted", "rejected"), Verdict::Fail)];
    honest.runs[0].observations.truncate(1);
    honest.runs[0].observations.push(refresh(2, rejected(), &[("2.root.json", 404)]));
    honest.runs.truncate(1);
    let attacks = (1..=14).map(|number| refused_control("rollback", &format!("replay-{number:02}")));
    report([honest].into_iter().chain(attacks).collect())
}

pub fn one_of_each() -> Report {
    let mut known = accepted_replay("rollback", "snapshot-replay");
    known.title = "A replayed snapshot is refused".into();
    let mut warning = accepted_replay("indefinite-freeze", "expiry-at-start");
    warning.title = "Expired metadata on disk is not used".into();
    warning.required = false;
    warning.covers[0].level = Level::Should;
    let results = vec![
        pass("honest", "first-refresh"),
        unsupported("honest", "bins"),
        warning,
        refused_control("mix-and-match", "other-snapshot"),
        known,
        deadline("rollback", "timestamp-replay"),
    ];
    let mut baseline = baseline(Status::Fail);
    baseline.deviations[0].scenario = id("rollback", "snapshot-replay");
    baseline.unmatched.push("`rollback/no-such-*` matches no scenario: take the entry out".into());
    let resources = Resources { wall_milliseconds: 5, harness_cpu_milliseconds: 1, client_cpu_milliseconds: 0 };
    Report::new(setting(), results, Some(baseline), Some(resources))
}

/// The verdict of a profile on a client that fails these scenarios, which `core` asks for too, and meets these obstacles.
pub fn held(profile: &str, failing: &[&str], beyond_core: Obstacles) -> ProfileVerdict {
    let is_met = failing.is_empty() && beyond_core.is_empty();
    let mut failing: Vec<String> = failing.iter().map(ToString::to_string).collect();
    failing.extend(beyond_core.failing.iter().cloned());
    ProfileVerdict {
        profile: profile.to_owned(),
        conformance: if is_met { Conformance::Conformant } else { Conformance::NotConformant },
        missing: beyond_core.missing.clone(),
        failing,
        answers: beyond_core.answers.clone(),
        accepted: beyond_core.accepted.clone(),
        warnings: vec![],
        unanswered: vec![],
        beyond_core,
    }
}

/// A report of a client with another name.
pub fn named(mut report: Report, name: &str, version: &str) -> Report {
    report.client.name = name.into();
    report.client.version = Some(version.into());
    report.reproduce = ["tuf-cookbook", "run", "--client", name].map(str::to_owned).to_vec();
    report
}

pub fn matrix_of(clients: Vec<Report>, not_played: Vec<NotPlayed>) -> MatrixReport {
    let setting = MatrixSetting {
        tool: setting().tool,
        selection: vec![],
        reproduce: ["tuf-cookbook", "run", "--client", "all"].map(str::to_owned).to_vec(),
    };
    MatrixReport::new(setting, clients, not_played)
}

/// A client that conforms, two that do not, and two that were not played.
pub fn matrix() -> MatrixReport {
    let results = |replay: fn(&str, &str) -> ScenarioResult, bins: fn(&str, &str) -> ScenarioResult| {
        let classes = ["arbitrary-installation", "fast-forward", "indefinite-freeze", "key-compromise"];
        let mut results = vec![pass("honest", "first-refresh"), bins("honest", "bins")];
        results.extend(classes.map(|class| pass(class, "as-it-should-be")));
        results.extend((1..=10).map(|number| replay("mix-and-match", &format!("replay-{number:02}"))));
        results.extend([pass("rollback", "timestamp-replay"), deadline("wrong-software", "slow")]);
        results
    };
    let mut careful = report(results(pass, pass));
    careful.results.pop();
    careful.results.push(pass("wrong-software", "slow"));
    let mut careful = Report::new(setting(), careful.results, None, None);
    careful.client.language = Some("Rust".into());
    careful.client.homepage = Some("https://example.org/careful".into());
    careful.client.transport = "session".into();

    let mut careless = report(results(accepted_replay, pass));
    careless.client.language = Some("Go".into());
    careless.client.homepage = Some("https://example.org/careless".into());
    careless.client.issue_tracker = Some("https://example.org/careless/issues".into());

    let mut known = baseline(Status::Error);
    known.deviations[0].scenario = id("wrong-software", "slow");
    known.unmatched.push("`rollback/no-such-*` matches no scenario: take the entry out".into());
    let mut results = results(pass, unsupported);
    results[2] = refused_control("arbitrary-installation", "as-it-should-be");
    let listed = Report::new(setting(), results, Some(known), None);

    let clients = vec![
        named(careful, "careful", "1.2.0"),
        named(careless, "careless", "0.9.0-rc.1"),
        named(listed, "a-listed-client", "12.0"),
    ];
    matrix_of(clients, vec![could_not_start(), not_installed()])
}

pub fn could_not_start() -> NotPlayed {
    NotPlayed {
        name: "crooked".into(),
        reason: NotPlayedReason::CouldNotStart,
        message: "it ended with exit status 127 before it said who it is".into(),
        help: Some("install it again: tuf-cookbook client install crooked".into()),
    }
}

pub fn not_installed() -> NotPlayed {
    NotPlayed {
        name: "absent".into(),
        reason: NotPlayedReason::NotInstalled,
        message: "there is nothing in the cache folder".into(),
        help: Some("tuf-cookbook client install absent".into()),
    }
}

pub fn baseline(status: Status) -> BaselineSummary {
    let deviation = Deviation {
        scenario: id("rollback", "timestamp-replay"),
        status,
        reason: "accepts an older snapshot".into(),
        link: "https://example.org/issues/1".into(),
    };
    BaselineSummary { file: "baseline.toml".into(), deviations: vec![deviation], unmatched: vec![] }
}

pub fn pass(class: &str, slug: &str) -> ScenarioResult {
    let outcome = check("step-4.outcome", 4, CheckKind::Outcome, ("rejected", "rejected"), Verdict::Pass);
    let observations = vec![trust(), refresh(2, Outcome::Accepted, HONEST), refresh(4, rejected(), ATTACKED)];
    result(class, slug, Status::Pass, vec![outcome], vec![Run { kind: RunKind::Attack, observations }])
}

/// An attack that succeeds, with a client that prints terminal sequences.
pub fn accepted_replay(class: &str, slug: &str) -> ScenarioResult {
    let checks = vec![
        check("step-4.outcome", 4, CheckKind::Outcome, ("rejected", "accepted"), Verdict::Fail),
        check("step-4.trusted.timestamp", 4, CheckKind::Trusted, ("version 2", "version 1"), Verdict::Fail),
        check("control.step-4.outcome", 4, CheckKind::Outcome, ("accepted", "accepted"), Verdict::Pass),
    ];
    let mut fooled = refresh(4, Outcome::Accepted, ATTACKED);
    fooled.trusted.insert("timestamp".into(), stored(1));
    fooled.output = "refreshing\n\u{1b}[2J\u{1b}[32mall is well\u{1b}[0m\u{7}\nC:\\tuf\n".into();
    let attack = vec![trust(), refresh(2, Outcome::Accepted, HONEST), fooled];
    let control =
        vec![trust(), refresh(2, Outcome::Accepted, HONEST), refresh(4, Outcome::Accepted, &[("2.root.json", 404)])];
    let runs = vec![
        Run { kind: RunKind::Attack, observations: attack },
        Run { kind: RunKind::Control, observations: control },
    ];
    result(class, slug, Status::Fail, checks, runs)
}

/// A client that refuses everything.
pub fn refused_control(class: &str, slug: &str) -> ScenarioResult {
    let checks = vec![
        check("step-4.outcome", 4, CheckKind::Outcome, ("rejected", "rejected"), Verdict::Pass),
        check("control.step-2.outcome", 2, CheckKind::Outcome, ("accepted", "rejected"), Verdict::Fail),
    ];
    let mut refused = refresh(2, rejected(), &[]);
    refused.output = "Traceback (most recent call last):\n  no module named 'tuf'\n".into();
    let runs =
        [RunKind::Attack, RunKind::Control].map(|kind| Run { kind, observations: vec![trust(), refused.clone()] });
    result(class, slug, Status::Inconclusive, checks, runs.to_vec())
}

/// A client that hangs.
pub fn deadline(class: &str, slug: &str) -> ScenarioResult {
    let checks = vec![check("step-4.outcome", 4, CheckKind::Outcome, ("rejected", "not reached"), Verdict::NotJudged)];
    let cause = Cause::Deadline { milliseconds: 30_000 };
    let mut hung = refresh(2, Outcome::Error { cause }, &[("2.root.json", 404), ("timestamp.json", 200)]);
    hung.output = "waiting for a lock".into();
    let runs = vec![Run { kind: RunKind::Attack, observations: vec![trust(), hung] }];
    result(class, slug, Status::Error, checks, runs)
}

pub fn unsupported(class: &str, slug: &str) -> ScenarioResult {
    let mut result = result(class, slug, Status::Unsupported, vec![], vec![]);
    result.note = Some("the client does not claim `delegations:succinct`".into());
    result
}

/// Text without the sequences that switch colours.
pub fn without_colours(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, sequence)) = rest.split_once("\u{1b}[") {
        plain += before;
        rest = sequence.split_once('m').map_or("", |(_, after)| after);
    }
    plain + rest
}

const HONEST: &[(&str, u16)] = &[("2.root.json", 404), ("timestamp.json", 200), ("1.snapshot.json", 200)];
const ATTACKED: &[(&str, u16)] = &[("2.root.json", 404), ("timestamp.json", 200)];

fn setting() -> Setting {
    let client = Client {
        name: "example-client".into(),
        version: Some("1.2.3".into()),
        features: ["keytype:ed25519".to_owned()].into(),
        clock: false,
        language: None,
        homepage: None,
        issue_tracker: None,
        transport: "process".into(),
    };
    Setting {
        tool: Tool { name: "tuf-cookbook".into(), version: "0.1.0".into() },
        client,
        dialect: "default".into(),
        selection: vec![],
        reproduce: ["tuf-cookbook", "run", "--client", "./client"].map(str::to_owned).to_vec(),
    }
}

fn result(class: &str, slug: &str, status: Status, checks: Vec<Check>, runs: Vec<Run>) -> ScenarioResult {
    let requirement = Requirement {
        id: "timestamp.rollback.version".into(),
        level: Level::Must,
        section: Some("5.4.3.1".into()),
        statement: "A timestamp with a version lower than that of the trusted one is not accepted.".into(),
    };
    let timeline = [
        "repository: publish timestamp",
        "client: refresh, should accept",
        "attack: replay timestamp (version 1)",
        "client: refresh, should reject",
        "client: download app, should reject",
    ];
    ScenarioResult {
        id: id(class, slug),
        title: "A replayed timestamp is refused".into(),
        attack: class.to_owned(),
        status,
        note: None,
        suite_fault: false,
        policy: None,
        required: true,
        covers: vec![requirement],
        checks,
        timeline: timeline.map(str::to_owned).to_vec(),
        runs,
    }
}

fn check(id: &str, step: usize, kind: CheckKind, (expected, observed): (&str, &str), verdict: Verdict) -> Check {
    let (expected, observed) = (expected.to_owned(), observed.to_owned());
    let run = if id.starts_with("control.") { RunKind::Control } else { RunKind::Attack };
    Check { id: id.to_owned(), run, step, kind, expected, observed, verdict }
}

fn trust() -> Observation {
    Observation { step: 0, asked: Asked::Trust, requests: vec![], ..refresh(0, Outcome::Accepted, &[]) }
}

fn refresh(step: usize, outcome: Outcome, requests: &[(&str, u16)]) -> Observation {
    let requests = requests.iter().map(|(path, status)| Request {
        area: Area::Metadata,
        path: (*path).to_owned(),
        status: *status,
        bytes: if *status == 200 { 512 } else { 0 },
    });
    Observation {
        step,
        asked: Asked::Refresh,
        outcome,
        trusted: [("root".to_owned(), stored(1)), ("timestamp".to_owned(), stored(2))].into(),
        downloaded: BTreeMap::new(),
        requests: requests.collect(),
        output: String::new(),
    }
}

fn stored(version: u64) -> StoredFile {
    StoredFile { length: 512, sha256: "00".repeat(32), version: Some(version) }
}

const fn rejected() -> Outcome {
    Outcome::Rejected { reason: None }
}

//! What is made of results: answers to open questions, and verdicts of profiles.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::{BTreeMap, BTreeSet};

use judge::{Answered, CORE, Conformance, ScenarioResult, Status, answer, by_id, verdict};
use suite::observation::{Asked, Observation, Outcome, Reason, Run};
use suite::{Policy, RunKind, ScenarioId, Suite, Tree};

fn result(id: &str, status: Status, outcome: Outcome) -> ScenarioResult {
    let (class, slug) = id.split_once('/').unwrap();
    let observation = Observation {
        step: 1,
        asked: Asked::Refresh,
        outcome,
        trusted: BTreeMap::new(),
        downloaded: BTreeMap::new(),
        requests: Vec::new(),
        output: String::new(),
    };
    ScenarioResult {
        id: ScenarioId::new(class, slug, &BTreeMap::new()),
        title: String::new(),
        attack: class.to_owned(),
        status,
        note: None,
        suite_fault: false,
        policy: None,
        required: true,
        covers: Vec::new(),
        checks: Vec::new(),
        timeline: Vec::new(),
        runs: vec![Run { kind: RunKind::Attack, observations: vec![observation] }],
    }
}

fn rejected() -> Outcome {
    Outcome::Rejected { reason: None }
}

fn policy() -> Policy {
    let text = r#"
        id = "q"
        question = "Which?"
        sections = ["1"]
        [[answer]]
        id = "neither"
        means = "It refuses both."
        seen = { "honest/a" = "rejected", "honest/b" = "rejected" }
        [[answer]]
        id = "first"
        means = "It takes the first."
        seen = { "honest/a" = "accepted", "honest/b" = "rejected" }
        [[answer]]
        id = "unseen"
        means = "No scenario tells it."
    "#;
    toml::from_str(text).unwrap()
}

fn answered(a: (Status, Outcome), b: (Status, Outcome)) -> Answered {
    let results = [result("honest/a", a.0, a.1), result("honest/b", b.0, b.1)];
    answer(&policy(), &by_id(&results))
}

#[test]
fn an_answer_is_given_by_whoever_shows_all_that_is_seen_of_it() {
    let id = |id: &str| Answered::Answer { id: id.to_owned() };
    assert_eq!(answered((Status::Fail, rejected()), (Status::Fail, rejected())), id("neither"));
    assert_eq!(answered((Status::Pass, Outcome::Accepted), (Status::Fail, rejected())), id("first"));
    let both = answered((Status::Pass, Outcome::Accepted), (Status::Pass, Outcome::Accepted));
    assert_eq!(both, Answered::NoneOfThese);
}

#[test]
fn a_reason_answers_a_question_if_it_is_given() {
    let text = r#"
        id = "q"
        question = "Which first?"
        sections = ["1"]
        [[answer]]
        id = "hash"
        means = "The hash."
        seen = { "honest/a" = { reported = "hash" } }
        [[answer]]
        id = "signature"
        means = "The signature."
        seen = { "honest/a" = { reported = "signature" } }
    "#;
    let policy: Policy = toml::from_str(text).unwrap();
    let answered = |outcome| answer(&policy, &by_id(&[result("honest/a", Status::Pass, outcome)]));
    let rejected = |reason| Outcome::Rejected { reason };
    assert_eq!(answered(rejected(Some(Reason::Signature))), Answered::Answer { id: "signature".to_owned() });
    assert_eq!(answered(rejected(Some(Reason::Length))), Answered::NoneOfThese);
    assert_eq!(answered(rejected(None)), Answered::NotSeen);
    assert_eq!(answered(Outcome::Accepted), Answered::NoneOfThese);
}

#[test]
fn what_says_nothing_answers_nothing() {
    let accepted = (Status::Pass, Outcome::Accepted);
    for status in [Status::Error, Status::Unsupported] {
        assert_eq!(answered(accepted.clone(), (status, rejected())), Answered::NotSeen);
    }
    // A client that refuses the control as well has not refused the attack.
    assert_eq!(answered(accepted.clone(), (Status::Inconclusive, rejected())), Answered::NotSeen);
    let results = [result("honest/a", Status::Pass, Outcome::Accepted)];
    assert_eq!(answer(&policy(), &by_id(&results)), Answered::NotSeen);
}

/// A suite with one judged scenario, one that turns on a question, and a profile.
fn suite(profile: &str) -> Suite {
    let scenario = |further: &str, covers: &str| {
        format!("title = \"t\"\ncovers = [\"{covers}\"]\n{further}story = \"s\"\n[[step]]\nrefresh = \"accept\"\n")
    };
    let requirement = |id: &str, further: &str| {
        format!(
            "[[requirement]]\nid = \"{id}\"\nlevel = \"MUST\"\nactor = \"client\"\nsection = \"1\"\nstatement = \"s\"\n\
             observe = \"o\"\n{further}"
        )
    };
    let feature = |id: &str| format!("[[feature]]\nid = \"{id}\"\ntitle = \"t\"\nsection = \"1\"\ndefault = false\n");
    let question = "[[policy]]\nid = \"q\"\nquestion = \"Which?\"\nsections = [\"1\"]\n\
                    [[policy.answer]]\nid = \"no\"\nmeans = \"m\"\nseen = { \"honest/b\" = \"rejected\" }\n\
                    [[policy.answer]]\nid = \"yes\"\nmeans = \"m\"\nseen = { \"honest/b\" = \"accepted\" }\n";
    let files = [
        ("scenarios/honest/a.toml", scenario("", "r.plain")),
        ("scenarios/honest/b.toml", scenario("policy = \"q\"\n", "r.plain")),
        ("scenarios/honest/c.toml", scenario("", "r.special")),
        ("spec/requirements/r.toml", requirement("r.plain", "") + &requirement("r.special", "feature = \"special\"\n")),
        ("spec/features.toml", feature("special") + &feature("other")),
        ("spec/policies.toml", question.to_owned()),
        ("cookbook/profiles/p.toml", format!("title = \"t\"\nsituation = \"s\"\nprotects = []\n{profile}")),
    ];
    let tree: Tree = files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
    Suite::from_tree(&tree).unwrap()
}

fn held(profile: &str, claimed: &[&str], results: &[ScenarioResult]) -> judge::ProfileVerdict {
    let suite = suite(profile);
    let claimed: BTreeSet<String> = claimed.iter().map(ToString::to_string).collect();
    verdict(&suite.profiles["p"], &suite, &claimed, results)
}

fn results(a: Status, b: Outcome, c: Status) -> [ScenarioResult; 3] {
    let outcome = |status| if status == Status::Pass { Outcome::Accepted } else { rejected() };
    [result("honest/a", a, outcome(a)), result("honest/b", Status::Pass, b), result("honest/c", c, outcome(c))]
}

#[test]
fn what_is_unconditional_counts_in_every_profile() {
    let good = results(Status::Pass, Outcome::Accepted, Status::Pass);
    assert_eq!(held("", &[], &good).conformance, Conformance::Conformant);
    let bad = results(Status::Fail, Outcome::Accepted, Status::Pass);
    let verdict = held("", &[], &bad);
    assert_eq!((verdict.conformance, verdict.failing), (Conformance::NotConformant, vec!["honest/a".to_owned()]));
}

#[test]
fn a_feature_counts_as_the_profile_says() {
    let failing = results(Status::Pass, Outcome::Accepted, Status::Fail);
    let required = "[features]\nrequired = [\"special\"]\n";
    let allowed = "[features]\nallowed = [\"special\"]\n";
    let forbidden = "[features]\nforbidden = [\"special\"]\n";
    assert_eq!(held(required, &["special"], &failing).conformance, Conformance::NotConformant);
    assert_eq!(held(allowed, &["special"], &failing).conformance, Conformance::NotConformant);
    // Who does not claim what is only allowed has nothing to show.
    assert_eq!(held(allowed, &[], &failing).conformance, Conformance::Conformant);
    assert_eq!(held("", &["special"], &failing).conformance, Conformance::Conformant);
    let lacking = results(Status::Pass, Outcome::Accepted, Status::Unsupported);
    let verdict = held(required, &[], &lacking);
    assert_eq!((verdict.conformance, verdict.missing), (Conformance::Incomplete, vec!["special".to_owned()]));
    // What is forbidden has to be refused.
    assert_eq!(held(forbidden, &["special"], &failing).conformance, Conformance::Conformant);
    let accepting = results(Status::Pass, Outcome::Accepted, Status::Pass);
    let verdict = held(forbidden, &["special"], &accepting);
    assert_eq!(verdict.conformance, Conformance::NotConformant);
    assert_eq!(verdict.accepted, BTreeMap::from([("special".to_owned(), "honest/c".to_owned())]));
}

#[test]
fn what_core_asks_too_is_told_from_what_a_profile_adds() {
    let mut suite = suite("[features]\nrequired = [\"special\", \"other\"]\n[policies]\nq = \"no\"\n");
    let mut core = suite.profiles["p"].clone();
    core.id = CORE.to_owned();
    core.file.features.required.clear();
    core.file.policies.clear();
    suite.profiles.insert(CORE.to_owned(), core);
    let claimed = BTreeSet::from(["special".to_owned()]);
    let results = results(Status::Fail, Outcome::Accepted, Status::Fail);
    let held = verdict(&suite.profiles["p"], &suite, &claimed, &results);
    assert_eq!(
        (held.failing.as_slice(), held.missing.as_slice()),
        (&names(&["honest/a", "honest/c"])[..], &names(&["other"])[..])
    );
    assert_eq!(held.beyond_core.failing, ["honest/c"]);
    assert_eq!(held.beyond_core.missing, ["other"]);
    assert_eq!(held.beyond_core.answers, held.answers);
    assert_eq!(held.as_in_core().failing, ["honest/a"]);
    let held = verdict(&suite.profiles[CORE], &suite, &claimed, &results);
    assert!(held.beyond_core.is_empty());
    assert_eq!(held.as_in_core(), held.obstacles());
}

fn names(ids: &[&str]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

#[test]
fn a_question_counts_only_where_the_profile_decides_it() {
    let yes = results(Status::Pass, Outcome::Accepted, Status::Pass);
    assert_eq!(held("", &[], &yes).conformance, Conformance::Conformant);
    assert_eq!(held("[policies]\nq = [\"yes\", \"no\"]\n", &[], &yes).conformance, Conformance::Conformant);
    let verdict = held("[policies]\nq = \"no\"\n", &[], &yes);
    assert_eq!(verdict.conformance, Conformance::NotConformant);
    assert_eq!(verdict.answers, BTreeMap::from([("q".to_owned(), "yes".to_owned())]));
    let verdict = held("[policies]\nq = \"no\"\n", &[], &yes[..1]);
    assert_eq!((verdict.conformance, verdict.unanswered), (Conformance::Conformant, vec!["q".to_owned()]));
}

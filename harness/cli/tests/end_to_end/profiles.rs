//! Profiles, the verdicts of clients on them, and the survey.

use std::fs;
use std::path::Path;

use judge::Conformance;
use serde_json::Value;

use crate::program::{PROGRAM, play, tuf_cookbook};

#[test]
fn profiles_are_listed_shown_and_compared() {
    let list = tuf_cookbook(&["profile", "list"]).good();
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let wanted = [
        "core",
        "minimal",
        "ci-signed",
        "sigstore-root",
        "registry-online-bins",
        "registry-end-to-end",
        "rstuf",
        "os-image",
        "package-os",
        "automotive-director",
        "automotive-image",
        "multi-source",
        "high-assurance",
        "air-gapped-mirror",
        "short-lived-cli",
    ];
    assert!(wanted.iter().all(|name| names.contains(name)), "{list}");
    let shown = tuf_cookbook(&["profile", "show", "sigstore-root"]).good();
    assert!(shown.contains("\nbuilds on  ci-signed\n") && shown.contains("\npolicy "), "{shown}");
    let diff = tuf_cookbook(&["profile", "diff", "core", "minimal"]).good();
    assert!(diff.contains("feature delegations\n  core: -\n  minimal: forbidden\n"), "{diff}");
    assert_eq!(tuf_cookbook(&["profile", "diff", "core", "core"]).good(), "core and core ask for the same\n");
}

#[test]
fn a_new_profile_is_made_and_lints() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    for (path, text) in suite::read_tree(root).unwrap() {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let in_copy =
        |arguments: &[&str]| tuf_cookbook(&[&["--suite", folder.path().to_str().unwrap()], arguments].concat());
    in_copy(&["profile", "new", "my-product", "--from", "minimal"]).good();
    in_copy(&["lint"]).good();
    in_copy(&["fmt", "--check"]).good();
    assert!(in_copy(&["profile", "show", "my-product"]).good().contains("feature delegations  forbidden"));
    // What is there is not overwritten.
    in_copy(&["profile", "new", "my-product"])
        .assert_refused(&["there is a profile `my-product` already", "my-product.toml"]);
    in_copy(&["profile", "new", "../x"]).assert_refused(&["cannot be the name of a profile"]);
}

#[test]
fn one_run_is_held_against_many_profiles() {
    let report = play(&["--profile", "all"]);
    let verdict = |name: &str| report.profiles.iter().find(|verdict| verdict.profile == name).unwrap();
    assert_eq!(verdict("core").conformance, Conformance::Conformant, "{:?}", verdict("core"));
    // It supports delegations, which this one forbids, and accepts them.
    let minimal = verdict("minimal");
    assert_eq!(minimal.conformance, Conformance::NotConformant);
    assert!(minimal.accepted.contains_key("delegations"), "{minimal:?}");
    assert_eq!(verdict("multi-source").conformance, Conformance::Conformant, "{:?}", verdict("multi-source"));
    let package_os = verdict("package-os");
    assert_eq!(package_os.conformance, Conformance::Incomplete, "{package_os:?}");
    assert!(package_os.missing.contains(&"custom-metadata".to_owned()));
}

#[test]
fn the_exit_status_is_that_of_the_profile_that_is_named() {
    tuf_cookbook(&["run", "rollback/*", "--profile", "core"]).good();
    assert_eq!(tuf_cookbook(&["run", "rollback/*", "--profile", "package-os"]).status, Some(1));
    tuf_cookbook(&["run", "--profile", "cor"]).assert_refused(&["did you mean `core`?"]);
}

/// The table of recipes is made in one process, with results that are narrowed to what a client has. A client that really
/// lacks the rest comes to the same.
#[test]
fn a_client_in_the_table_of_recipes_does_what_the_table_says() {
    let table = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../cookbook/apart.txt")).unwrap();
    let (_, of_ci_signed) = table.split_once("\nci-signed\n").unwrap();
    let line = of_ci_signed.lines().find(|line| line.starts_with("  sigstore-root ")).unwrap();
    assert!(line.contains("needed + skip-root-keyid-check: lacks delegations"), "{line}");

    let client = ["--client", PROGRAM, "--transport", "session", "--client-arg", "reference-client"];
    let fault = ["--client-arg", "session", "--client-arg", "--fault=skip-root-keyid-check"];
    let client = [&client[..], &fault, &["--profile", "all"]].concat();
    let all = play(&[&client[..], &["honest/first-refresh"]].concat()).client.features;
    let needed = ["consistent-snapshots", "keytype:ecdsa", "keytype:ed25519", "threshold"];
    let lacking: Vec<String> = all
        .into_iter()
        .filter(|id| !needed.contains(&id.as_str()))
        .map(|id| format!("--without-feature={id}"))
        .collect();
    let lacking: Vec<&str> = lacking.iter().map(String::as_str).collect();
    let verdicts = play(&[&client[..], &lacking].concat()).profiles;
    let of = |name: &str| verdicts.iter().find(|verdict| verdict.profile == name).unwrap();
    assert_eq!(of("sigstore-root").conformance, Conformance::Conformant, "{:#?}", of("sigstore-root"));
    assert!(of("ci-signed").missing.contains(&"delegations".to_owned()), "{:#?}", of("ci-signed"));
}

#[test]
fn the_survey_tells_what_a_client_answers_and_judges_nothing() {
    let survey = tuf_cookbook(&["survey", "--format", "json"]).good();
    let survey: Value = serde_json::from_str(&survey).unwrap();
    let questions = survey["questions"].as_array().unwrap();
    let answered = questions.iter().filter(|question| question["given"][0]["is"] == "answer").count();
    assert!(answered >= 30, "{answered}");
    let unanswered = questions.iter().find(|question| question["given"][0]["is"] == "none-of-these");
    assert_eq!(unanswered, None, "the built-in client gives an answer that is not listed");
    let text = tuf_cookbook(&["survey"]).good();
    assert!(text.contains("No answer is wrong"), "{text}");
}

#[test]
fn what_a_profile_forbids_is_played_although_the_client_does_not_claim_it() {
    // It follows delegations, whatever it says.
    let client = ["--client", PROGRAM, "--transport", "session", "--client-arg", "reference-client"];
    let features = ["delegations", "tap15", "hashed-bins"].map(|feature| ["--without-feature", feature]).concat();
    let arguments = [&client[..], &["--client-arg", "session"], &features, &["honest/delegation"]].concat();
    let report = play(&[&arguments[..], &["--profile", "minimal"]].concat());
    assert_eq!(report.results[0].status, judge::Status::Unsupported);
    assert!(report.profiles[0].accepted["delegations"].starts_with("honest/delegation"));
    assert_eq!(report.profiles[0].conformance, Conformance::NotConformant);
    let report = play(&[&arguments[..], &["--profile", "core"]].concat());
    assert!(report.results[0].runs.is_empty());
}

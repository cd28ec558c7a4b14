//! The report for build servers.

use roxmltree::Document;

use crate::program::tuf_cookbook;
use crate::script::{REFERENCE, REFUSES, Script};

/// What a test case shows: its class name, its name, and the element in it that tells the result, with its message.
type Case = (String, String, Option<(String, String)>);

fn cases(arguments: &[&str]) -> Vec<Case> {
    let ended = tuf_cookbook(&[&["run", "--format", "junit"], arguments].concat());
    let document = Document::parse(&ended.stdout).unwrap_or_else(|error| panic!("{error}\n{ended:#?}"));
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    cases
        .map(|case| {
            let attribute = |name| case.attribute(name).unwrap_or_default().to_owned();
            let result = case
                .children()
                .find(|child| ["failure", "error", "skipped"].iter().any(|name| child.has_tag_name(*name)));
            let result = result.map(|result| {
                (result.tag_name().name().to_owned(), result.attribute("message").unwrap_or_default().to_owned())
            });
            (attribute("classname"), attribute("name"), result)
        })
        .collect()
}

/// The one test case of a run of `rollback/timestamp-replay`.
fn replay(client: &[&str]) -> Option<(String, String)> {
    let cases = cases(&[&["rollback/timestamp-replay"], client].concat());
    let [(class, name, result)] = cases.as_slice() else { panic!("one case: {cases:?}") };
    assert_eq!((class.as_str(), name.as_str()), ("rollback", "rollback/timestamp-replay"));
    result.clone()
}

#[test]
fn a_case_has_the_attack_as_its_class_and_the_id_as_its_name() {
    let cases = cases(&["honest/first-refresh", "arbitrary-installation/unsigned[role=root]"]);
    let expected =
        [("arbitrary-installation", "arbitrary-installation/unsigned[role=root]"), ("honest", "honest/first-refresh")];
    assert_eq!(cases, expected.map(|(class, name)| (class.to_owned(), name.to_owned(), None)));
}

#[test]
fn what_fails_is_a_failure_and_what_breaks_is_an_error() {
    let (element, message) = replay(&Script::new("exit 0").arguments()).unwrap();
    assert_eq!(element, "failure");
    assert!(message.contains("expected: "), "{message}");
    let (element, message) = replay(&Script::new("kill -KILL $$").arguments()).unwrap();
    assert_eq!(element, "error");
    assert!(message.contains("killed by signal 9"), "{message}");
}

#[test]
fn what_is_inconclusive_or_unsupported_is_skipped_with_its_reason() {
    let (element, message) = replay(&Script::new(REFUSES).arguments()).unwrap();
    assert_eq!(element, "skipped");
    assert!(message.starts_with("inconclusive: "), "{message}");
    let without = [&REFERENCE, ["--without-feature", "consistent-snapshots"].as_slice()].concat();
    let reason = "unsupported: the client does not claim `consistent-snapshots`";
    assert_eq!(replay(&without), Some(("skipped".to_owned(), reason.to_owned())));
}

#[test]
fn hostile_output_of_a_client_leaves_the_document_well_formed() {
    let client = Script::new("printf '\\033[2J\\000\\377]]></system-out><failure/>&'; exit 0");
    assert_eq!(replay(&client.arguments()).unwrap().0, "failure");
}

//! The report as `JUnit` XML, for build servers.

use judge::{ScenarioResult, Status};
use quick_junit::{NonSuccessKind, Property, SerializeError, TestCase, TestCaseStatus, TestSuite};

use crate::cause::because;
use crate::{Report, Standing, command, escape, terminal, words};

/// The longest message, in characters.
const MESSAGE_LIMIT: usize = 500;
/// The longest text below a test case, in characters.
const TEXT_LIMIT: usize = 20_000;

/// Writes a report: one test suite, named after the client; one test case for each scenario.
///
/// `JUnit` knows no warnings. What does not count against the client is skipped, with a message that says why.
///
/// # Errors
/// None that is known: everything is escaped before.
pub fn render(report: &Report) -> Result<String, SerializeError> {
    let mut document = quick_junit::Report::new(line(&report.tool.name));
    document.add_test_suite(test_suite(report, &report.client.name, ""));
    document.to_string()
}

/// The test suite of one client. The names of its classes begin with the prefix.
pub(crate) fn test_suite(report: &Report, name: &str, prefix: &str) -> TestSuite {
    let mut suite = TestSuite::new(line(name));
    suite.add_property(property("tool", &format!("{} {}", report.tool.name, report.tool.version)));
    suite.add_property(property("specification", &report.specification));
    suite.add_property(property("dialect", &report.dialect));
    let client = &report.client;
    let about = [
        ("client-version", client.version.as_ref()),
        ("client-language", client.language.as_ref()),
        ("client-transport", Some(&client.transport)),
        ("client-homepage", client.homepage.as_ref()),
        ("client-issue-tracker", client.issue_tracker.as_ref()),
    ];
    suite.properties.extend(about.into_iter().filter_map(|(name, value)| Some(property(name, value?))));
    suite.add_test_cases(report.results.iter().map(|result| test_case(report, result, prefix)));
    for message in report.baseline.iter().flat_map(|baseline| &baseline.unmatched) {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(line(message)).set_type("baseline");
        let mut case = TestCase::new(line(message), status);
        case.set_classname(line(&format!("{prefix}baseline")));
        suite.add_test_case(case);
    }
    suite
}

fn test_case(report: &Report, result: &ScenarioResult, prefix: &str) -> TestCase {
    let mut case = TestCase::new(line(result.id.as_str()), status(report, result));
    case.set_classname(line(&format!("{prefix}{}", result.attack))).set_assertions(result.checks.len());
    for requirement in &result.covers {
        case.add_property(property("requirement", &requirement.id));
    }
    if !matches!(result.status, Status::Pass | Status::Unsupported) {
        case.set_system_out(text(&terminal::plain_detail(report, result)));
    }
    case
}

fn status(report: &Report, result: &ScenarioResult) -> TestCaseStatus {
    match Standing::of(result, report.baseline.as_ref()) {
        Standing::Pass => TestCaseStatus::success(),
        Standing::Unsupported => skipped(&format!("unsupported: {}", because(result))),
        Standing::KnownDeviation(known) => skipped(&format!("known deviation: {} ({})", known.reason, known.link)),
        Standing::OpenQuestion => {
            skipped(&format!("open question: {}: {}", result.policy.as_deref().unwrap_or_default(), because(result)))
        }
        Standing::Warning => {
            skipped(&format!("warning: {}, but not required: {}", words::status(result.status), because(result)))
        }
        Standing::Failure => match result.status {
            Status::Inconclusive => skipped(&format!("inconclusive: {}", because(result))),
            Status::Error => non_success(report, result, NonSuccessKind::Error),
            _ => non_success(report, result, NonSuccessKind::Failure),
        },
    }
}

pub(crate) fn skipped(message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(line(message));
    status
}

fn non_success(report: &Report, result: &ScenarioResult, kind: NonSuccessKind) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(line(&because(result))).set_type(words::status(result.status));
    let checks = result.failed_checks().map(|check| {
        let (expected, observed) = (line(&check.expected), line(&check.observed));
        format!("{}\n  expected: {expected}\n  observed: {observed}\n\n", line(&check.id))
    });
    let repeat = command::repeat(report, &[result.id.as_str()]);
    status.set_description(text(&format!(
        "{}\n\n{}repeat: {repeat}\n",
        line(&result.title),
        checks.collect::<String>()
    )));
    status
}

pub(crate) fn property(name: &str, value: &str) -> Property {
    Property::new(name, line(value))
}

pub(crate) fn line(text: &str) -> String {
    escape::single_line(text, MESSAGE_LIMIT)
}

pub(crate) fn text(text: &str) -> String {
    escape::printable(text.as_bytes(), TEXT_LIMIT)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::example;

    fn case(report: &Report, id: &str) -> TestCase {
        let document = quick_junit::Report::deserialize_from_str(&render(report).unwrap()).unwrap();
        document.test_suites[0].test_cases.iter().find(|case| case.name.as_str() == id).unwrap().clone()
    }

    #[test]
    fn one_of_each() {
        assert_snapshot!(render(&example::one_of_each()).unwrap());
    }

    #[test]
    fn all_pass() {
        assert_snapshot!(render(&example::all_pass()).unwrap());
    }

    #[test]
    fn a_client_that_refuses_everything() {
        let xml = render(&example::refuses_everything()).unwrap();
        let document = quick_junit::Report::deserialize_from_str(&xml).unwrap();
        assert_eq!((document.tests, document.failures, document.errors), (15, 1, 0));
        let message = "<skipped message=\"inconclusive: without the attack, `refresh` ends as: rejected\"/>";
        assert_eq!(xml.matches(message).count(), 14);
    }

    #[test]
    fn the_class_name_is_the_attack_and_the_name_is_the_id() {
        let case = case(&example::one_failure(), "rollback/timestamp-replay[role=timestamp]");
        assert_eq!(case.classname.unwrap().as_str(), "rollback");
        let TestCaseStatus::NonSuccess { kind, message, description, .. } = case.status else {
            panic!("not a failure")
        };
        assert_eq!(kind, NonSuccessKind::Failure);
        assert_eq!(
            message.unwrap().as_str(),
            "step-4.outcome: expected: rejected; observed: accepted (and 1 more check)"
        );
        let description = description.unwrap();
        assert!(description.contains("repeat: tuf-cookbook run 'rollback/timestamp-replay[role=timestamp]' --client"));
    }

    #[test]
    fn a_warning_is_skipped_and_says_so() {
        let mut result = example::accepted_replay("rollback", "timestamp-replay");
        result.required = false;
        let TestCaseStatus::Skipped { message, .. } =
            case(&example::report(vec![result]), "rollback/timestamp-replay").status
        else {
            panic!("not skipped")
        };
        assert!(message.unwrap().starts_with("warning: fail, but not required: step-4.outcome"));
    }

    #[test]
    fn a_flood_of_failing_checks_stays_short_and_keeps_the_command() {
        let mut result = example::accepted_replay("rollback", "timestamp-replay");
        result.checks = vec![result.checks[0].clone(); 20_000];
        let xml = render(&example::report(vec![result])).unwrap();
        assert!(xml.len() < 2 * TEXT_LIMIT, "{} bytes", xml.len());
        assert!(xml.contains("\nrepeat: tuf-cookbook run rollback/timestamp-replay --client ./client\n</failure>"));
    }

    #[test]
    fn hostile_text_leaves_the_xml_valid() {
        let hostile = "\u{0}\u{1}\u{8}\u{b}\u{1b}[2J\u{7f}\u{85}\u{fffe}\u{ffff}]]><failure/>&\"'\r\n\u{202e}";
        let mut result = example::accepted_replay("rollback", "timestamp-replay");
        result.title += hostile;
        result.checks.iter_mut().for_each(|check| check.observed += hostile);
        result.runs.iter_mut().flat_map(|run| &mut run.observations).for_each(|seen| seen.output += hostile);
        let mut broken = example::deadline("rollback", "slow");
        broken.note = Some(hostile.to_owned());
        broken.runs.clear();
        let mut unsupported = example::unsupported("honest", "bins");
        unsupported.note = Some(hostile.to_owned());
        let mut report = example::report(vec![result, broken, unsupported]);
        report.client.name += hostile;
        let xml = render(&report).unwrap();
        // The characters that XML 1.0 allows (section 2.2, production 2), without those that it discourages.
        let is_allowed = |c: char| matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..);
        assert_eq!(xml.chars().find(|c| !is_allowed(*c)), None);
        assert!(!xml.contains("<failure/>"));
        let document = quick_junit::Report::deserialize_from_str(&xml).unwrap();
        assert_eq!((document.tests, document.failures, document.errors), (3, 1, 1));
    }
}

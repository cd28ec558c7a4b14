//! The matrix as `JUnit` XML, for build servers.

use quick_junit::{NonSuccessKind, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::{MatrixReport, NotPlayed, NotPlayedReason};
use crate::junit::{line, skipped, test_suite, text};

/// Writes a matrix: one test suite for each client. The names of its classes begin with that of the client, as in
/// `go-tuf.rollback`, so that the same scenario is another test case for another client.
///
/// A client that was not played has a test suite with one test case: an error if it could not be started, skipped if
/// it is not installed.
///
/// # Errors
/// None that is known: everything is escaped before.
pub fn render(matrix: &MatrixReport) -> Result<String, SerializeError> {
    let mut document = quick_junit::Report::new(line(&matrix.tool.name));
    for (report, name) in matrix.clients.iter().zip(distinct_names(matrix)) {
        document.add_test_suite(test_suite(report, &name, &format!("{name}.")));
    }
    document.add_test_suites(matrix.not_played.iter().map(not_played));
    document.to_string()
}

fn not_played(client: &NotPlayed) -> TestSuite {
    let help = client.help.as_deref().unwrap_or_default();
    let status = match client.reason {
        NotPlayedReason::NotInstalled => skipped(&format!("not installed: {}", client.message)),
        NotPlayedReason::CouldNotStart => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(line(&client.message)).set_type("could-not-start").set_description(text(help));
            status
        }
    };
    let mut case = TestCase::new("start", status);
    case.set_classname(line(&client.name));
    let mut suite = TestSuite::new(line(&client.name));
    suite.add_test_case(case);
    suite
}

/// A name for each client that no other has. Without the version where that is possible, so that the history of a test
/// case does not end with each release.
fn distinct_names(matrix: &MatrixReport) -> Vec<String> {
    let plain = matrix.clients.iter().map(|report| report.client.name.clone()).collect();
    let full = matrix.clients.iter().map(|report| report.client.full_name()).collect();
    let numbered = matrix.clients.iter().zip(1..).map(|(report, number)| format!("{} ({number})", report.client.name));
    let is_distinct = |names: &Vec<String>| names.iter().all(|name| names.iter().filter(|n| *n == name).count() == 1);
    [plain, full].into_iter().find(is_distinct).unwrap_or_else(|| numbered.collect())
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::example;

    fn parsed(matrix: &MatrixReport) -> quick_junit::Report {
        quick_junit::Report::deserialize_from_str(&render(matrix).unwrap()).unwrap()
    }

    fn class_names(suite: &TestSuite) -> Vec<&str> {
        suite.test_cases.iter().filter_map(|case| Some(case.classname.as_ref()?.as_str())).collect()
    }

    #[test]
    fn clients_that_were_played_and_others() {
        assert_snapshot!(render(&example::matrix()).unwrap());
    }

    #[test]
    fn no_test_case_has_the_names_of_another() {
        let document = parsed(&example::matrix());
        let mut names: Vec<_> = document
            .test_suites
            .iter()
            .flat_map(|suite| &suite.test_cases)
            .map(|case| (case.classname.as_ref().unwrap().as_str(), case.name.as_str()))
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn two_versions_of_a_client_are_told_apart() {
        let clients = ["1.0", "2.0"].map(|version| example::named(example::all_pass(), "twin", version)).to_vec();
        let document = parsed(&example::matrix_of(clients, vec![]));
        assert_eq!(class_names(&document.test_suites[0])[0], "twin 1.0.honest");
        assert_eq!(class_names(&document.test_suites[1])[0], "twin 2.0.honest");
    }

    #[test]
    fn the_same_version_twice_is_told_apart() {
        let clients = vec![example::named(example::all_pass(), "twin", "1.0"); 2];
        let document = parsed(&example::matrix_of(clients, vec![]));
        assert_eq!(document.test_suites[1].name.as_str(), "twin (2)");
        assert_eq!(class_names(&document.test_suites[1])[0], "twin (2).honest");
    }

    #[test]
    fn a_client_that_cannot_be_started_is_an_error_and_one_that_is_not_installed_is_skipped() {
        let not_played = vec![example::could_not_start(), example::not_installed()];
        let document = parsed(&example::matrix_of(vec![example::all_pass()], not_played));
        assert_eq!((document.tests, document.failures, document.errors), (5, 0, 1));
        assert_eq!(document.test_suites[1].errors, 1);
        assert_eq!(document.test_suites[2].skipped, 1);
    }

    #[test]
    fn hostile_text_leaves_the_xml_valid() {
        let hostile = "\u{0}\u{1b}[2J\u{fffe}]]><failure/>&\"'\r\n\u{202e}";
        let mut matrix = example::matrix_of(vec![example::one_failure()], vec![example::could_not_start()]);
        matrix.clients[0].client.name += hostile;
        matrix.clients[0].client.language = Some(hostile.to_owned());
        matrix.not_played[0].name += hostile;
        matrix.not_played[0].message += hostile;
        matrix.not_played[0].help = Some(hostile.to_owned());
        let xml = render(&matrix).unwrap();
        assert!(!xml.contains("<failure/>") && !xml.contains(['\u{0}', '\u{1b}', '\u{fffe}', '\u{202e}']));
        let document = quick_junit::Report::deserialize_from_str(&xml).unwrap();
        assert_eq!((document.tests, document.failures, document.errors), (4, 1, 1));
    }
}

//! The commands for those who write scenarios: `new`, `lint`, `fmt`, `schema`, and `--suite` everywhere.

use judge::Status;

use crate::program::{Ended, command, play, statuses, tuf_cookbook};
use crate::working_copy::{SCENARIOS, WorkingCopy};

const REPLAY: &str = SCENARIOS[1];

fn within(copy: &WorkingCopy, arguments: &[&str]) -> Ended {
    command(arguments).current_dir(copy.path()).output().unwrap().into()
}

#[test]
fn a_new_scenario_lints_is_listed_and_is_played() {
    let copy = WorkingCopy::new();
    let stdout = within(&copy, &["new", "rollback/brand-new"]).good();
    assert!(stdout.starts_with("./scenarios/rollback/brand-new.toml\n"), "{stdout}");
    let linted = within(&copy, &["lint"]).good();
    assert!(linted.starts_with("no problem in "), "{linted}");
    let checked = within(&copy, &["fmt", "--check"]);
    assert!(!checked.stdout.contains("brand-new"), "it is not laid out as `fmt` does it");

    let suite = ["--suite", copy.path()];
    let ids = tuf_cookbook(&[&["list"], suite.as_slice()].concat()).good();
    assert_eq!(ids, "honest/first-refresh\nrollback/brand-new\nrollback/timestamp-replay\n");
    let report = play(&[&["rollback/brand-new"], suite.as_slice()].concat());
    assert_eq!(statuses(&report), [("rollback/brand-new", Status::Pass)]);
    tuf_cookbook(&["run", "rollback/brand-new"]).assert_refused(&["no scenario is meant by `rollback/brand-new`"]);
}

#[test]
fn the_commands_that_a_new_scenario_suggests_work() {
    let copy = WorkingCopy::new();
    let stdout = tuf_cookbook(&["new", "honest/brand-new", "--suite", copy.path()]).good();
    let commands: Vec<_> = stdout.lines().filter_map(|line| line.trim().strip_prefix("tuf-cookbook ")).collect();
    assert_eq!(commands.len(), 3, "{stdout}");
    for suggested in commands {
        tuf_cookbook(&suggested.split(' ').collect::<Vec<_>>()).good();
    }
}

#[test]
fn a_scenario_is_never_overwritten_and_never_outside_its_folder() {
    let copy = WorkingCopy::new();
    let before = copy.read(REPLAY);
    within(&copy, &["new", "rollback/timestamp-replay"]).assert_refused(&["timestamp-replay.toml", "exists"]);
    assert_eq!(copy.read(REPLAY), before);
    within(&copy, &["new", "rollback/../x"]).assert_refused(&["is not a name"]);
    within(&copy, &["new", "theft/x"]).assert_refused(&["there is no attack class `theft`"]);
    within(&copy, &["new", "theft"]).assert_refused(&["is not of the form CLASS/SLUG"]);
}

#[test]
fn a_mistake_is_shown_in_its_place_by_lint_and_by_every_command_that_reads_it() {
    let copy = WorkingCopy::new();
    copy.write(REPLAY, &copy.read(REPLAY).replace("attacker = ", "atacker = "));
    let linted = within(&copy, &["lint"]);
    assert_eq!(linted.status, Some(1), "{linted:#?}");
    let ended = tuf_cookbook(&["run", "--suite", copy.path()]);
    ended.assert_refused(&[]);
    for stderr in [linted.stderr, ended.stderr] {
        let lines: Vec<_> = stderr.lines().collect();
        let place = lines.iter().position(|line| line.contains("[scenarios/rollback/timestamp-replay.toml:4:1]"));
        assert!(place.is_some(), "{stderr}");
        let wrong = lines.iter().position(|line| line.contains("atacker = [\"network\"]")).unwrap();
        let column = lines[wrong].chars().position(|c| c == 'a').unwrap();
        let caret: String = lines[wrong + 1].chars().skip(column).take("atacker".len()).collect();
        assert!(caret.chars().all(|c| c == '─' || c == '┬'), "{caret:?} in\n{stderr}");
    }
}

#[test]
fn a_scenario_that_the_reference_client_does_not_pass_is_found_by_lint() {
    let copy = WorkingCopy::new();
    copy.write(REPLAY, &copy.read(REPLAY).replace("trusted = { timestamp = 2 }", "trusted = { timestamp = 1 }"));
    let linted = within(&copy, &["lint"]);
    assert_eq!(linted.status, Some(1), "{linted:#?}");
    assert!(linted.stderr.contains("step-4.trusted.timestamp"), "{}", linted.stderr);
    let line = copy.read(REPLAY).lines().collect::<Vec<_>>().iter().rposition(|line| *line == "[[step]]").unwrap() + 1;
    assert!(linted.stderr.contains(&format!("[{REPLAY}:{line}:1]")), "{}", linted.stderr);
    within(&copy, &["lint", "--no-play"]).good();
    let ended = tuf_cookbook(&["run", "rollback/timestamp-replay", "--suite", copy.path()]);
    assert_eq!(ended.status, Some(2), "the suite is broken, not the client: {ended:#?}");
}

#[test]
fn the_layout_is_put_right_and_only_where_it_is_wrong() {
    let copy = WorkingCopy::new();
    within(&copy, &["fmt"]).good();
    let right = copy.read(REPLAY);
    let wrong = right.replace("[[step]]\npublish = ", "[[step]]\npublish   =   ");
    assert_ne!(wrong, right);
    copy.write(REPLAY, &wrong);
    let checked = within(&copy, &["fmt", "--check"]);
    assert_eq!((checked.status, checked.stdout.as_str()), (Some(1), "scenarios/rollback/timestamp-replay.toml\n"));
    assert_eq!(copy.read(REPLAY), wrong);
    assert_eq!(within(&copy, &["fmt"]).good(), "scenarios/rollback/timestamp-replay.toml\n");
    assert_eq!(copy.read(REPLAY), right);
    assert_eq!(within(&copy, &["fmt", "--check"]).good(), "");
}

#[test]
fn a_folder_that_is_no_working_copy_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_str().unwrap();
    for arguments in [["lint", "--suite", empty], ["fmt", "--suite", empty], ["run", "--suite", empty]] {
        tuf_cookbook(&arguments).assert_refused(&[empty, "--suite"]);
    }
}

#[test]
fn a_schema_is_printed_and_all_of_them_are_written() {
    let kinds = tuf_cookbook(&["schema"]).good();
    assert!(kinds.lines().any(|kind| kind == "scenario") && kinds.lines().any(|kind| kind == "report"), "{kinds}");
    let copy = WorkingCopy::new();
    within(&copy, &["schema", "--write"]).good();
    for kind in kinds.lines() {
        assert_eq!(
            tuf_cookbook(&["schema", kind]).good(),
            copy.read(&format!("harness/schemas/{kind}.json")),
            "{kind}"
        );
    }
    tuf_cookbook(&["schema", "scenarios"]).assert_refused(&["there is no schema `scenarios`", "scenario"]);
}

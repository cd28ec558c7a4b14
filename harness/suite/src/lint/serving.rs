//! What a server is told to answer can be answered, and what happens at a request of a client has one.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Action, Change, Serving, Suite, TaskAt, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::serving",
    summary: "Each file that is served otherwise has answers that HTTP knows, and requests are counted from 1.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let mut findings = Vec::new();
    for step in &variant.plan.steps {
        let place = Place::step(step.number);
        let (change, place) = match &step.action {
            Action::Kill(task) | Action::SecondClient(task) if task.request() == 0 => {
                let verb = if matches!(step.action, Action::Kill(_)) { "kill" } else { "second-client" };
                let place = match task {
                    TaskAt::RefreshAt(_) => place.key(verb).key("refresh-at"),
                    TaskAt::DownloadAt { .. } => place.key(verb).key("download-at").key("request"),
                };
                findings.push(Finding::value(place, "there is no request 0", "the first request has the number 1"));
                continue;
            }
            Action::Repository(change) => (change, place),
            Action::Attack(change) => (change, place.key("attack")),
            Action::Control(change) => (change, place.key("control")),
            _ => continue,
        };
        let Change::Serve(files) = change else { continue };
        for (file, answers) in files {
            let place = place.clone().key("serve").key(file);
            if answers.is_empty() {
                let help = "give it an answer, such as `[{ status = 503 }]`";
                findings.push(Finding::value(place.clone(), format!("nothing is said of `{file}`"), help));
            }
            let wrong = answers.iter().enumerate().filter_map(|(index, answer)| Some((index, problem(answer)?)));
            findings.extend(
                wrong.map(|(index, (message, help))| Finding::value(place.clone().index(index), message, help)),
            );
        }
    }
    findings
}

/// What is wrong with an answer, and what to do about it.
fn problem(answer: &Serving) -> Option<(String, &'static str)> {
    let status = |status: u16| {
        let message = format!("{status} is no status that an answer can have");
        (!(200..600).contains(&status)).then_some((message, "use a number from 200 to 599"))
    };
    match answer {
        Serving::Status(code) => status(*code),
        Serving::Page(page) => status(page.status),
        Serving::Slow(0) => Some(("nothing comes at 0 bytes per second".to_owned(), "use a number from 1")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REPLAY, accepts, caught};
    use super::*;

    const ATTACK: &str = "attack.replay = { timestamp = 1 }";

    #[test]
    fn answers_that_cannot_be_given_are_caught() {
        for (answers, piece, message) in [
            ("[]", "[]", "nothing is said of `timestamp.json`"),
            ("[\"ordinary\", { status = 99 }]", "{ status = 99 }", "99 is no status that an answer can have"),
            (
                "[{ page = { status = 600 } }]",
                "{ page = { status = 600 } }",
                "600 is no status that an answer can have",
            ),
            ("[{ slow = 0 }]", "{ slow = 0 }", "nothing comes at 0 bytes per second"),
        ] {
            let found = caught(&CHECK, REPLAY, ATTACK, &format!("attack.serve.\"timestamp.json\" = {answers}"));
            assert_eq!(found, [format!("19: {piece}: {message}")]);
        }
        assert!(accepts(&CHECK, REPLAY, ATTACK, "attack.serve.\"timestamp.json\" = [{ status = 503 }, \"endless\"]"));
    }

    #[test]
    fn a_client_that_is_killed_before_it_asks_is_caught() {
        let found = caught(&CHECK, REPLAY, "publish = [\"timestamp\"]", "kill.refresh-at = 0");
        assert_eq!(found, ["12: 0: there is no request 0"]);
        let download = "kill.download-at = { request = 0, targets = [\"a.txt\"] }";
        let found = caught(&CHECK, REPLAY, "publish = [\"timestamp\"]", download);
        assert_eq!(found, ["12: 0: there is no request 0"]);
        assert!(accepts(&CHECK, REPLAY, "publish = [\"timestamp\"]", "kill.refresh-at = 1"));
    }
}

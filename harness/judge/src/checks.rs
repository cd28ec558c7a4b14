//! Expectations against observations: one check each.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use suite::observation::{Area, Observation, Outcome, Request, Run, StoredFile};
use suite::{Action, Download, Expected, Plan, PlannedStep, RunKind};

use crate::{Check, CheckKind, Verdict};

/// The checks of one run. In the control only outcomes are judged.
///
/// `is_consistent` tells whether the repository started with consistent snapshots: without them, a version in the
/// name of an expected request does not count.
pub fn checks(plan: &Plan, run: &Run, is_consistent: bool) -> Vec<Check> {
    let is_given_later = plan.steps.iter().any(|step| matches!(step.action, Action::Trust(_)));
    let mut checks: Vec<_> = (!is_given_later).then(|| outcome_check(run, 0, Expected::Accept)).into_iter().collect();
    let mut before = BTreeMap::new();
    for step in &plan.steps {
        if !step.action.is_by_client() {
            continue;
        }
        // How it ends when a client is killed tells nothing.
        checks.extend(step.action.expected(run.kind).map(|expected| outcome_check(run, step.number, expected)));
        if run.kind == RunKind::Control {
            continue;
        }
        let observation = run.observations.iter().find(|observation| observation.step == step.number);
        let judge = StepJudge { step, observation, is_consistent };
        checks.extend(judge.checks(&before));
        if let Some(observation) = observation {
            before.clone_from(&observation.downloaded);
        }
    }
    checks
}

fn outcome_check(run: &Run, step: usize, expected: Expected) -> Check {
    let observed = run.observations.iter().find(|observation| observation.step == step);
    let holds = observed.map(|observation| match expected {
        Expected::Accept => observation.outcome == Outcome::Accepted,
        Expected::Reject => matches!(observation.outcome, Outcome::Rejected { .. }),
        Expected::MayReject => !observation.outcome.is_error() || observation.outcome.is_reported(),
    });
    let control = if run.kind == RunKind::Control { "control." } else { "" };
    Check {
        id: format!("{control}step-{step}.outcome"),
        run: run.kind,
        step,
        kind: CheckKind::Outcome,
        expected: match expected {
            Expected::Accept => "accepted".to_owned(),
            Expected::Reject => "rejected".to_owned(),
            Expected::MayReject => "accepted or rejected".to_owned(),
        },
        observed: observed.map_or_else(|| "not reached".to_owned(), |observation| observation.outcome.to_string()),
        verdict: verdict(holds),
    }
}

const fn verdict(holds: Option<bool>) -> Verdict {
    match holds {
        Some(true) => Verdict::Pass,
        Some(false) => Verdict::Fail,
        None => Verdict::NotJudged,
    }
}

/// Judges one step of the attack run.
struct StepJudge<'a> {
    step: &'a PlannedStep,
    /// `None` if the run ended before.
    observation: Option<&'a Observation>,
    is_consistent: bool,
}

impl StepJudge<'_> {
    fn checks(&self, downloaded_before: &BTreeMap<String, StoredFile>) -> Vec<Check> {
        let mut checks = self.trusted();
        checks.extend(self.requests());
        checks.extend(self.bounds());
        checks.extend(self.downloaded());
        checks.extend(self.withheld(downloaded_before));
        checks.extend(self.reason());
        checks
    }

    /// A check with what was observed and whether it holds, both read off the observation.
    fn check(
        &self,
        name: &str,
        kind: CheckKind,
        expected: String,
        look: impl Fn(&Observation) -> (String, Option<bool>),
    ) -> Check {
        let has_second = matches!(self.step.action, Action::SecondClient(_));
        let may_reject = self.step.action.expected(RunKind::Attack) == Some(Expected::MayReject) && !has_second;
        let (observed, holds) = match self.observation {
            // It says what holds if the client accepts.
            Some(seen) if may_reject && (!seen.outcome.is_error() || seen.outcome.is_reported()) => {
                match seen.outcome {
                    Outcome::Accepted => look(seen),
                    _ => ("the client refused".to_owned(), Some(true)),
                }
            }
            // A client that broke down has not shown anything.
            Some(seen) if !seen.outcome.is_error() => look(seen),
            // One of two clients may have given way to the other. What they keep has to be right all the same.
            Some(seen) if has_second && seen.outcome.is_reported() => look(seen),
            _ => ("not reached".to_owned(), None),
        };
        let id = format!("step-{}.{name}", self.step.number);
        Check { id, run: RunKind::Attack, step: self.step.number, kind, expected, observed, verdict: verdict(holds) }
    }

    fn trusted(&self) -> Vec<Check> {
        let expect = &self.step.expect;
        let present = expect.trusted.iter().map(|(role, version)| {
            self.check(&format!("trusted.{role}"), CheckKind::Trusted, format!("{role} version {version}"), |seen| {
                let stored = seen.trusted.get(role);
                (describe(role, stored), Some(stored.and_then(|file| file.version) == Some(*version)))
            })
        });
        let absent = expect.not_trusted.iter().map(|role| {
            self.check(&format!("not-trusted.{role}"), CheckKind::Trusted, format!("no {role}"), |seen| {
                let stored = seen.trusted.get(role);
                (describe(role, stored), Some(stored.is_none()))
            })
        });
        present.chain(absent).collect()
    }

    fn requests(&self) -> Vec<Check> {
        let expect = &self.step.expect;
        let all = expect.requests.iter().map(|names| {
            self.check("requests", CheckKind::Requests, names.join(" "), |seen| {
                let requests = metadata_requests(seen);
                let same = requests.len() == names.len()
                    && names.iter().zip(&requests).all(|(name, request)| self.names(name, request));
                (requests.join(" "), Some(same))
            })
        });
        let some = expect.requested.iter().map(|name| (name, true));
        let none = expect.not_requested.iter().map(|name| (name, false));
        let single = some.chain(none).map(|(name, wanted)| {
            let (id, expected) = if wanted {
                (format!("requested.{name}"), format!("a request for {name}"))
            } else {
                (format!("not-requested.{name}"), format!("no request for {name}"))
            };
            self.check(&id, CheckKind::Requests, expected, |seen| {
                let requests = metadata_requests(seen);
                let found = requests.iter().any(|request| self.names(name, request));
                (requests.join(" "), Some(found == wanted))
            })
        });
        all.chain(single).collect()
    }

    /// How much was taken of a file, and how often it was asked for.
    fn bounds(&self) -> Vec<Check> {
        let expect = &self.step.expect;
        let taken = expect.taken.iter().map(|(file, most)| {
            self.check(
                &format!("taken.{file}"),
                CheckKind::Requests,
                format!("at most {most} bytes of {file}"),
                |seen| {
                    let taken = self.requests_for(seen, file).map(|request| request.bytes).max().unwrap_or_default();
                    // How much is on the way when a client has enough differs from run to run.
                    let observed =
                        if taken > *most { format!("{taken} bytes") } else { "no more than that".to_owned() };
                    (observed, Some(taken <= *most))
                },
            )
        });
        let tries = expect.tries.iter().map(|(file, most)| {
            self.check(
                &format!("tries.{file}"),
                CheckKind::Requests,
                format!("at most {most} requests for {file}"),
                |seen| {
                    let tries = self.requests_for(seen, file).count() as u64;
                    (format!("{tries} requests"), Some(tries <= *most))
                },
            )
        });
        taken.chain(tries).collect()
    }

    /// The requests for a file: a target file has a digest in its name if snapshots are consistent.
    fn requests_for<'a>(&'a self, seen: &'a Observation, file: &'a str) -> impl Iterator<Item = &'a Request> {
        seen.requests.iter().filter(move |request| match (request.area, file.strip_prefix("targets/")) {
            (Area::Metadata, None) => self.names(file, &request.path),
            (Area::Targets, Some(path)) => {
                let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
                let (asked_folder, asked) = request.path.rsplit_once('/').unwrap_or(("", &request.path));
                folder == asked_folder
                    && (asked == name || asked.strip_suffix(name).is_some_and(|digest| digest.ends_with('.')))
            }
            _ => false,
        })
    }

    /// Whether an expected name stands for a requested one.
    fn names(&self, expected: &str, requested: &str) -> bool {
        // The folder of one of several repositories.
        if let (Some((folder, expected)), Some((asked, requested))) =
            (expected.split_once('/'), requested.split_once('/'))
            && folder == asked
        {
            return self.names(expected, requested);
        }
        let unversioned = expected.split_once('.').filter(|(version, rest)| {
            !self.is_consistent && *rest != "root.json" && version.bytes().all(|byte| byte.is_ascii_digit())
        });
        expected == requested || unversioned.is_some_and(|(_, rest)| rest == requested)
    }

    fn downloaded(&self) -> Vec<Check> {
        let expect = &self.step.expect;
        let present = expect.downloaded.iter().map(|(path, content)| {
            let expected = format!("{path} with the content {content:?}");
            self.check(&format!("downloaded.{path}"), CheckKind::Downloaded, expected, |seen| {
                (
                    files(&seen.downloaded),
                    Some(has_content(seen, content) && !seen.downloaded.keys().any(|name| has_digest(name))),
                )
            })
        });
        let absent = expect.not_downloaded.iter().enumerate().map(|(index, content)| {
            let expected = format!("no file with the content {content:?}");
            self.check(&format!("not-downloaded.{}", index + 1), CheckKind::Downloaded, expected, |seen| {
                (files(&seen.downloaded), Some(!has_content(seen, content)))
            })
        });
        present.chain(absent).collect()
    }

    /// Nothing is handed out that was refused (section 5.7): after a refused download there is no new file.
    fn withheld(&self, before: &BTreeMap<String, StoredFile>) -> Option<Check> {
        let Action::Download(Download::Reject(targets)) = &self.step.action else { return None };
        if targets.len() != 1 {
            return None; // Those before the last one may have come.
        }
        let expected = "no new file".to_owned();
        Some(self.check("withheld", CheckKind::Downloaded, expected, |seen| {
            let new: BTreeMap<_, _> =
                seen.downloaded.iter().filter(|(name, file)| before.get(*name) != Some(*file)).collect();
            let names: Vec<_> = new.keys().map(|name| name.as_str()).collect();
            let holds = new.is_empty();
            (if holds { "no new file".to_owned() } else { names.join(" ") }, Some(holds))
        }))
    }

    fn reason(&self) -> Option<Check> {
        let reason = self.step.expect.reason?;
        Some(self.check("reason", CheckKind::Reason, reason.to_string(), |seen| match seen.outcome {
            Outcome::Rejected { reason: Some(given) } => (given.to_string(), Some(given == reason)),
            _ => ("no reason given".to_owned(), None),
        }))
    }
}

fn describe(role: &str, stored: Option<&StoredFile>) -> String {
    match stored {
        None => format!("no {role}"),
        Some(StoredFile { version: Some(version), .. }) => format!("{role} version {version}"),
        Some(_) => format!("{role} without a version that can be read"),
    }
}

fn metadata_requests(observation: &Observation) -> Vec<&str> {
    let requests = observation.requests.iter().filter(|request| request.area == Area::Metadata);
    requests.map(|request| request.path.as_str()).collect()
}

fn has_content(observation: &Observation, content: &str) -> bool {
    let sha256 = hex::encode(Sha256::digest(content));
    observation.downloaded.values().any(|file| file.sha256 == sha256)
}

/// Whether a digest stands in front of the name of a stored file (step 5.7.3: the file has its own name).
fn has_digest(name: &str) -> bool {
    let name = name.rsplit_once('/').map_or(name, |(_, last)| last);
    name.split_once('.').is_some_and(|(digest, _)| digest.len() >= 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn files(files: &BTreeMap<String, StoredFile>) -> String {
    if files.is_empty() {
        return "no file".to_owned();
    }
    let files: Vec<_> = files.iter().map(|(name, file)| format!("{name} ({} bytes)", file.length)).collect();
    files.join(" ")
}

#[cfg(test)]
mod tests {
    use super::has_digest;

    #[test]
    fn a_name_with_a_digest_in_front_is_told_from_others() {
        let digest = "0a".repeat(32);
        for name in [format!("{digest}.app.bin"), format!("lib/{digest}.app.bin")] {
            assert!(has_digest(&name), "{name}");
        }
        for name in ["app.bin".to_owned(), "1.app.bin".to_owned(), digest.clone(), format!("{digest}/app.bin")] {
            assert!(!has_digest(&name), "{name}");
        }
    }
}

//! A scenario as a list of things to do: the written steps with their verbs sorted out.

use std::collections::BTreeMap;

use crate::{
    Change, Damage, Download, Expectations, Expected, Offset, RepositoryName, RoleName, Scenario, Step, TaskAt,
};

/// Which of the two timelines of a scenario is played.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RunKind {
    /// The timeline as it is written.
    Attack,
    /// The same timeline without the attack. The client has to accept everything.
    Control,
}

/// Who a step concerns and what happens.
#[derive(Debug, Clone)]
pub enum Action {
    /// The repository does something, in both runs.
    Repository(Change),
    /// The attacker does something, in the attack run only.
    Attack(Change),
    /// Something happens in the control only.
    Control(Change),
    /// The client is given the root to start from.
    Trust(Expected),
    /// The client's clock is set.
    Clock(Offset),
    /// Something happens to the files that the client keeps.
    Damage(BTreeMap<RoleName, Damage>),
    /// The client is killed while it does something.
    Kill(TaskAt),
    /// A second client with the same store does the same meanwhile.
    SecondClient(TaskAt),
    /// The client refreshes.
    Refresh(Expected),
    /// The client downloads.
    Download(Download),
}

impl Action {
    /// Whether the client does it.
    pub const fn is_by_client(&self) -> bool {
        matches!(self, Self::Trust(_) | Self::Refresh(_) | Self::Download(_) | Self::Kill(_) | Self::SecondClient(_))
    }

    /// Whether it takes place in this run.
    pub const fn happens_in(&self, run: RunKind) -> bool {
        match self {
            Self::Attack(_) => matches!(run, RunKind::Attack),
            Self::Control(_) => matches!(run, RunKind::Control),
            _ => true,
        }
    }

    /// How a client's action should end in this run; `None` for what the client does not do.
    /// In the control nothing should be refused, but for what may be refused without an attack.
    pub const fn expected(&self, run: RunKind) -> Option<Expected> {
        let written = match self {
            Self::Trust(expected) | Self::Refresh(expected) => *expected,
            Self::SecondClient(_) => Expected::MayReject,
            Self::Download(Download::Accept(_)) => Expected::Accept,
            Self::Download(Download::Reject(_)) => Expected::Reject,
            _ => return None,
        };
        Some(match run {
            RunKind::Control if matches!(written, Expected::Reject) => Expected::Accept,
            RunKind::Control | RunKind::Attack => written,
        })
    }
}

/// One step of a plan.
#[derive(Debug, Clone)]
pub struct PlannedStep {
    /// Its place in the scenario, from 1.
    pub number: usize,
    /// What happens.
    pub action: Action,
    /// The request of the client's next action, from 1, before which it happens; `None` if it happens at once.
    pub at_request: Option<usize>,
    /// The repository in which it happens; `None` for the main one.
    pub repository: Option<RepositoryName>,
    /// What should be found afterwards, in the attack run.
    pub expect: Expectations,
}

/// What is wrong with a step as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// No verb.
    #[error("step {number} does nothing: it has no verb")]
    NoVerb {
        /// Its place, from 1.
        number: usize,
    },
    /// Several verbs.
    #[error("step {number} does several things: `{}`", verbs.join("`, `"))]
    SeveralVerbs {
        /// Its place, from 1.
        number: usize,
        /// The verbs, as written.
        verbs: Vec<&'static str>,
    },
    /// A time within the client's next action, for something that is no change of what is shown.
    #[error("step {number} takes place at a request, but it changes nothing that is shown")]
    NoChangeMeanwhile {
        /// Its place, from 1.
        number: usize,
    },
    /// A repository is named, for something that is no change of what is shown.
    #[error("step {number} names a repository, but it changes nothing that is shown")]
    NoChangeInRepository {
        /// Its place, from 1.
        number: usize,
    },
    /// Expectations where the client does nothing.
    #[error("step {number} expects something of the client, but the client does nothing in it")]
    ExpectsOfNobody {
        /// Its place, from 1.
        number: usize,
        /// The first of the expectations, as written.
        key: &'static str,
    },
}

/// The steps of a scenario, each with one verb.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The steps, in order.
    pub steps: Vec<PlannedStep>,
}

impl Plan {
    /// Sorts out the verbs of a scenario's steps.
    ///
    /// # Errors
    /// A step with no verb, with several, or with expectations although the client does nothing in it.
    pub fn new(scenario: &Scenario) -> Result<Self, StepError> {
        let steps = scenario.step.iter().enumerate().map(|(index, step)| plan_step(index + 1, step.clone()));
        Ok(Self { steps: steps.collect::<Result<_, _>>()? })
    }

    /// Whether the scenario is an attack. If not, it is honest throughout and needs no control.
    pub fn has_attack(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.action, Action::Attack(_)))
    }

    /// Whether a client is told a targets role to start from, which only one that knows TAP 13 understands.
    pub fn tells_targets_role(&self) -> bool {
        self.steps.iter().any(|step| {
            matches!(
                step.action,
                Action::Repository(Change::TargetsRole(_))
                    | Action::Attack(Change::TargetsRole(_))
                    | Action::Control(Change::TargetsRole(_))
            )
        })
    }

    /// The times to which the clock is set, in order.
    pub fn clocks(&self) -> Vec<Offset> {
        let clock = |step: &PlannedStep| match step.action {
            Action::Clock(offset) => Some(offset),
            _ => None,
        };
        self.steps.iter().filter_map(clock).collect()
    }
}

fn plan_step(number: usize, step: Step) -> Result<PlannedStep, StepError> {
    let keys = expectation_keys(&step);
    let mut verbs: Vec<(&'static str, Action)> = Vec::new();
    let mut repository = |name, change: Option<Change>| {
        verbs.extend(change.map(|change| (name, Action::Repository(change))));
    };
    repository("publish", step.publish.map(Change::Publish));
    repository("rotate", step.rotate.map(Change::Rotate));
    repository("rotate-file", step.rotate_file.map(Change::RotateFile));
    repository("add", step.add.map(Change::Add));
    repository("remove", step.remove.map(Change::Remove));
    repository("delegate", step.delegate.map(Change::Delegate));
    repository("revoke", step.revoke.map(Change::Revoke));
    repository("consistent-snapshot", step.consistent_snapshot.map(Change::ConsistentSnapshot));
    repository("forge", step.forge.map(Change::Forge));
    repository("tamper", step.tamper.map(Change::Tamper));
    repository("replay", step.replay.map(Change::Replay));
    repository("substitute", step.substitute.map(Change::Substitute));
    repository("withhold", step.withhold.map(Change::Withhold));
    repository("replace", step.replace.map(Change::Replace));
    repository("serve", step.serve.map(Change::Serve));
    repository("restore", step.restore.map(Change::Restore));
    repository("targets-role", step.targets_role.map(Change::TargetsRole));
    verbs.extend(step.attack.map(|change| ("attack", Action::Attack(change))));
    verbs.extend(step.control.map(|change| ("control", Action::Control(change))));
    verbs.extend(step.trust.map(|expected| ("trust", Action::Trust(expected))));
    verbs.extend(step.clock.map(|offset| ("clock", Action::Clock(offset))));
    verbs.extend(step.damage.map(|damage| ("damage", Action::Damage(damage))));
    verbs.extend(step.kill.map(|kill| ("kill", Action::Kill(kill))));
    verbs.extend(step.second_client.map(|task| ("second-client", Action::SecondClient(task))));
    verbs.extend(step.refresh.map(|expected| ("refresh", Action::Refresh(expected))));
    verbs.extend(step.download.map(|download| ("download", Action::Download(download))));

    let expect = Expectations {
        trusted: step.trusted.unwrap_or_default(),
        not_trusted: step.not_trusted.unwrap_or_default(),
        requests: step.requests,
        requested: step.requested.unwrap_or_default(),
        not_requested: step.not_requested.unwrap_or_default(),
        taken: step.taken.unwrap_or_default(),
        tries: step.tries.unwrap_or_default(),
        downloaded: step.downloaded.unwrap_or_default(),
        not_downloaded: step.not_downloaded.unwrap_or_default(),
        reason: step.reason,
    };
    if verbs.len() > 1 {
        return Err(StepError::SeveralVerbs { number, verbs: verbs.into_iter().map(|(name, _)| name).collect() });
    }
    let Some((_, action)) = verbs.pop() else { return Err(StepError::NoVerb { number }) };
    let (at_request, repository) = (step.at_request, step.repository);
    let is_change = matches!(action, Action::Repository(_) | Action::Attack(_) | Action::Control(_));
    match keys.first() {
        Some(key) if !action.is_by_client() => Err(StepError::ExpectsOfNobody { number, key }),
        _ if at_request.is_some() && !is_change => Err(StepError::NoChangeMeanwhile { number }),
        _ if repository.is_some() && !is_change => Err(StepError::NoChangeInRepository { number }),
        _ => Ok(PlannedStep { number, action, at_request, repository, expect }),
    }
}

fn expectation_keys(step: &Step) -> Vec<&'static str> {
    let present = [
        ("trusted", step.trusted.is_some()),
        ("not-trusted", step.not_trusted.is_some()),
        ("requests", step.requests.is_some()),
        ("requested", step.requested.is_some()),
        ("not-requested", step.not_requested.is_some()),
        ("taken", step.taken.is_some()),
        ("tries", step.tries.is_some()),
        ("downloaded", step.downloaded.is_some()),
        ("not-downloaded", step.not_downloaded.is_some()),
        ("reason", step.reason.is_some()),
    ];
    present.into_iter().filter_map(|(name, is_present)| is_present.then_some(name)).collect()
}

//! What has to be played: each attack run, and each control once, however many variants share it.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest, Sha256};
use suite::{Register, RunKind, Scenario, Variant};

/// One run of one scenario.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The scenario; for a control that several share, the first of them.
    pub variant: &'a Variant,
    /// Which of its runs.
    pub run: RunKind,
}

/// The jobs, and which of them each scenario needs.
pub struct Jobs<'a> {
    /// What has to be played, in the order in which it should be started.
    pub jobs: Vec<Job<'a>>,
    /// For each scenario the places of its attack run and of its control.
    pub needs: Vec<(usize, Option<usize>)>,
}

impl<'a> Jobs<'a> {
    /// The jobs for these scenarios. Those that have to wait for the clock come first, so that they wait together; or
    /// the order is one that depends on a number only.
    pub fn new(variants: &[&'a Variant], register: &Register, shuffle: Option<u64>) -> Self {
        let mut order: Vec<usize> = (0..variants.len()).collect();
        match shuffle {
            None => order.sort_by_key(|index| variants[*index].plan.clocks().is_empty()),
            Some(seed) => order.sort_by_cached_key(|index| {
                Sha256::new().chain_update(seed.to_be_bytes()).chain_update(variants[*index].id.as_str()).finalize()
            }),
        }
        let mut jobs = Vec::new();
        let mut needs = vec![(0, None); variants.len()];
        let mut controls: HashMap<String, usize> = HashMap::new();
        for index in order {
            let variant = variants[index];
            needs[index].0 = jobs.len();
            jobs.push(Job { variant, run: RunKind::Attack });
            if variant.plan.has_attack() {
                let place = *controls.entry(fingerprint(variant, register)).or_insert_with(|| {
                    jobs.push(Job { variant, run: RunKind::Control });
                    jobs.len() - 1
                });
                needs[index].1 = Some(place);
            }
        }
        Self { jobs, needs }
    }
}

/// What makes two controls the same: the repository before the first step, every step that is not an attack, and what is
/// optional and in use.
fn fingerprint(variant: &Variant, register: &Register) -> String {
    let steps = variant.plan.steps.iter().filter(|step| step.action.happens_in(RunKind::Control));
    // A step keeps its number: the number is part of what is observed.
    let steps: Vec<_> =
        steps.map(|step| (step.number, step.at_request, &step.repository, control_action(&step.action))).collect();
    let is_default = |id: &String| register.features.get(id).is_some_and(|feature| feature.default);
    let in_use: BTreeSet<String> = variant.needs(register).into_iter().filter(|id| !is_default(id)).collect();
    let Scenario { repository, repositories, mapping, .. } = &variant.scenario;
    format!("{repository:?} {repositories:?} {mapping:?} {steps:?} {in_use:?}")
}

/// An action as it counts in the control, where everything should be accepted.
fn control_action(action: &suite::Action) -> String {
    use suite::{Action, Download, Expected};
    match action {
        Action::Refresh(Expected::Accept | Expected::Reject) => "refresh".to_owned(),
        Action::Download(Download::Accept(targets) | Download::Reject(targets)) => format!("download {targets:?}"),
        other => format!("{other:?}"),
    }
}

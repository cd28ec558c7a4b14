//! Who plays when: as many threads as clients may work at a time, and one more for each that waits for the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use adapter::{Adapter, Transport};
use judge::{Case, ScenarioResult};
use suite::{Dialect, Register, Variant};

use crate::Options;
use crate::clock::Clock;
use crate::hall::{Hall, Played};
use crate::jobs::Jobs;

/// The most runs that wait for the clock at the same time.
const WAITING_LIMIT: usize = 64;

/// Plays scenarios against clients of one kind and judges them. `on_result` hears of each scenario as soon as it is
/// judged, in any order; the results come back in the order of `variants`.
pub fn run(
    variants: &[&Variant],
    adapter: &dyn Adapter,
    options: Options<'_>,
    on_result: &(dyn Fn(&ScenarioResult) + Sync),
) -> Vec<ScenarioResult> {
    let cases: Vec<Case<'_>> =
        variants.iter().map(|variant| case(variant, adapter, options.register, options.dialect)).collect();
    let board = Board { results: variants.iter().map(|_| OnceLock::new()).collect(), on_result };
    let (mut playable, mut dared) = (Vec::new(), BTreeMap::new());
    for (index, case) in cases.iter().enumerate() {
        if case.variant.scenario.has_map() && adapter.info().transport == Transport::Process {
            board.put(index, judge::unsupported(case, "the process protocol knows one repository only".to_owned()));
            continue;
        }
        let lacking = lacking(case, adapter, options.dialect);
        let Some(feature) = lacking.first() else {
            playable.push(index);
            continue;
        };
        let note = format!("the client does not claim `{feature}`");
        let is_honest = !case.variant.plan.has_attack() && case.variant.scenario.policy.is_none();
        // A client that does not know TAP 13 is not told of a targets role, and could not be said to refuse it; nor one of
        // a map that does not know TAP 4.
        let is_understood = !case.variant.plan.tells_targets_role() && !case.variant.scenario.has_map();
        if is_honest && is_understood && lacking.iter().all(|feature| options.dared.contains(feature)) {
            playable.push(index);
            dared.insert(index, note);
        } else {
            board.put(index, judge::unsupported(case, note));
        }
    }
    let jobs = Jobs::new(
        &playable.iter().map(|index| variants[*index]).collect::<Vec<_>>(),
        options.register,
        options.shuffle,
    );
    let hall = Hall::new(adapter, options);
    let played: Vec<OnceLock<Played>> = jobs.jobs.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let judging = Mutex::new(());
    let work = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.jobs.get(place) else { break };
            let _ = played[place].set(hall.play(*job, &case(job.variant, adapter, options.register, options.dialect)));
            // One at a time, so that of two jobs that finish together one sees the result of the other.
            let _judging = judging.lock().unwrap_or_else(PoisonError::into_inner);
            for (index, (attack, control)) in playable.iter().zip(&jobs.needs) {
                if *attack != place && *control != Some(place) {
                    continue;
                }
                let attack = played[*attack].get();
                let control = control.map(|place| played[place].get());
                if let (Some(attack), None | Some(Some(_))) = (attack, control) {
                    let (attack, control) = (attack.clone(), control.flatten().cloned());
                    board.put(*index, conclude(&cases[*index], attack, control, dared.get(index)));
                }
            }
        }
    };
    let threads = options.jobs.max(1) + waiting(&jobs, adapter);
    thread::scope(|scope| {
        for _ in 0..threads.min(jobs.jobs.len()) {
            scope.spawn(work);
        }
    });
    board.results.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// The results so far.
struct Board<'a> {
    results: Vec<OnceLock<ScenarioResult>>,
    on_result: &'a (dyn Fn(&ScenarioResult) + Sync),
}

impl Board<'_> {
    fn put(&self, index: usize, result: ScenarioResult) {
        if self.results[index].set(result).is_ok() {
            self.results[index].get().into_iter().for_each(self.on_result);
        }
    }
}

/// A scenario, ready to be judged for a client in a dialect.
pub fn case<'a>(variant: &'a Variant, adapter: &'a dyn Adapter, register: &'a Register, dialect: &Dialect) -> Case<'a> {
    let is_consistent = variant.scenario.repository.consistent_snapshot.unwrap_or(dialect.consistent_snapshot);
    Case { variant, register, is_consistent, claimed: &adapter.info().features }
}

/// The features that a scenario needs in this dialect and that the client does not claim.
pub fn lacking(case: &Case<'_>, adapter: &dyn Adapter, dialect: &Dialect) -> Vec<String> {
    let setup = &case.variant.scenario.repository;
    let mut needs: BTreeSet<String> = case.needs();
    needs.insert(dialect.key_type.feature().to_owned());
    needs.extend(setup.keys.values().filter_map(|key| key.key_type).map(|key_type| key_type.feature().to_owned()));
    needs.insert(if case.is_consistent { "consistent-snapshots" } else { "consistent-snapshots:off" }.to_owned());
    if case.variant.plan.tells_targets_role() {
        needs.insert("tap13".to_owned());
    }
    if case.variant.scenario.has_map() {
        needs.insert("tap4".to_owned());
    }
    if setup.hashes.unwrap_or(dialect.hashes) || setup.lengths.unwrap_or(dialect.lengths) {
        needs.insert("metapath-hashes".to_owned());
    }
    needs.into_iter().filter(|feature| !adapter.info().features.contains(feature)).collect()
}

/// How many runs will wait for the clock.
fn waiting(jobs: &Jobs<'_>, adapter: &dyn Adapter) -> usize {
    if Clock::of(adapter) == Clock::Told {
        return 0;
    }
    jobs.jobs.iter().filter(|job| !job.variant.plan.clocks().is_empty()).count().min(WAITING_LIMIT)
}

/// `dared` is what the client does not claim, if the scenario was played all the same.
fn conclude(case: &Case<'_>, attack: Played, control: Option<Played>, dared: Option<&String>) -> ScenarioResult {
    if let Some(note) = dared {
        return match attack {
            Played::Run(run) => judge::unclaimed(case, note.clone(), run),
            Played::Unplayable(_) | Played::SuiteError(_) => judge::unsupported(case, note.clone()),
        };
    }
    match (attack, control) {
        (Played::Run(attack), None) => judge::judge(case, attack, None),
        (Played::Run(attack), Some(Played::Run(control))) => judge::judge(case, attack, Some(control)),
        (Played::SuiteError(note), _) | (_, Some(Played::SuiteError(note))) => judge::suite_error(case, &note),
        (Played::Unplayable(note), _) | (_, Some(Played::Unplayable(note))) => judge::unsupported(case, note),
    }
}

//! The second opinion: whether the states of a run carry what the scenario says.

use std::sync::Arc;

use adapter::Adapter;
use judge::{Case, CheckKind, Verdict};
use repository::{Calendar, Timeline};
use server::Site;

use crate::play::{Stage, play};

/// What a referee has to say against the states of a run, before a client meets them: the first expectation that a
/// client which follows the specification does not meet.
pub fn objection(referee: &dyn Adapter, timeline: &Timeline, calendar: &Calendar, case: &Case<'_>) -> Option<String> {
    let site = Arc::new(Site::default());
    let mut client = match referee.start_with(&case.needs()) {
        Ok(client) => client,
        Err(error) => return Some(error.to_string()),
    };
    let stage = Stage::direct(&site, calendar);
    let run = match play(timeline, client.as_mut(), &stage, None) {
        Ok(run) => run,
        Err(error) => return Some(format!("the referee cannot play it: {error}")),
    };
    let disputed = judge::checks(&case.variant.plan, &run, case.is_consistent).into_iter().find(|check| {
        let is_optional = check.kind == CheckKind::Reason && check.verdict == Verdict::NotJudged;
        check.verdict != Verdict::Pass && !is_optional
    })?;
    let output = run.observations.last().map(|last| last.output.trim().to_owned()).unwrap_or_default();
    Some(format!(
        "the reference client does not confirm `{}`: expected {}, observed {} ({output})",
        disputed.id, disputed.expected, disputed.observed
    ))
}

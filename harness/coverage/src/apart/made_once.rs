//! Runs that are made once and played by many clients.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use repository::{Calendar, Timeline};
use runner::Timelines;
use suite::{Dialect, RunKind, ScenarioId, Variant};

/// Every run that was asked for so far.
pub struct MadeOnce<'a> {
    variants: BTreeMap<&'a str, &'a Variant>,
    dialect: &'a Dialect,
    made: Mutex<BTreeMap<(String, bool), Timeline>>,
}

impl<'a> MadeOnce<'a> {
    /// None yet, of these scenarios.
    pub fn new(variants: &[&'a Variant], dialect: &'a Dialect) -> Self {
        let variants = variants.iter().map(|variant| (variant.id.as_str(), *variant)).collect();
        Self { variants, dialect, made: Mutex::default() }
    }
}

impl Timelines for MadeOnce<'_> {
    fn start(&self) -> Timestamp {
        runner::START
    }

    fn timeline(&self, id: &ScenarioId, run: RunKind) -> Result<Timeline, String> {
        let place = (id.to_string(), run == RunKind::Control);
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(timeline) = made().get(&place) {
            return Ok(timeline.clone());
        }
        let variant = self.variants.get(id.as_str()).ok_or("there is no such scenario")?;
        let calendar = Calendar::Free { start: self.start() };
        let timeline = Timeline::build(variant, self.dialect, run, &calendar)
            .map_err(|(step, error)| format!("{id}, step {step}: {error}"))?;
        made().insert(place, timeline.clone());
        Ok(timeline)
    }
}

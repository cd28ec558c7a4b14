//! Results, counted by what they mean.

use std::collections::BTreeMap;

use super::mark::Mark;
use crate::Report;

#[derive(Debug, Default)]
pub struct Tally(BTreeMap<Mark, usize>);

impl Tally {
    /// One for each attack class of a report, by its name.
    pub fn by_class(report: &Report) -> BTreeMap<&str, Self> {
        let mut classes: BTreeMap<&str, Self> = BTreeMap::new();
        for result in &report.results {
            classes.entry(&result.attack).or_default().add(Mark::of(result, report.baseline.as_ref()));
        }
        classes
    }

    fn add(&mut self, mark: Mark) {
        *self.0.entry(mark).or_default() += 1;
    }

    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    pub fn passes(&self) -> usize {
        self.0.get(&Mark::Pass).copied().unwrap_or_default()
    }

    /// Those that the client can play and in which nothing but a pass is right.
    pub fn counting(&self) -> usize {
        self.0.iter().filter(|(mark, _)| mark.counts()).map(|(_, count)| count).sum()
    }

    /// What there is besides passes.
    pub fn marks(&self) -> impl Iterator<Item = Mark> {
        self.0.keys().copied().filter(|mark| *mark != Mark::Pass)
    }

    /// What there is besides passes, in words.
    pub fn words(&self) -> String {
        let others = self.0.iter().filter(|(mark, _)| **mark != Mark::Pass);
        others.map(|(mark, count)| mark.counted(*count)).collect::<Vec<_>>().join(", ")
    }

    pub fn fails_the_run(&self) -> bool {
        self.marks().any(Mark::fails_the_run)
    }

    /// Whether there is nothing besides passes and open questions.
    pub fn is_complete(&self) -> bool {
        self.marks().all(|mark| mark == Mark::OpenQuestion)
    }
}

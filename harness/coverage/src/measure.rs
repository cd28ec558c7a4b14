//! Plays scenarios against faults.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use adapter::BuiltIn;
use judge::{ScenarioResult, Status, Verdict};
use reference::{Fault, FaultSet};
use runner::{Options, Venue};
use suite::{Dialect, Problem, RunKind, Suite, Variant};

use crate::{Coverage, Proof, Row, SilentSentence, State, unproven};

/// Plays each scenario against the faults that break what it names, in one dialect.
///
/// # Errors
/// If the newest edition is broken.
pub fn measure(suite: &Suite, dialect: &Dialect) -> Result<Coverage, Box<Problem>> {
    let variants: Vec<&Variant> = suite.variants().collect();
    let covers = |variant: &Variant, id: &str| variant.scenario.covers.iter().any(|covered| covered == id);
    let mut proofs: BTreeMap<&str, Vec<Proof>> = BTreeMap::new();
    for fault in Fault::ALL {
        let names_one = |variant: &&&Variant| fault.requirements().iter().any(|id| covers(variant, id));
        let named: Vec<&Variant> = variants.iter().filter(names_one).copied().collect();
        let client = BuiltIn::new(&suite.register, FaultSet::of(*fault)).direct();
        let options = Options {
            dialect,
            register: &suite.register,
            venue: Venue::InProcess,
            referee: None,
            jobs: thread::available_parallelism().map_or(1, Into::into),
            dared: &runner::NONE,
            timelines: None,
            give_up_after: 0,
            shuffle: None,
        };
        for (variant, result) in named.iter().zip(&runner::run(&named, &client, options, &|_| {})) {
            for requirement in fault.requirements().iter().filter(|id| covers(variant, id)) {
                proofs.entry(requirement).or_default().extend(proof(result, *fault));
            }
        }
    }
    let mut coverage = Coverage { areas: BTreeMap::new(), silent_sentences: silent_sentences(suite)? };
    for requirement in suite.register.requirements.values() {
        let scenarios: BTreeSet<String> = variants
            .iter()
            .filter(|variant| covers(variant, &requirement.id))
            .map(|variant| variant.id.as_str().split('[').next().unwrap_or_default().to_owned())
            .collect();
        let state = match proofs.remove(requirement.id.as_str()) {
            Some(proofs) if !proofs.is_empty() => State::Proven { proofs },
            _ => unproven(requirement, scenarios.into_iter().collect()),
        };
        let area = suite.register.area(&requirement.id).to_owned();
        let row =
            Row { id: requirement.id.clone(), level: requirement.level, feature: requirement.feature.clone(), state };
        coverage.areas.entry(area).or_default().push(row);
    }
    Ok(coverage)
}

fn proof(result: &ScenarioResult, fault: Fault) -> Option<Proof> {
    // A client that refuses the honest repository too has not shown that it takes the attack.
    let is_failure = matches!(result.status, Status::Fail);
    let failed = result.checks.iter().filter(|check| check.verdict == Verdict::Fail && check.run == RunKind::Attack);
    let check = failed.filter(|_| is_failure).map(|check| check.id.clone()).next()?;
    Some(Proof { scenario: result.id.to_string(), check, fault: fault.id().to_owned() })
}

fn silent_sentences(suite: &Suite) -> Result<Vec<SilentSentence>, Box<Problem>> {
    let Some(edition) = suite.editions().next_back().and_then(|version| suite.edition(version)) else {
        return Ok(Vec::new());
    };
    let mut silent = Vec::new();
    for entry in edition?.passage {
        for sentence in 1..=entry.sentences.len() {
            if entry.keywords_of(sentence).next().is_some() && entry.requirements_of(sentence).next().is_none() {
                let reason = entry.without.iter().find(|(_, places)| places.contains(&sentence));
                silent.push(SilentSentence {
                    at: entry.at.clone(),
                    sentence,
                    reason: reason.map(|(reason, _)| reason.clone()),
                });
            }
        }
    }
    Ok(silent)
}

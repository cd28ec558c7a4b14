//! Finds, for each two recipes, a client that conforms to one and not to the other.

mod made_once;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::{fmt, thread};

use adapter::{Adapter, BuiltIn};
use judge::{Answered, Conformance, Obstacles, ScenarioResult, Status, Verdict, answer, by_id};
use reference::Fault;
use runner::{Options, Venue};
use suite::{Dialect, Profile, Suite, Variant};

use made_once::MadeOnce;

pub use table::table as apart_table;

/// What was found.
#[derive(Debug)]
pub struct Apart {
    /// For each two recipes, by the one that a client does not conform to and then by the one that it does conform to,
    /// what tells them apart.
    pub pairs: BTreeMap<String, BTreeMap<String, Telling>>,
    /// The recipes that no client was found for, each with what keeps the reference client from it.
    pub unmet: BTreeMap<String, Obstacles>,
}

/// What tells a recipe from another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Telling {
    /// This client conforms to the other one only.
    Client {
        /// The client.
        client: Witness,
        /// What keeps it from the recipe.
        why: Obstacles,
    },
    /// No client can: whoever does what the other one asks does all that the recipe asks.
    Contained,
    /// None was found.
    NotFound,
}

/// A client that was made to tell recipes apart: the reference client with these features, refusing what needs others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Which features it has.
    pub extent: Extent,
    /// In what it differs from the reference client.
    pub faults: Vec<Fault>,
}

/// Which features a client has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Those that the recipe needs to which it conforms.
    Needed,
    /// Those that this recipe allows, too.
    Allowed,
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.extent {
            Extent::Needed => "needed",
            Extent::Allowed => "allowed",
        })?;
        self.faults.iter().try_for_each(|fault| write!(f, " + {}", fault.id()))
    }
}

impl Apart {
    /// Recipes that nothing tells from any other one.
    pub fn untold(&self) -> Vec<&str> {
        let is_told = |others: &BTreeMap<String, Telling>| {
            others.values().any(|telling| matches!(telling, Telling::Client { .. }))
        };
        self.pairs.iter().filter(|(_, others)| !is_told(others)).map(|(recipe, _)| recipe.as_str()).collect()
    }

    /// What is still to be found: the recipes that a client should conform to, each with those that it should not.
    fn open(&self) -> BTreeMap<String, Vec<String>> {
        let mut open: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (a, others) in &self.pairs {
            for (b, _) in others.iter().filter(|(_, telling)| **telling == Telling::NotFound) {
                open.entry(b.clone()).or_default().push(a.clone());
            }
        }
        open
    }
}

/// Plays the scenarios against the reference client without a fault, with each that gives another answer to an open
/// question, and with all those together that give the answers which a recipe asks for.
pub fn apart(suite: &Suite, dialect: &Dialect) -> Apart {
    let others = |a: &Profile| {
        let others = suite.profiles.values().filter(|b| b.id != a.id);
        others.map(|b| (b.id.clone(), if contains(b, a) { Telling::Contained } else { Telling::NotFound })).collect()
    };
    let pairs = suite.profiles.values().map(|a| (a.id.clone(), others(a))).collect();
    let mut found = Apart { pairs, unmet: BTreeMap::new() };
    let hall = Hall::new(suite, dialect);
    hall.try_client(&mut found, &[], true);
    let mut answering: BTreeMap<(String, String), Fault> = BTreeMap::new();
    let usual = hall.answers(&[]);
    for fault in Fault::ALL {
        // A client that fails what is required conforms to nothing: what tells recipes apart is another answer.
        let others: Vec<_> = hall.answers(&[*fault]).into_iter().filter(|answer| !usual.contains(answer)).collect();
        if !others.is_empty() {
            hall.try_client(&mut found, &[*fault], false);
        }
        for other in others {
            answering.entry(other).or_insert(*fault);
        }
    }
    for (b, obstacles) in found.unmet.clone() {
        let Some(recipe) = suite.profiles.get(&b) else { continue };
        let fault_for = |policy: &String| {
            let right = recipe.file.policies.get(policy)?;
            right.0.iter().find_map(|answer| answering.get(&(policy.clone(), answer.clone()))).copied()
        };
        // A fault can give the answers to several questions.
        let mut faults: Vec<Fault> = obstacles.answers.keys().filter_map(fault_for).collect();
        faults.sort_unstable();
        faults.dedup();
        if faults.len() > 1 {
            hall.try_client(&mut found, &faults, false);
        }
    }
    found
}

/// Where clients are tried.
struct Hall<'a> {
    suite: &'a Suite,
    dialect: &'a Dialect,
    variants: Vec<&'a Variant>,
    /// What each scenario needs.
    needs: Vec<BTreeSet<String>>,
    timelines: MadeOnce<'a>,
}

impl<'a> Hall<'a> {
    fn new(suite: &'a Suite, dialect: &'a Dialect) -> Self {
        let variants: Vec<&Variant> = suite.variants().collect();
        let needs = variants.iter().map(|variant| variant.needs(&suite.register)).collect();
        let timelines = MadeOnce::new(&variants, dialect);
        Self { suite, dialect, variants, needs, timelines }
    }

    /// What a client answers to which open questions.
    fn answers(&self, faults: &[Fault]) -> BTreeSet<(String, String)> {
        let is_probe = |variant: &&Variant| variant.scenario.policy.is_some();
        let results = self.play(&self.variants.iter().copied().filter(is_probe).collect::<Vec<_>>(), faults);
        let results = by_id(&results);
        let answers = self.suite.register.policies.values().filter_map(|policy| match answer(policy, &results) {
            Answered::Answer { id } => Some((policy.id.clone(), id)),
            Answered::NoneOfThese | Answered::NotSeen => None,
        });
        answers.collect()
    }

    fn client(&self, faults: &[Fault]) -> BuiltIn {
        BuiltIn::new(&self.suite.register, faults.iter().copied().collect()).direct()
    }

    fn play(&self, variants: &[&Variant], faults: &[Fault]) -> Vec<ScenarioResult> {
        let options = Options {
            dialect: self.dialect,
            register: &self.suite.register,
            venue: Venue::InProcess,
            referee: None,
            jobs: thread::available_parallelism().map_or(1, Into::into),
            dared: &runner::NONE,
            timelines: Some(&self.timelines),
            give_up_after: 0,
            shuffle: None,
        };
        runner::run(variants, &self.client(faults), options, &|_| {}).into_iter().map(bare).collect()
    }

    /// Plays everything against a client, and notes which recipes it tells apart. A recipe that it does not meet although
    /// `is_first` is noted as unmet, until another client meets it.
    fn try_client(&self, found: &mut Apart, faults: &[Fault], is_first: bool) {
        let known = self.client(faults).info().features.clone();
        let results = self.play(&self.variants, faults);
        for (b, candidates) in found.open() {
            let Some(b) = self.suite.profiles.get(&b) else { continue };
            for extent in [Extent::Needed, Extent::Allowed] {
                let mut features = features(b, extent, self.dialect);
                features.retain(|id| known.contains(id));
                let results = narrowed(&results, &self.needs, &features);
                let held = |profile: &Profile| judge::verdict(profile, self.suite, &features, &results);
                let verdict = held(b);
                if verdict.conformance != Conformance::Conformant {
                    if is_first && extent == Extent::Needed {
                        found.unmet.insert(b.id.clone(), verdict.obstacles());
                    }
                    continue;
                }
                found.unmet.remove(&b.id);
                for a in candidates.iter().filter_map(|a| self.suite.profiles.get(a)) {
                    let why = held(a).obstacles();
                    let telling = found.pairs.get_mut(&a.id).and_then(|others| others.get_mut(&b.id));
                    if let Some(telling) = telling.filter(|telling| **telling == Telling::NotFound && !why.is_empty()) {
                        *telling = Telling::Client { client: Witness { extent, faults: faults.to_vec() }, why };
                    }
                }
            }
        }
    }
}

/// Whether everything that `part` asks of a client is asked by `whole`.
fn contains(whole: &Profile, part: &Profile) -> bool {
    let (w, p) = (&whole.file, &part.file);
    p.features.required.is_subset(&w.features.required)
        && p.features.forbidden.is_subset(&w.features.forbidden)
        && p.features.allowed.iter().all(|id| w.features.required.contains(id) || w.features.allowed.contains(id))
        && p.policies.iter().all(|(id, right)| w.policies.get(id).is_some_and(|other| other.0.is_subset(&right.0)))
}

/// The features of a client for a recipe, in a repository as the dialect has it.
fn features(recipe: &Profile, extent: Extent, dialect: &Dialect) -> BTreeSet<String> {
    let of_recipe = &recipe.file.features;
    let mut features = of_recipe.required.clone();
    if extent == Extent::Allowed {
        features.extend(of_recipe.allowed.iter().cloned());
    }
    let consistent = if dialect.consistent_snapshot { "consistent-snapshots" } else { "consistent-snapshots:off" };
    features.extend([dialect.key_type.feature(), consistent].map(ToOwned::to_owned));
    features
}

/// The results of the same client if it refused all that needs other features.
fn narrowed(
    results: &[ScenarioResult],
    needs: &[BTreeSet<String>],
    features: &BTreeSet<String>,
) -> Vec<ScenarioResult> {
    let narrow = |(result, needs): (&ScenarioResult, &BTreeSet<String>)| {
        let mut result = result.clone();
        if !needs.is_subset(features) {
            result.status = Status::Unsupported;
            result.runs.clear();
            result.checks.clear();
        }
        result
    };
    results.iter().zip(needs).map(narrow).collect()
}

/// A result with what verdicts are made of and nothing else: it is copied often.
fn bare(mut result: ScenarioResult) -> ScenarioResult {
    result.covers.clear();
    result.timeline.clear();
    result.checks.retain(|check| check.verdict == Verdict::Fail);
    for observation in result.runs.iter_mut().flat_map(|run| &mut run.observations) {
        observation.trusted.clear();
        observation.downloaded.clear();
        observation.requests.clear();
        observation.output.clear();
    }
    result
}

//! Who is touched by a change of the text.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::{Bump, Edition, Entry, Keyword, PassageKind, Suite, Version};

use crate::bump::bump;
use crate::compare::{is_weak, way};
use crate::context::{Context, keywords_at};
use crate::pairing::{Pair, pair_sentences};
use crate::passage::SETTINGS;
use crate::{Acknowledged, Acknowledgement, Change, Text, compare};

/// What differs between two versions of the text, and whom it touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Examination {
    /// The version before.
    pub from: Version,
    /// The version now.
    pub to: Version,
    /// The date before, as the text states it.
    pub from_date: Option<String>,
    /// The date now.
    pub to_date: Option<String>,
    /// The differences, in the order of the text.
    pub findings: Vec<Finding>,
    /// Whether nothing that a requirement is stated by has changed, or all of that was acknowledged as editorial.
    pub editorial: bool,
    /// How much the version has to be raised by the rules of the specification, which are those of semantic versioning.
    pub bump: Bump,
    /// Why so much.
    pub bump_reason: String,
    /// How much it was raised. Absent if it was lowered.
    pub bumped: Option<Bump>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Finding {
    /// What happened to the passage.
    pub kind: Kind,
    /// The address of the passage before. Absent if it is new.
    pub before: Option<String>,
    /// The address of the passage now. Absent if it is removed.
    pub after: Option<String>,
    /// The number of its section or step; of a removed one, the number that it had.
    pub number: Option<String>,
    /// The sentences that went, counted from 1.
    pub gone: Vec<usize>,
    /// The sentences that came, counted from 1.
    pub come: Vec<usize>,
    /// Keywords that the sentences that went had, and those that came instead of them do not have.
    pub dropped: Vec<Keyword>,
    /// Sentences that came, have a keyword, and state no requirement that is known.
    pub demands: Vec<NewDemand>,
    /// Whether a sentence that went or came states no requirement, but says with another word than a keyword that something
    /// has to be done, may be left, or does not hold.
    pub loose: bool,
    /// What the sentences that went or came state, or, of a passage that moved, all of its sentences.
    pub touched: Touched,
    /// Further requirements that the passage states.
    pub beside: Vec<String>,
    /// Whether nothing that is asked can have changed: neither the passage nor one that it belongs to states a requirement,
    /// before or now, it is no step, and none of the sentences that went or came has a keyword or a word like one. Of a passage
    /// that moved: it states nothing, or it is no step and only its section has another name.
    pub editorial: bool,
    /// What somebody said who has looked at it.
    pub acknowledged: Option<Acknowledgement>,
}

/// What happened to a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has other words.
    Changed,
    /// It has the same words in another place, or under another number.
    Moved,
}

/// A sentence with a keyword that states no requirement that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewDemand {
    /// Which sentence of the passage, counted from 1.
    pub sentence: usize,
    /// Its keywords.
    pub keywords: Vec<Keyword>,
}

/// What depends on a passage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Touched {
    /// Requirements that it states.
    pub requirements: Vec<String>,
    /// Scenarios that cover these.
    pub scenarios: Vec<String>,
    /// Open questions that are about these.
    pub policies: Vec<String>,
    /// Profiles that ask for these of a client.
    pub profiles: Vec<String>,
}

impl Examination {
    /// The findings that nobody has acknowledged.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.acknowledged.is_none())
    }
}

impl Finding {
    /// Whether it changes nothing that is asked, by our reading or by that of whoever has looked at it.
    pub fn is_editorial(&self) -> bool {
        self.acknowledged.as_ref().map_or(self.editorial, |change| change.effect == crate::Effect::Editorial)
    }
}

/// Examines the change from one edition to another. Both have to be linked to requirements: see [`link`](crate::link()).
/// `texts` are the texts that they are the editions of, if both are known.
pub fn examine(
    (old, new): (&Edition, &Edition),
    texts: Option<(&Text, &Text)>,
    suite: &Suite,
    acknowledged: &Acknowledged,
) -> Examination {
    let changes = compare(&old.passage, &new.passage, texts);
    let sides = (Context::new(old), Context::new(new));
    let findings: Vec<Finding> =
        changes.into_iter().map(|change| finding(change, (&sides.0, &sides.1), suite, acknowledged)).collect();
    let (bump, bump_reason) = bump(&findings, &sides.0, &sides.1, suite);
    Examination {
        from: old.version,
        to: new.version,
        from_date: old.date.clone(),
        to_date: new.date.clone(),
        editorial: findings.iter().all(Finding::is_editorial),
        findings,
        bump,
        bump_reason,
        bumped: old.version.bump_to(new.version),
    }
}

fn finding(
    change: Change,
    (old, new): (&Context<'_>, &Context<'_>),
    suite: &Suite,
    acknowledged: &Acknowledged,
) -> Finding {
    let (was, is) =
        (|place: usize| Some(&old.edition.passage[place]), |place: usize| Some(&new.edition.passage[place]));
    let (kind, before, after) = match change {
        Change::Added { new } => (Kind::Added, None, is(new)),
        Change::Removed { old } => (Kind::Removed, was(old), None),
        Change::Changed { old, new } => (Kind::Changed, was(old), is(new)),
        Change::Moved { old, new, .. } => (Kind::Moved, was(old), is(new)),
    };
    let context = [(before, old), (after, new)];
    let sentences = |entry: Option<&Entry>| entry.map_or(Vec::new(), |entry| entry.sentences.clone());
    let pairs = pair_sentences(&sentences(before), &sentences(after));
    // What was a note and is none says all of it in another way.
    let is_other = before.is_some_and(is_weak) != after.is_some_and(is_weak) && kind == Kind::Changed;
    let different: Vec<&Pair> = pairs.iter().filter(|pair| is_other || !pair.is_same).collect();
    let (gone, come): (Vec<usize>, Vec<usize>) = (
        different.iter().filter_map(|pair| pair.old).collect(),
        different.iter().filter_map(|pair| pair.new).collect(),
    );
    let stated = |entry: Option<&Entry>, places: Option<&[usize]>| -> BTreeSet<String> {
        let of = |places: &[usize], at: &[usize]| at.iter().any(|place| places.contains(place));
        let links = entry.into_iter().flat_map(|entry| &entry.requirements);
        links.filter(|(_, at)| places.is_none_or(|places| of(places, at))).map(|(id, _)| id.clone()).collect()
    };
    let mut all = &stated(before, None) | &stated(after, None);
    let mut requirements =
        if kind == Kind::Moved { all.clone() } else { &stated(before, Some(&gone)) | &stated(after, Some(&come)) };
    for (entry, side) in context {
        let of_term = entry.map_or_else(BTreeSet::new, |entry| side.stated_of_term(entry));
        all.extend(of_term.iter().cloned());
        requirements.extend(of_term);
    }
    let (dropped, demands) = (dropped(before, after, &different), demands(before, after, &different));
    let is_loose = |entry: Option<&Entry>, places: &[usize]| {
        let loose = |entry: &Entry| {
            places.iter().any(|place| entry.loose.contains(place) && entry.requirements_of(*place).next().is_none())
        };
        entry.is_some_and(loose)
    };
    let loose = is_loose(before, &gone) || is_loose(after, &come);
    let editorial = if let Change::Moved { reordered, .. } = change {
        is_editorial_move(reordered, context, &all)
    } else {
        let asks = |(entry, side): (Option<&Entry>, &Context<'_>), places: &[usize]| {
            let has_keyword = keywords_at(entry, places).iter().any(|keywords| !keywords.is_empty());
            has_keyword || entry.is_some_and(|entry| entry.at == SETTINGS || side.belongs_to_normative(entry))
        };
        let [old, new] = context;
        all.is_empty() && !loose && !asks(old, &gone) && !asks(new, &come)
    };
    Finding {
        kind,
        before: before.map(|entry| entry.at.clone()),
        after: after.map(|entry| entry.at.clone()),
        number: after.or(before).and_then(|entry| entry.number.clone()),
        gone,
        come,
        editorial,
        dropped,
        demands,
        loose,
        beside: all.difference(&requirements).cloned().collect(),
        touched: touched(requirements, suite),
        acknowledged: acknowledged.of(before, after).cloned(),
    }
}

/// Whether a passage with the same words elsewhere asks for the same.
fn is_editorial_move(reordered: bool, context: [(Option<&Entry>, &Context<'_>); 2], all: &BTreeSet<String>) -> bool {
    let [(Some(before), old), (Some(after), new)] = context else { return false };
    if reordered {
        // Whatever it went by can be what it is about.
        return !old.is_in_normative_section(before) && !new.is_in_normative_section(after);
    }
    let is_step = matches!(before.kind, PassageKind::Step) || matches!(after.kind, PassageKind::Step);
    let states = !all.is_empty() || !before.keywords.is_empty();
    // The order of steps matters, and what something is said of. The name of a section does not.
    !states || (!is_step && way(before)[1..] == way(after)[1..])
}

/// The keywords that were lost.
fn dropped(before: Option<&Entry>, after: Option<&Entry>, different: &[&Pair]) -> Vec<Keyword> {
    let keywords = |entry: Option<&Entry>, place: Option<usize>| -> BTreeSet<Keyword> {
        entry.zip(place).map_or_else(BTreeSet::new, |(entry, place)| entry.keywords_of(place).collect())
    };
    let lost = different.iter().flat_map(|pair| &keywords(before, pair.old) - &keywords(after, pair.new));
    lost.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The sentences that came with a keyword and state nothing that is known: those that came alone and are not linked, and
/// those that came with a keyword which the sentence before them did not have.
fn demands(before: Option<&Entry>, after: Option<&Entry>, different: &[&Pair]) -> Vec<NewDemand> {
    let Some(after) = after else { return Vec::new() };
    let demand = |pair: &&Pair| {
        let sentence = pair.new?;
        let known: BTreeSet<Keyword> =
            before.zip(pair.old).map_or_else(BTreeSet::new, |(before, old)| before.keywords_of(old).collect());
        let is_linked = after.requirements_of(sentence).next().is_some()
            || after.without.values().any(|places| places.contains(&sentence));
        let keywords: Vec<Keyword> = after
            .keywords_of(sentence)
            .filter(|keyword| !is_linked || (pair.old.is_some() && !known.contains(keyword)))
            .collect();
        (!keywords.is_empty()).then_some(NewDemand { sentence, keywords })
    };
    different.iter().filter_map(demand).collect()
}

fn touched(requirements: BTreeSet<String>, suite: &Suite) -> Touched {
    let register = &suite.register;
    let covers = |file: &&suite::ScenarioFile| {
        file.variants.iter().any(|variant| variant.scenario.covers.iter().any(|id| requirements.contains(id)))
    };
    let scenarios: Vec<String> = suite.files.iter().filter(covers).map(suite::ScenarioFile::id).collect();
    let mut policies: BTreeSet<String> = BTreeSet::new();
    for id in &requirements {
        let Some(requirement) = register.requirements.get(id) else { continue };
        policies.extend(requirement.policies.iter().cloned());
        policies.extend(requirement.excluded.iter().filter_map(|excluded| excluded.policy.clone()));
    }
    let profiles = suite.profiles.values().filter(|profile| profile.asks_for(&requirements, register));
    let profiles = profiles.map(|profile| profile.id.clone()).collect();
    Touched {
        requirements: requirements.into_iter().collect(),
        scenarios,
        policies: policies.into_iter().collect(),
        profiles,
    }
}
